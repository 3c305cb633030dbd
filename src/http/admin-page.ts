import { html } from 'hono/html';
import type { Notice } from '../consent/notice';
import type { HttpRoute } from '../model/adapter';
import { type Html, pageHeaders, pageOf } from './html';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 64rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid light-dark(#ddd, #444); }
code { font-size: .8125rem; }
.changed { font-weight: 700; color: light-dark(#a40000, #ff9a8c); }
`;

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
      const page = pageOf(
        'dejiren, operator',
        STYLE,
        html`<main><h1>dejiren</h1><h2>Routes and notices in force</h2>${routesTable(notices)}<h2>Sources of the notices</h2>${sourcesTable(sources())}<p><a href="/data-handling">Public page</a> · <a href="/metrics">Metrics</a></p></main>`,
      );
      response.writeHead(200, { ...pageHeaders(STYLE), 'cache-control': 'no-store', 'content-length': page.length });
      response.end(page);
    },
  };
}

function routesTable(notices: readonly Notice[]): Html {
  const rows = notices.map(({ vendorName, route, id, statements }) => [
    vendorName,
    route.endpoint,
    route.region,
    route.model,
    route.sharesForTraining ? 'yes' : 'no',
    html`<code>${id.slice(0, 16)}</code>`,
    statements.map(({ reviewBy }) => reviewBy).sort()[0] ?? '',
  ]);
  return table(['Vendor', 'Address', 'Place', 'Models', 'Shares for training', 'Notice', 'Counts until'], rows);
}

function sourcesTable(report: SourceReport | undefined): Html {
  if (report === undefined) return html`<p>Not looked at yet: dejiren notices check does it now.</p>`;
  const rows = report.all.map(({ vendor, key, url, state, reviewBy }) => [
    vendor,
    key,
    state === 'changed' ? html`<span class="changed">changed: read it again</span>` : state,
    reviewBy,
    html`<a href="${url}" rel="noreferrer">${url}</a>`,
  ]);
  const when = new Date(report.at).toISOString();
  return html`<p>Looked at on ${when}.</p>${table(['Vendor', 'Statement', 'State', 'Counts until', 'Source'], rows)}`;
}

function table(titles: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html {
  const head = titles.map((title) => html`<th>${title}</th>`);
  const body = rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`);
  return html`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
