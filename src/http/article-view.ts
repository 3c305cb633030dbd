import { html } from 'hono/html';
import { dayWritten } from '../language/dates';
import { sentencesFor } from '../language/sentences';
import type { ArticleSection, ArticleStatement, Source } from '../model/article';
import type { Language } from '../model/turn';
import type { Html } from './html';

/** What the article takes from one source, with how each statement stands. */
export function sectionView({ title, statements }: ArticleSection, language: Language): Html {
  const { source, standing } = title;
  const words = saidOf(title, language);
  const linked = standing === 'in-force' ? link(source, words) : words;
  const changed =
    standing !== 'in-force' && html`<div class="statement ${standing}">${standingView(title, language)}</div>`;
  const list = statementsView(statements, language, source);
  return html`<div class="source"><h3 id="${title.id}">${linked}</h3>${changed}${list}</div>`;
}

/** `named`: the source that stands above them already. */
export function statementsView(statements: readonly ArticleStatement[], language: Language, named?: Source): Html {
  const items = statements.map((statement) => {
    const { id, standing, points = [], cited = [] } = statement;
    const following = points.length > 0 && statementsView(points, language, named);
    const sources = cited.map((one) => html`<li>${link(one.source, saidOf(one, language))}</li>`);
    const list = sources.length > 0 && html`<ul class="cited">${sources}</ul>`;
    return html`<li id="${id}" class="statement ${standing}"><p class="said">${saidOf(statement, language)}</p>${standingView(statement, language, named)}${following}${list}</li>`;
  });
  return html`<ul class="statements">${items}</ul>`;
}

/** The article's own words, marked: a test reads the article again from them. */
export function saidOf({ said }: Pick<ArticleStatement, 'said'>, language: Language): Html {
  const isForeign = language === 'ja' && !/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(said.ja);
  return html`<span data-article${isForeign ? html` lang="en"` : ''}>${said[language]}</span>`;
}

/** How a statement stands, where what holds now was read, and when. */
function standingView(statement: ArticleStatement, language: Language, named?: Source): Html {
  const { page } = sentencesFor(language);
  const { source, checkedOn } = statement;
  const cited = source.url !== '' && source.url !== named?.url && html`<cite>${link(source, source.title)}</cite> · `;
  const checked = page.checked(dayWritten(checkedOn, language));
  return html`<p class="standing"><span class="badge">${badgeOf(statement, language)}</span> · ${cited}${checked}</p>${besides(statement, language)}`;
}

function badgeOf(statement: ArticleStatement, language: Language): string {
  const { page } = sentencesFor(language);
  switch (statement.standing) {
    case 'in-force':
      return page.inForce;
    case 'amended':
      return page.amended(dayWritten(statement.since, language));
    case 'replaced':
      return page.replaced(dayWritten(statement.since, language));
  }
}

function besides(statement: ArticleStatement, language: Language): Html | false {
  const { page } = sentencesFor(language);
  const told = (kind: string, label: string, words: string): Html =>
    html`<p class="${kind}"><b>${label}</b>${language === 'ja' ? '' : ' '}${words}</p>`;
  if (statement.standing === 'in-force')
    return statement.note !== undefined && told('note', page.note, statement.note[language]);
  const label = statement.standing === 'replaced' ? page.now : page.addition;
  return told('now', label, statement.now[language]);
}

/** A source's words, linked to where it can be read by everybody. */
export function link({ url }: Source, words: string | Html): Html {
  return url === '' ? html`${words}` : html`<a href="${url}" rel="noreferrer">${words}</a>`;
}
