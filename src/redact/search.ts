import { errorFields } from '../log/error-fields';
import type { Log } from '../log/log';
import { openText, type Text } from '../model/text';
import { type Found, merged } from './find/found';
import { loadValueFinder, type ValueFinder } from './find/values';
import type { Kind } from './kinds';
import { plainOf } from './plain';
import type { Presidio } from './presidio';

/** What was found in each text, in order and apart; positions are those of the text itself. */
export type Findings = ReadonlyMap<Text, readonly Found[]>;

/** Where a text cannot be searched, nothing of it may be sent. */
export type SearchResult =
  | { readonly kind: 'searched'; readonly findings: Findings }
  | { readonly kind: 'unavailable' };

/** Searches texts for personal data and secrets. */
export interface Search {
  /** Never rejects. An aborted signal gives `unavailable`. */
  search(texts: readonly Text[], signal: AbortSignal): Promise<SearchResult>;
  /** Loads what it needs, so that the first question does not wait for it. Never rejects. */
  warm(): Promise<void>;
}

export interface SearchParts {
  readonly kinds: ReadonlySet<Kind>;
  /** Japanese names by a dictionary. */
  readonly names: boolean;
  /** Asked beside our own finders. */
  readonly presidio: Presidio | undefined;
  readonly log: Log;
}

export function createSearch({ kinds, names, presidio, log }: SearchParts): Search {
  let loading: Promise<ValueFinder> | undefined;
  /** What could not be loaded is tried again with the next question. */
  const load = (): Promise<ValueFinder> => {
    loading ??= loadValueFinder(kinds, names).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const report = (error: unknown): void => log.error('redaction-failed', { ...errorFields(error) });

  async function searchIn(texts: readonly Text[], signal: AbortSignal): Promise<SearchResult> {
    const find = await load();
    const asked = await presidio?.analyse(texts, signal);
    if (asked?.kind === 'unavailable' || signal.aborted) return { kind: 'unavailable' };
    const findings = new Map<Text, readonly Found[]>();
    for (const text of texts) {
      const plain = plainOf(openText(text));
      const own = (await find(plain.words)).map(({ kind, from, to }) => ({ kind, ...plain.stretch(from, to) }));
      const theirs = asked?.findings.get(text)?.filter(({ kind }) => kinds.has(kind)) ?? [];
      findings.set(text, merged([...own, ...theirs]));
    }
    return { kind: 'searched', findings };
  }

  return {
    async search(texts, signal) {
      try {
        return await searchIn(texts, signal);
      } catch (error) {
        report(error);
        return { kind: 'unavailable' };
      }
    },
    async warm() {
      // The first search compiles every pattern.
      await load()
        .then((find) => find(plainOf('０３−０１２３−４５６７ nobody@example.com').words))
        .catch(report);
    },
  };
}
