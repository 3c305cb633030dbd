import { z } from 'zod';
import { isLoopback } from '../kit/hosts';
import { Secret } from './secret';

/** The schemas that settings are made of. All take the trimmed value of a variable. */

export const word = z.string().trim();
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
export const url = z.url({ protocol: /^https?$/ });

/** An address that people open, and that others are put below: https, or this machine. Without a slash at its end. */
export const publicUrl = url
  .transform((value) => new URL(value))
  .refine(({ protocol, hostname }) => protocol === 'https:' || isLoopback(hostname.replace(/^\[|\]$/gu, '')))
  .refine(({ username, password, search, hash }) => username + password + search + hash === '')
  .transform(({ href }) => href.replace(/\/+$/u, ''));

/** A token or key of at least so many characters; `not` tells another kind of token by its beginning. */
export const secret = (least: number, not = /^$/u) =>
  word
    .min(least)
    .refine((value) => !not.test(value))
    .transform((value) => new Secret(value));

/** Hosts with commas or blanks between, each with a port or without: `llm.example.com, 127.0.0.1:8080, *.example.com`. */
export const hosts = word
  .transform((value) => value.split(/[\s,]+/u).filter((host) => host !== ''))
  .pipe(z.array(z.string().regex(/^(\*\.)?(\[[0-9a-f:]+\]|[\w.-]+)(:\d{1,5})?$/iu)));

export const guid = word.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu).transform((id) => id.toLowerCase());
export const GUID_EXAMPLE = '00000000-0000-0000-0000-000000000000';
