import type { Notice, Statement, StatementKey } from '../consent/notice';
import { plainWords } from '../kit/plain-words';
import { readText } from '../kit/read-body';
import { wordsOfPage } from './page-words';

/**
 * What became of a statement's source: its words stand there still; the page came and they do not; it could not be
 * told (`unreachable`), or there are no words to look for (`no-quote`).
 */
export type SourceState = 'unchanged' | 'changed' | 'unreachable' | 'no-quote';

export interface SourceFinding {
  readonly vendor: string;
  readonly key: StatementKey;
  readonly url: string;
  readonly state: SourceState;
  /** The statement counts until this ISO date. */
  readonly reviewBy: string;
}

export interface CheckOptions {
  /** Asks the sources alone (`sourceHosts`). */
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
}

/** Milliseconds for one page, and bytes of it. */
const PAGE_MS = 20_000;
const PAGE_BYTES = 5 * 1024 * 1024;

/**
 * Reads every source of the notices once and looks for the words that its statements quote. A page that cannot be
 * had is no change. Rejects only when `signal` is aborted.
 */
export async function checkSources(
  notices: readonly Notice[],
  { fetch, signal }: CheckOptions,
): Promise<readonly SourceFinding[]> {
  const pages = new Map<string, Promise<string | undefined>>();
  const pageOf = (url: string): Promise<string | undefined> => {
    const known = pages.get(url) ?? readPage(url, fetch, signal);
    pages.set(url, known);
    return known;
  };
  const stated = notices.flatMap(({ vendor, statements }) => statements.map((statement) => ({ vendor, statement })));
  const findings = await Promise.all(
    stated
      .filter(({ statement }) => statement.source.url !== '')
      .map(async ({ vendor, statement }): Promise<SourceFinding> => {
        const { key, quote, reviewBy, source } = statement;
        const state = await stateOf(quote, source.url, pageOf);
        return { vendor, key, url: source.url, state, reviewBy };
      }),
  );
  signal.throwIfAborted();
  return findings;
}

/** The hosts of every source. */
export function sourceHosts(notices: readonly Notice[]): readonly string[] {
  const urls = notices.flatMap(({ statements }) => statements.map(({ source }: Statement) => source.url));
  return [...new Set(urls.filter((url) => url !== '').map((url) => new URL(url).host))];
}

async function stateOf(
  quote: string | undefined,
  url: string,
  pageOf: (url: string) => Promise<string | undefined>,
): Promise<SourceState> {
  if (quote === undefined) return 'no-quote';
  const words = await pageOf(url);
  if (words === undefined) return 'unreachable';
  return words.includes(plainWords(quote)) ? 'unchanged' : 'changed';
}

async function readPage(url: string, fetch_: typeof fetch, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await fetch_(url, {
      headers: { accept: 'text/html', 'user-agent': 'dejiren' },
      signal: AbortSignal.any([signal, AbortSignal.timeout(PAGE_MS)]),
    });
    const html = response.ok ? await readText(response.body, PAGE_BYTES) : undefined;
    const words = html === undefined ? '' : await wordsOfPage(html);
    // A page that is made by scripts shows no words of its own.
    return words.length < FEWEST_CHARACTERS ? undefined : words;
  } catch {
    return undefined;
  }
}

/** A page with fewer words is not the page: an error, or an empty frame for scripts to fill. */
const FEWEST_CHARACTERS = 200;
