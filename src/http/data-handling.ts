import { html } from 'hono/html';
import type { Notice, Source, Statement } from '../consent/notice';
import { plainHash } from '../kit/plain-words';
import { sentencesFor } from '../language/sentences';
import { whatGoes } from '../language/what-goes';
import type { HttpRoute } from '../model/adapter';
import type { Language } from '../model/turn';
import { type Html, pageHeaders, pageOf } from './html';

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
  const links = LANGUAGES.map(([language, name]) => html`<a href="#${language}" lang="${language}">${name}</a>`);
  const parts = LANGUAGES.map(([language]) => part(notices, language));
  const page = pageOf(title, STYLE, html`<nav>${links}</nav><main>${parts}</main>`);
  return {
    method: 'GET',
    path: '/data-handling',
    handle: (_request, response) => {
      response.writeHead(200, { ...pageHeaders(STYLE), 'content-length': page.length }).end(page);
    },
  };
}

function part(notices: readonly Notice[], language: Language): Html {
  const { page } = sentencesFor(language);
  const links = notices.map(({ vendor, vendorName }) => html`<a href="#${language}-${vendor}">${vendorName}</a>`);
  const lead = [page.promise, page.vendorsRules, page.lead, page.laws].map((words) => html`<p>${words}</p>`);
  const keys = html`<p>${page.keys} <a href="/.well-known/jwks.json">${page.keysLink}</a></p>`;
  const vendors = notices.map((notice) => vendorOf(notice, language));
  return html`<section id="${language}" lang="${language}"><h1>${page.title}</h1>${lead}${keys}<nav>${links}</nav>${vendors}</section>`;
}

function vendorOf(notice: Notice, language: Language): Html {
  const { id, vendor, vendorName, route, statements } = notice;
  const { card, page, country } = sentencesFor(language);
  const item = (label: string, content: string | Html): Html => html`<dt>${label}</dt><dd>${content}</dd>`;
  const facts = [
    item(card.labels.to, card.to(vendorName, route.endpoint, route.model)),
    item(card.labels.where, country(route.region)),
    item(card.labels.what, whatGoes(route, card)),
    ...statements.map((one) => item(card.labels[one.key], statementOf(one, notice, language))),
    item(page.number, html`<code>${id}</code>`),
  ];
  const title = card.noticeTitle(vendorName);
  return html`<article><h2 id="${language}-${vendor}">${title}</h2><dl>${facts}</dl></article>`;
}

function statementOf(statement: Statement, { route }: Notice, language: Language): Html {
  const { key, text, source, quote, outdated, checkedOn, reviewBy } = statement;
  const { card, page } = sentencesFor(language);
  const said = key === 'training' && route.sharesForTraining ? card.sharesForTraining : text[language];
  const cited = cite(source, card.source(source.title, checkedOn));
  const words =
    quote !== undefined &&
    html`<blockquote><span lang="en">${quote}</span><br><small>${page.statement} <code>${plainHash(quote)}</code></small></blockquote>`;
  const mark =
    outdated !== undefined &&
    html`<aside>${page.outdated} ${outdated.said[language]} ${cite(outdated.source, outdated.source.title)}<br>${page.holds}</aside>`;
  return html`${said}${words}<div>${cited} · <small>${page.reviewBy} ${reviewBy}</small></div>${mark}`;
}

function cite({ url }: Source, words: string): Html {
  const linked = url === '' ? words : html`<a href="${url}" rel="noreferrer">${words}</a>`;
  return html`<cite>${linked}</cite>`;
}
