import type { Notice, Source, Statement } from '../consent/notice';
import { plainHash } from '../kit/plain-words';
import { sentencesFor } from '../language/sentences';
import { whatGoes } from '../language/what-goes';
import type { HttpRoute } from '../model/adapter';
import type { Language } from '../model/turn';
import { escapeHtml, pageHeaders } from './html';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.65 system-ui, 'Noto Sans JP', 'Hiragino Sans', sans-serif; --line: light-dark(#d8dce3, #39404d); --soft: light-dark(#5b6473, #a6afbf); --mark: light-dark(#fff4d6, #3a3115); }
* { box-sizing: border-box; }
body { max-width: 48rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; overflow-wrap: anywhere; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 1rem 0; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 1.5rem 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; padding-top: 1rem; border-top: 1px solid var(--line); }
dl { margin: 0; }
dt { font-weight: 600; margin-top: 1rem; }
dd { margin: 0; }
blockquote { margin: .4rem 0; padding-left: .75rem; border-left: 3px solid var(--line); color: var(--soft); }
small, cite { color: var(--soft); font-style: normal; font-size: .875rem; }
code { font-size: .8125rem; }
aside { background: var(--mark); margin: .5rem 0; padding: .5rem .75rem; border-radius: .375rem; font-size: .9375rem; }
a { color: inherit; text-underline-offset: .15em; }
section + section { margin-top: 4rem; }
@media print {
  :root { color-scheme: light; font-size: 9.5pt; line-height: 1.45; }
  body { padding: 0; }
  nav { display: none; }
  section + section, article + article { break-before: page; }
  section + section { margin: 0; }
  aside { border: 1px solid var(--line); }
  dt { break-after: avoid; margin-top: .5rem; }
  dd { break-inside: avoid; }
  h2 { break-after: avoid; }
  cite a::after { content: ' ' attr(href); }
}
`;

/** Each language by its own name. */
const LANGUAGES = [
  ['en', 'English'],
  ['ja', '日本語'],
] as const;

/** `GET /data-handling`: the notices in force, with sources, dates and hashes, in both languages. Open to everybody. */
export function createDataHandlingPage(notices: readonly Notice[]): HttpRoute {
  const title = LANGUAGES.map(([language]) => sentencesFor(language).page.title).join(' · ');
  const page = Buffer.from(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${escapeHtml(title)}</title><style>${STYLE}</style>` +
      `<nav>${LANGUAGES.map(([language, name]) => `<a href="#${language}" lang="${language}">${name}</a>`).join('')}</nav>` +
      `<main>${LANGUAGES.map(([language]) => part(notices, language)).join('')}</main></html>`,
  );
  return {
    method: 'GET',
    path: '/data-handling',
    handle: (_request, response) => {
      response.writeHead(200, { ...pageHeaders(STYLE), 'content-length': page.length }).end(page);
    },
  };
}

function part(notices: readonly Notice[], language: Language): string {
  const { page } = sentencesFor(language);
  const links = notices.map(
    ({ vendor, vendorName }) => `<a href="#${language}-${escapeHtml(vendor)}">${escapeHtml(vendorName)}</a>`,
  );
  const lead = [page.promise, page.vendorsRules, page.lead, page.laws].map((words) => `<p>${escapeHtml(words)}</p>`);
  return (
    `<section id="${language}" lang="${language}"><h1>${escapeHtml(page.title)}</h1>${lead.join('')}` +
    `<p>${escapeHtml(page.keys)} <a href="/.well-known/jwks.json">${escapeHtml(page.keysLink)}</a></p>` +
    `<nav>${links.join('')}</nav>${notices.map((notice) => vendorOf(notice, language)).join('')}</section>`
  );
}

function vendorOf(notice: Notice, language: Language): string {
  const { id, vendor, vendorName, route, statements } = notice;
  const { card, page, country } = sentencesFor(language);
  const item = (label: string, html: string): string => `<dt>${escapeHtml(label)}</dt><dd>${html}</dd>`;
  const facts = [
    item(card.labels.to, escapeHtml(card.to(vendorName, route.endpoint, route.model))),
    item(card.labels.where, escapeHtml(country(route.region))),
    item(card.labels.what, escapeHtml(whatGoes(route, card))),
    ...statements.map((one) => item(card.labels[one.key], statementOf(one, notice, language))),
    item(page.number, `<code>${escapeHtml(id)}</code>`),
  ];
  return (
    `<article><h2 id="${language}-${escapeHtml(vendor)}">${escapeHtml(card.noticeTitle(vendorName))}</h2>` +
    `<dl>${facts.join('')}</dl></article>`
  );
}

function statementOf(statement: Statement, { route }: Notice, language: Language): string {
  const { key, text, source, quote, outdated, checkedOn, reviewBy } = statement;
  const { card, page } = sentencesFor(language);
  const said = key === 'training' && route.sharesForTraining ? card.sharesForTraining : text[language];
  const read = `${cite(source, card.source(source.title, checkedOn))} · <small>${escapeHtml(page.reviewBy)} ${escapeHtml(reviewBy)}</small>`;
  const words =
    quote === undefined
      ? ''
      : `<blockquote><span lang="en">${escapeHtml(quote)}</span><br><small>${escapeHtml(page.statement)} <code>${plainHash(quote)}</code></small></blockquote>`;
  const mark =
    outdated === undefined
      ? ''
      : `<aside>${escapeHtml(page.outdated)} ${escapeHtml(outdated.said[language])} ${cite(outdated.source, outdated.source.title)}<br>${escapeHtml(page.holds)}</aside>`;
  return `${escapeHtml(said)}${words}<div>${read}</div>${mark}`;
}

function cite({ url }: Source, words: string): string {
  const told = escapeHtml(words);
  return `<cite>${url === '' ? told : `<a href="${escapeHtml(url)}" rel="noreferrer">${told}</a>`}</cite>`;
}
