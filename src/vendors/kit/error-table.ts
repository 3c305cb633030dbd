import { categoryOfStatus, type VendorErrorCategory } from './vendor-error';

/** What a vendor tells in words only, beside a code that says less. */
export interface ToldInWords {
  /** Of one of the codes, in small letters and digits alone; whatever the code where it is left out. */
  readonly code?: RegExp;
  readonly words: RegExp;
  readonly means: VendorErrorCategory;
}

/** What the failures of a vendor mean: the one place where a vendor says so. */
export interface ErrorTable {
  /** Codes by what they mean. They are compared by their letters and digits: servers write the same one in several ways. */
  readonly codes: Readonly<Partial<Record<VendorErrorCategory, readonly string[]>>>;
  /** Codes that mean what the status says. They are listed since a code that is in no list is not told to operators. */
  readonly plain?: readonly string[];
  readonly words?: readonly ToldInWords[];
}

/** A failure as far as a vendor told it, with the codes that say the most first. Its words are looked at, never told. */
export interface ToldFailure {
  readonly codes: readonly unknown[];
  readonly words: string;
}

/** Reads failures by tables. */
export interface ErrorReader {
  /** By the first code that means something, alone or with the words beside it; undefined where none does. */
  meaningOf(told: ToldFailure): VendorErrorCategory | undefined;
  /** As {@link ErrorReader.meaningOf}, and by the status where that says nothing. */
  categoryOf(told: ToldFailure, status: number): VendorErrorCategory;
  /**
   * The first of the codes that a table has, as the table writes it, for the operator's log: a code that is in no table
   * may be anything, an echo of the question too, and is not told.
   */
  writtenOf(codes: readonly unknown[]): string | undefined;
}

/**
 * Makes a reader of one vendor's table and those behind it: what an earlier one says counts.
 *
 * @example
 * ```ts
 * const errors = errorReaderOf(ACME_ERRORS, COMMON_ERRORS);
 * errors.meaningOf({ codes: ['acme_busy'], words: '' }); // 'overloaded'
 * ```
 */
export function errorReaderOf(...tables: readonly ErrorTable[]): ErrorReader {
  const last = [...tables].reverse();
  const meanings = new Map(last.flatMap(meaningsIn));
  const written = new Map(last.flatMap(({ codes, plain = [] }) => [...plain, ...listed(codes)].map(withKey)));
  const rules = tables.flatMap(({ words = [] }) => words);

  const meaningOf: ErrorReader['meaningOf'] = ({ codes, words }) => {
    const keys = codes.map(keyOf).filter((key) => key !== undefined);
    for (const key of keys) {
      const byWords = rules.find((rule) => rule.code?.test(key) === true && rule.words.test(words))?.means;
      const meaning = byWords ?? meanings.get(key);
      if (meaning !== undefined) return meaning;
    }
    return rules.find((rule) => rule.code === undefined && rule.words.test(words))?.means;
  };

  return {
    meaningOf,
    categoryOf: (told, status) => meaningOf(told) ?? categoryOfStatus(status),
    writtenOf(codes) {
      for (const code of codes) {
        const found = written.get(keyOf(code) ?? '');
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** Longer ones are no codes. */
const MAX_CHARACTERS = 64;

/** A code's letters and digits; undefined where it is none. */
function keyOf(code: unknown): string | undefined {
  if (typeof code !== 'string' || code.length > MAX_CHARACTERS) return undefined;
  return code.toLowerCase().replace(/[^a-z0-9]/gu, '');
}

function withKey(code: string): readonly [key: string, code: string] {
  return [keyOf(code) ?? '', code];
}

function listed(codes: ErrorTable['codes']): readonly string[] {
  return Object.values(codes).flat();
}

function meaningsIn({ codes }: ErrorTable): readonly (readonly [key: string, means: VendorErrorCategory])[] {
  return (Object.keys(codes) as VendorErrorCategory[]).flatMap((means) =>
    (codes[means] ?? []).map((code) => [keyOf(code) ?? '', means] as const),
  );
}
