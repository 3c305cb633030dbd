import { createHash } from 'node:crypto';
import type { HttpRoute } from '../chat/adapter';
import type { Language } from '../chat/turn';
import type { Notice } from '../consent/notice';
import { sentencesFor } from '../language/sentences';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
dt { font-weight: 600; margin-top: 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
small, cite { opacity: 0.75; font-style: normal; }
section + section { margin-top: 3rem; border-top: 1px solid; }
`;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-cache',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** `GET /data-handling`: the notices in force, with sources, dates and hashes, in both languages. Open to everybody. */
export function createDataHandlingPage(notices: readonly Notice[]): HttpRoute {
  const page = Buffer.from(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${escapeHtml(sentencesFor('en').page.title)} · ${escapeHtml(sentencesFor('ja').page.title)}</title><style>${STYLE}</style>` +
      `<main>${part(notices, 'en')}${part(notices, 'ja')}</main></html>`,
  );
  return {
    method: 'GET',
    path: '/data-handling',
    handle: (_request, response) => {
      response.writeHead(200, { ...HEADERS, 'content-length': page.length }).end(page);
    },
  };
}

function part(notices: readonly Notice[], language: Language): string {
  const { page } = sentencesFor(language);
  const vendors = notices.map((notice) => vendorOf(notice, language)).join('');
  return `<section lang="${language}"><h1>${escapeHtml(page.title)}</h1><p>${escapeHtml(page.lead)}</p>${vendors}</section>`;
}

function vendorOf({ id, vendor, vendorName, route, statements }: Notice, language: Language): string {
  const { card, page, region } = sentencesFor(language);
  const item = (label: string, value: string, more = ''): string =>
    `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}${more}</dd>`;
  const stated = statements.map(({ key, text, source, checkedOn, reviewBy }) => {
    const told = escapeHtml(card.source(source.title, checkedOn));
    const cite = source.url === '' ? told : `<a href="${escapeHtml(source.url)}" rel="noreferrer">${told}</a>`;
    return item(
      card.labels[key],
      key === 'training' && route.sharesForTraining ? card.sharesForTraining : text[language],
      `<br><cite>${cite} · ${escapeHtml(page.reviewBy)} ${escapeHtml(reviewBy)}</cite>`,
    );
  });
  const facts = [
    item(card.labels.to, card.to(vendorName, route.endpoint, route.model)),
    item(card.labels.where, region(route.region)),
    ...stated,
    item(page.number, id),
  ];
  return `<h2 id="${language}-${escapeHtml(vendor)}">${escapeHtml(card.noticeTitle(vendorName))}</h2><dl>${facts.join('')}</dl>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(words: string): string {
  return words.replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');
}
