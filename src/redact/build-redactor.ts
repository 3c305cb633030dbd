import type { Kind, RedactionMode } from './kinds';
import { createPresidio, type PresidioParts } from './presidio';
import { createRedactor, type Redactor } from './redactor';
import { createSearch } from './search';

/** What is looked for, and by whom. */
export interface RedactorWish {
  readonly mode: (tenant: string) => RedactionMode;
  readonly kinds: ReadonlySet<Kind>;
  /** Japanese names by a dictionary. */
  readonly names: boolean;
  /** An analyzer of the organisation's, asked beside our own finders. */
  readonly presidio: Omit<PresidioParts, 'fetch' | 'log'> | undefined;
}

/** The redactor with the finders that are wanted. `fetch`: the way to the analyzer. */
export function buildRedactor(wish: RedactorWish, { fetch, log }: Pick<PresidioParts, 'fetch' | 'log'>): Redactor {
  const { mode, kinds, names } = wish;
  const presidio = wish.presidio && createPresidio({ ...wish.presidio, fetch, log });
  return createRedactor({ mode, search: createSearch({ kinds, names, presidio, log }) });
}
