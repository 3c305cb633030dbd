import { html } from 'hono/html';
import type { Notice } from '../consent/notice';
import { dayWritten } from '../language/dates';
import { sentencesFor } from '../language/sentences';
import type { HttpRoute } from '../model/adapter';
import { ARTICLE_PATH, type VendorArticle } from '../model/article';
import type { Language } from '../model/turn';
import { ARTICLE_GENERAL, ARTICLE_TITLE } from './article-general';
import { saidOf, sectionView, statementsView } from './article-view';
import { BRAND_LINE, type Html, type Page, pageOf, sendPublicPage } from './html';
import { noticeView } from './notice-view';
import { LANGUAGES, requestLanguage } from './request-language';
import { ARTICLE_STYLE } from './style';

export interface DataHandlingParts {
  /** What the article says of each vendor, by its id, in the order of the page. */
  readonly articles: ReadonlyMap<string, VendorArticle>;
  /** Those in force, by the vendor's id: of the vendors that are set up. */
  readonly notices: ReadonlyMap<string, Notice>;
  /** Where a browser asks for none of the page's languages. */
  readonly language: Language;
}

/**
 * `GET /data-handling`: the public article about data handling, every statement as it stands today, and the notices
 * in force. In one language at a time: the browser's, or that of `?lang=`.
 */
export function createDataHandlingPage(parts: DataHandlingParts): HttpRoute {
  const pages = new Map<Language, Page>();
  const pageIn = (language: Language): Page => {
    const page = pages.get(language) ?? articlePage(parts, language);
    pages.set(language, page);
    return page;
  };
  return {
    method: 'GET',
    path: ARTICLE_PATH,
    handle: (request, response) => sendPublicPage(request, response, pageIn(requestLanguage(request, parts.language))),
  };
}

function articlePage({ articles, notices }: DataHandlingParts, language: Language): Page {
  const { page } = sentencesFor(language);
  const vendors = [...articles].map(([vendor, article]) => vendorView(vendor, article, notices.get(vendor), language));
  const marks = page.marks.map((words) => html`<p>${words}</p>`);
  const content = html`<a class="skip" href="#general">${page.skip}</a>
<header class="top">${BRAND_LINE}${languageSwitch(language)}</header>
<main><h1>${saidOf(ARTICLE_TITLE, language)}</h1><div class="marks">${marks}</div>${contents(articles, notices, language)}
<section class="part" id="general"><h2>${page.general}</h2>${statementsView(ARTICLE_GENERAL, language)}</section>
${vendors}${closing(language)}</main>`;
  return pageOf({ language, title: `${ARTICLE_TITLE.said[language]} · dejiren`, style: ARTICLE_STYLE, content });
}

function languageSwitch(current: Language): Html {
  const { page } = sentencesFor(current);
  const items = LANGUAGES.map(([language, name]) => {
    const mark = language === current ? html` aria-current="true"` : '';
    return html`<li><a href="?lang=${language}" lang="${language}" hreflang="${language}"${mark}>${name}</a></li>`;
  });
  return html`<nav class="languages" aria-label="${page.languages}"><ul>${items}</ul></nav>`;
}

function contents(
  articles: DataHandlingParts['articles'],
  notices: DataHandlingParts['notices'],
  language: Language,
): Html {
  const { page } = sentencesFor(language);
  const vendors = [...articles].map(
    ([vendor, { heading }]) =>
      html`<li><a href="#${vendor}">${heading[language]}</a>${notices.has(vendor) && html`<span class="chip">${page.inUse}</span>`}</li>`,
  );
  const item = (id: string, words: string): Html => html`<li><a href="#${id}">${words}</a></li>`;
  return html`<nav class="contents" aria-labelledby="contents"><h2 id="contents">${page.contents}</h2><ol>${item('general', page.general)}${vendors}${item('asking', page.asking)}${item('further', page.further)}</ol></nav>`;
}

function vendorView(vendor: string, article: VendorArticle, notice: Notice | undefined, language: Language): Html {
  const { page } = sentencesFor(language);
  const { heading, addedOn, sections } = article;
  const chip =
    notice === undefined
      ? html`<span class="chip off">${page.notInUse}</span>`
      : html`<span class="chip">${page.inUse}</span>`;
  const name = addedOn === undefined ? saidOf({ said: heading }, language) : heading[language];
  const added = addedOn !== undefined && html`<p class="plain">${page.added(dayWritten(addedOn, language))}</p>`;
  const inForce =
    notice === undefined
      ? html`<p class="plain">${page.sendsNothing(heading[language])}</p>`
      : noticeView(notice, language);
  return html`<section class="part" aria-labelledby="${vendor}"><div class="heading"><h2 id="${vendor}">${name}</h2>${chip}</div>${added}${sections.map((section) => sectionView(section, language))}${inForce}</section>`;
}

function closing(language: Language): Html {
  const { page } = sentencesFor(language);
  const gap = language === 'ja' ? '' : ' ';
  const asked = page.asked.map((words) => html`<p>${words}</p>`);
  return html`<section class="part"><h2 id="asking">${page.asking}</h2>${asked}</section><section class="part"><h2 id="further">${page.further}</h2><p>${page.keys}${gap}<a href="/.well-known/jwks.json">${page.keysLink}</a></p><p>${page.laws}${gap}<a href="https://www.ppc.go.jp/" rel="noreferrer">${page.lawsLink}</a></p></section>`;
}
