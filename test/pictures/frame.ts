import { html, raw } from 'hono/html';
import type { Html } from '../../src/http/html';
import { markSvg } from '../../src/kit/brand';
import type { Language } from '../../src/model/turn';

/** How a client is set up, and how wide its window is, in CSS pixels. */
export interface Look {
  readonly language: Language;
  readonly theme: 'light' | 'dark';
  readonly width: number;
}

/** A whole page, to be drawn by a browser; `html` says all that a picture of it shows. */
export interface Drawing {
  readonly html: string;
  readonly width: number;
  /** Of the window; as high as what is drawn when left out. */
  readonly height?: number;
}

export interface Author {
  readonly kind: 'app' | 'person';
  readonly name: string;
  /** As the client shows it. */
  readonly time: string;
  /** Of a person's picture. */
  readonly colour?: string;
}

/** Fonts that come with the tests' container: a picture is the same wherever these are. */
export const FONTS = `
:root { --font: 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif; --mono: 'Noto Sans Mono CJK JP', 'DejaVu Sans Mono', monospace; }
*, *::before, *::after { box-sizing: border-box; }
html { font-family: var(--font); -webkit-font-smoothing: antialiased; }
body { margin: 0; }
.sheet.sheet { align-items: flex-start; display: flex; flex-wrap: wrap; gap: 24px; padding: 12px; }
.sheet figure { margin: 0; }
.sheet figcaption { font-size: 11px; opacity: .6; }
`;

export function documentOf({ language, theme, width }: Look, style: string, body: Html, script = ''): Drawing {
  const page = html`<!doctype html><html lang="${language}" data-theme="${theme}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${raw(FONTS)}${raw(style)}</style><body>${body}${raw(script)}</body></html>`;
  return { html: String(page), width };
}

/** Somebody's picture: the mark for dejiren, an initial for people. */
export function faceOf({ kind, name, colour }: Author): Html {
  return kind === 'app'
    ? html`<div class="face app">${raw(markSvg('tile'))}</div>`
    : html`<div class="face" style="background:${colour ?? '#666'}">${[...name][0] ?? ''}</div>`;
}
