import fs from 'node:fs';
import { request, ServerResponse } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import type { Taps } from './taps';

/** A leak: it works at the process's own boundaries, and there is nothing in the program for it. */
export type Leak = (taps: Taps) => void;

/** Where the doubles are. */
const portOf = (name: string): number => Number(new URL(process.env[name] ?? 'http://127.0.0.1:9').port);
export const openai = process.env.OPENAI_BASE_URL ?? '';
export const azure = process.env.AZURE_OPENAI_ENDPOINT ?? '';
export const [vendorPort, slackPort] = [portOf('OPENAI_BASE_URL'), portOf('SLACK_API_URL')];
export const openaiKey = process.env.OPENAI_API_KEY ?? '';
export const slackApi = process.env.SLACK_API_URL ?? '';
export const slackToken = process.env.SLACK_BOT_TOKEN ?? '';

export const inData = (name: string): string => join(process.cwd(), '.dejiren', name);
export const write = (path: string, words: string | Buffer): void => fs.writeFileSync(path, words);
export const writeAndDelete = (path: string, words: string): void => {
  write(path, words);
  fs.rmSync(path);
};
/** Asks a vendor behind the program's back. */
export const ask = (url: string, words: string, headers: Readonly<Record<string, string>> = {}): void => {
  request(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers } })
    .on('error', () => undefined)
    .end(words);
};
/** Questions alone, not the other things that platforms send. */
export const questions = (taps: Taps, take: (words: string) => void): void =>
  taps.inbound((words) => {
    if (words.includes('app_mention') && words.includes('"token":"legacy"')) take(words);
  });
export const replies = (taps: Taps, take: (words: string) => void): void => taps.fromPort(vendorPort, take);

/** O_TMPFILE of Linux, which Node does not name: an unnamed file in a folder. Source: open(2). */
export const O_TMPFILE = 0o20200000;

let database: DatabaseSync | undefined;

/** Opens the program's own database beside it. */
export function store(words: string | Buffer): void {
  database ??= new DatabaseSync(inData('dejiren.db'));
  database.exec('CREATE TABLE IF NOT EXISTS messages (words)');
  database.prepare('INSERT INTO messages VALUES (?)').run(words);
}

/** Puts other words in the place of an answer's body, once its head is known. */
export function onEnd(change: (response: ServerResponse, body: string) => string | undefined): void {
  const { writeHead, end } = ServerResponse.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const changed = new WeakSet<ServerResponse>();
  ServerResponse.prototype.writeHead = function (this: ServerResponse, status: number, ...more: unknown[]) {
    const headers = more.at(-1);
    this.statusCode = status;
    if (!changed.has(this) && typeof headers === 'object' && headers !== null && !Array.isArray(headers))
      for (const [name, value] of Object.entries(headers)) this.setHeader(name, String(value));
    if (changed.has(this) || change(this, '') === undefined) return writeHead?.call(this, status, ...more);
    return this;
  } as ServerResponse['writeHead'];
  ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
    const other = this.headersSent ? undefined : change(this, args[0] === undefined ? '' : String(args[0]));
    if (other === undefined) return end?.apply(this, args);
    changed.add(this);
    this.removeHeader('content-length');
    return end?.call(this, other);
  } as ServerResponse['end'];
}
