import { html } from 'hono/html';
import type { Notice } from '../consent/notice';
import { dayWritten } from '../language/dates';
import { sentencesFor } from '../language/sentences';
import type { HttpRoute } from '../model/adapter';
import { BRAND_LINE, type Html, pageOf, sendPrivatePage } from './html';
import { ADMIN_STYLE } from './style';

/** What the weekly look at the sources found. */
export interface SourceReport {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly all: readonly {
    readonly vendor: string;
    readonly key: string;
    readonly url: string;
    readonly state: string;
    readonly reviewBy: string;
  }[];
}

export interface AdminParts {
  readonly notices: readonly Notice[];
  /** Undefined before the first look, or where it is switched off. */
  readonly sources: () => SourceReport | undefined;
}

/** `GET /admin`: the operator's page. The routes and notices in force and what became of their sources; no person. */
export function createAdminPage({ notices, sources }: AdminParts): HttpRoute {
  return {
    method: 'GET',
    path: '/admin',
    handle(_request, response) {
      const content = html`<header class="top">${BRAND_LINE}<a href="/data-handling">Public page</a></header>
<main><h1>Operator’s page</h1><h2>Routes and notices in force</h2>${routesTable(notices)}<h2>Sources of the notices</h2>${sourcesTable(sources())}<p><a href="/metrics">Metrics</a></p></main>`;
      sendPrivatePage(response, pageOf({ language: 'en', title: 'dejiren, operator', style: ADMIN_STYLE, content }));
    },
  };
}

const SENTENCES = sentencesFor('en');

/** What became of a source, as operators read it. */
const STATES: Readonly<Record<string, string>> = {
  unchanged: 'Unchanged',
  changed: 'Changed: read it again',
  unreachable: 'Could not be read',
  'no-quote': 'No quote to compare',
};

function routesTable(notices: readonly Notice[]): Html {
  const rows = notices.map(({ vendorName, route, id, statements }) => {
    const [due] = statements.map(({ reviewBy }) => reviewBy).sort();
    return [
      vendorName,
      route.endpoint,
      SENTENCES.region(route.region),
      route.model,
      route.sharesForTraining ? 'Yes' : 'No',
      html`<code>${id.slice(0, 16)}</code>`,
      due === undefined ? '' : dayWritten(due, 'en'),
    ];
  });
  const titles = ['Vendor', 'Address', 'Region', 'Models', 'Shared for training', 'Notice', 'Review due'];
  return table('Routes and notices in force', titles, rows);
}

function sourcesTable(report: SourceReport | undefined): Html {
  if (report === undefined) return html`<p>Not checked yet. To check now, run <code>dejiren notices check</code>.</p>`;
  const rows = report.all.map(({ vendor, key, url, state, reviewBy }) => [
    vendor,
    key,
    state === 'changed' ? html`<span class="changed">${STATES.changed}</span>` : (STATES[state] ?? state),
    dayWritten(reviewBy, 'en'),
    html`<a href="${url}" rel="noreferrer">${url}</a>`,
  ]);
  const titles = ['Vendor', 'Statement', 'State', 'Review due', 'Source'];
  return html`<p>Last checked on ${SENTENCES.date(report.at)}.</p>${table('Sources of the notices', titles, rows)}`;
}

/** Wider than a phone: it scrolls by itself, by keyboard as well. */
function table(name: string, titles: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html {
  const head = titles.map((title) => html`<th scope="col">${title}</th>`);
  const body = rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<div class="table" role="region" aria-label="${name}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
