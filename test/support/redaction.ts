import { sealText, type Text } from '../../src/model/text';
import { KINDS, type Kind, type RedactionMode } from '../../src/redact/kinds';
import type { Presidio } from '../../src/redact/presidio';
import { createRedactor, type Redactor } from '../../src/redact/redactor';
import { createSearch, type Search } from '../../src/redact/search';
import { quietLog } from './consent';

interface SearchWish {
  readonly without?: readonly Kind[];
  readonly names?: boolean;
  readonly presidio?: Presidio;
}

/** Our own finders, without names and without an analyzer unless they are wished for. */
export function aSearch({ without = [], names = false, presidio }: SearchWish = {}): Search {
  const kinds = new Set(KINDS.filter((kind) => !without.includes(kind)));
  return createSearch({ kinds, names, presidio, log: quietLog });
}

export function aRedactor(mode: RedactionMode = 'mask', search: Search = aSearch()): Redactor {
  return createRedactor({ mode: () => mode, search });
}

export const never = new AbortController().signal;

/** What is found in words, as kind and value. */
export async function foundIn(
  words: string,
  search: Search = shared,
): Promise<readonly (readonly [kind: Kind, value: string])[]> {
  const text: Text = sealText(words);
  const result = await search.search([text], never);
  if (result.kind === 'unavailable') throw new Error('could not be searched');
  return (result.findings.get(text) ?? []).map(({ kind, from, to }) => [kind, words.slice(from, to)]);
}

const shared = aSearch();
