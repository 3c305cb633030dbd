import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

/** Escaped as it is written: what stands in a template is words, unless it is such markup itself. */
export type Html = ReturnType<typeof html>;

/** A page that has this style alone. The title is words. */
export function pageOf(title: string, style: string, content: Html): Buffer {
  const page = html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${raw(style)}</style>${content}</html>`;
  return Buffer.from(String(page));
}

/** Headers of a page that runs nothing, loads nothing, and has this style alone. */
export function pageHeaders(style: string): Readonly<Record<string, string>> {
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
