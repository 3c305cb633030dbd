import type { VendorErrorCategory } from './vendor-error';

/** What a vendor tells in words only, beside a code that says less. */
export interface ToldInWords {
  /** Of one of the codes, in small letters and digits alone; any where it is left out. */
  readonly code?: RegExp;
  readonly words: RegExp;
  readonly means: VendorErrorCategory;
}

/**
 * What a vendor's failures mean. Codes are compared by their letters and digits alone, since servers write the same
 * one in several ways. The first that says something counts: words, then codes, then the status.
 */
export interface ErrorTable {
  /** Codes by what they mean. */
  readonly codes: Readonly<Partial<Record<VendorErrorCategory, readonly string[]>>>;
  /** Codes that mean what the status says. They are listed since a code that is in no list is not told to operators. */
  readonly plain?: readonly string[];
  readonly words?: readonly ToldInWords[];
  /** What a status means here, where it is not what it means elsewhere. */
  readonly statuses?: Readonly<Partial<Record<number, VendorErrorCategory>>>;
}
