import { html } from 'hono/html';
import type { Notice, Statement } from '../consent/notice';
import { plainHash } from '../kit/plain-words';
import { dayWritten } from '../language/dates';
import { sentencesFor } from '../language/sentences';
import { whatGoes } from '../language/what-goes';
import type { Language } from '../model/turn';
import { link } from './article-view';
import type { Html } from './html';

/** The notice in force of a vendor: what people agree to, whole, with sources, dates and hashes. */
export function noticeView(notice: Notice, language: Language): Html {
  const { id, vendor, vendorName, route, statements } = notice;
  const { card, page, country } = sentencesFor(language);
  const item = (label: string, content: string | Html): Html => html`<dt>${label}</dt><dd>${content}</dd>`;
  const facts = [
    item(card.labels.to, card.to(vendorName, route.endpoint, route.model)),
    item(card.labels.where, country(route.region)),
    item(card.labels.what, whatGoes(route, card)),
    ...statements.map((one) => item(card.labels[one.key], statementView(one, notice, language))),
    item(page.number, html`<code>${id}</code>`),
  ];
  return html`<section class="notice" aria-labelledby="${vendor}-notice"><h3 id="${vendor}-notice">${page.notice(vendorName)}</h3><dl>${facts}</dl></section>`;
}

function statementView(statement: Statement, { route }: Notice, language: Language): Html {
  const { key, text, source, quote, checkedOn, reviewBy } = statement;
  const { card, page } = sentencesFor(language);
  const said = key === 'training' && route.sharesForTraining ? card.sharesForTraining : text[language];
  const words =
    quote !== undefined &&
    html`<details><summary>${page.quote}</summary><blockquote lang="en">${quote}</blockquote><small>${page.quoteHash} <code>${plainHash(quote)}</code></small></details>`;
  const title = source.url === '' && source.title !== 'dejiren' ? page.settings : source.title;
  const read = [page.checked(dayWritten(checkedOn, language)), page.reviewBy(dayWritten(reviewBy, language))].join(
    ' · ',
  );
  return html`<p>${said}</p><small><cite>${link(source, title)}</cite> · ${read}</small>${words}`;
}
