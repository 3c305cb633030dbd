import type { Heard } from '../play/seat';

/** What anybody, and the operator, can read of the program over HTTP. */
const PAGES = ['/', '/healthz', '/readyz', '/data-handling', '/data-handling?lang=ja', '/metrics', '/admin'] as const;

const PATIENCE_MS = 15_000;

export async function readPages(url: string, adminToken: string): Promise<readonly Heard[]> {
  const headers = { authorization: `Bearer ${adminToken}` };
  return Promise.all(
    PAGES.map(async (path) => {
      const response = await fetch(url + path, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
      return { what: path, words: await wordsOf(response) };
    }),
  );
}

/** Requests that no page is for: what HTTP says to them must not say them back. */
export async function askAmiss(url: string, words: string): Promise<readonly Heard[]> {
  const path = encodeURIComponent(words);
  const asked: readonly (readonly [string, string, RequestInit])[] = [
    ['a path that there is not', `/${path}?q=${path}`, {}],
    ['a method that there is not', '/healthz', { method: 'PUT', body: words }],
    ['a token that is none', '/metrics', { headers: { authorization: `Bearer ${path}` } }],
    ['a cookie and a referer', '/healthz', { headers: { cookie: `a=${path}`, referer: `http://127.0.0.1/${path}` } }],
  ];
  return Promise.all(
    asked.map(async ([what, where, how]) => ({
      what,
      words: await wordsOf(await fetch(url + where, { ...how, signal: AbortSignal.timeout(PATIENCE_MS) })),
    })),
  );
}

async function wordsOf(response: Response): Promise<string> {
  return `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`;
}
