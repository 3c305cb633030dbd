import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, raw } from 'hono/html';
import { markAddress, markSvg } from '../kit/brand';
import type { Language } from '../model/turn';

/** Escaped as it is written: what stands in a template is words, unless it is such markup itself. */
export type Html = ReturnType<typeof html>;

/** Whose page it is: the mark and the name. */
export const BRAND_LINE = html`<span class="brand"><span aria-hidden="true">${raw(markSvg('tile'))}</span>dejiren</span>`;

export interface PageParts {
  readonly language: Language;
  /** Words, not markup. */
  readonly title: string;
  /** All the style that the page has. */
  readonly style: string;
  readonly content: Html;
}

/** A page as it is sent: it runs nothing, loads nothing but the mark within it, and has its own style alone. */
export interface Page {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Names this very page, so that a browser that has it need not load it again. */
  readonly etag: string;
}

export function pageOf({ language, title, style, content }: PageParts): Page {
  const page = html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="icon" href="${markAddress()}"><style>${raw(style)}</style></head><body>${content}</body></html>`;
  const body = Buffer.from(String(page));
  return {
    body,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'content-security-policy': `default-src 'none'; style-src 'sha256-${sha256(style)}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    etag: `"${sha256(body)}"`,
  };
}

/** Sends a page that everybody may keep but has to ask about again: 304 where the browser's is this one. */
export function sendPublicPage(request: IncomingMessage, response: ServerResponse, page: Page): void {
  const { body, etag } = page;
  const headers = { ...page.headers, etag, 'cache-control': 'no-cache', vary: 'accept-language' };
  if (hasAlready(request.headers['if-none-match'], etag)) return void response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
}

/** Sends a page that nobody may keep. */
export function sendPrivatePage(response: ServerResponse, { body, headers }: Page): void {
  response.writeHead(200, { ...headers, 'cache-control': 'no-store', 'content-length': body.length }).end(body);
}

/** RFC 9110, 13.1.2: a list of tags, compared without regard to `W/`, or `*`. */
function hasAlready(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((tag) => ['*', etag].includes(tag.trim().replace(/^W\//u, '')));
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64');
}
