import { type Did, type Input, isOutdated, type ToldAt, type ToldDecision } from './input';

/** What an input does. The ledger takes it in the transaction that writes what follows from it, or not at all. */
export interface Deed {
  /** Undefined: it comes once by nature, and its order is that of its coming. */
  readonly input: Input | undefined;
  /** Undefined where it decides nothing: a notice is shown. */
  readonly did: Did | undefined;
  /** The vendors that it is about; {@link EVERY_VENDOR} among them where it is about those to come as well. */
  readonly about: readonly string[];
  /** It is done about all of them or not at all. */
  readonly whole?: boolean;
}

export const EVERY_VENDOR = '';

/**
 * What came of a deed. `repeated`: its input was taken earlier, and nothing was written. `outdated`: the person has
 * said something newer about a vendor of it; for that vendor nothing was written.
 */
export type Taking = 'taken' | 'repeated' | 'outdated';

/** What came of a deed, and the vendors that something may be written about. */
export interface Accepted {
  readonly taking: Taking;
  readonly about: ReadonlySet<string>;
}

/**
 * What somebody told earlier, and when this deed was told, by one measure: times are stored from a moment that only
 * the installation knows.
 */
export interface ToldEarlier {
  readonly told: ToldAt | undefined;
  /** What was told about a vendor, and about every vendor. */
  decisions(vendor: string): readonly ToldDecision[];
}

/** What a deed is judged by. */
export interface DeedCase {
  /** Whether its input was taken earlier. */
  readonly repeated: boolean;
  /** What this person told; undefined where there is no record of them. */
  readonly own: ToldEarlier | undefined;
  /** The newest erasure in the tenant: of somebody who was erased nothing else is left. */
  readonly erasures: ToldEarlier;
}

/** What comes of a deed: each is taken once, and none overrides a newer one. */
export function accept({ input, did, about, whole = false }: Deed, known: DeedCase): Accepted {
  if (input === undefined) return { taking: 'taken', about: new Set(about) };
  if (known.repeated) return { taking: 'repeated', about: new Set() };
  if (did === undefined) return { taking: 'taken', about: new Set(about) };
  const { own, erasures } = known;
  const fits = about.filter((vendor) => {
    const outdated = own && isOutdatedIn(own, vendor, did);
    // What was told before the newest erasure could be of whoever was erased.
    return !(outdated ?? isOutdatedIn(erasures, EVERY_VENDOR, did) ?? false);
  });
  if (fits.length === about.length) return { taking: 'taken', about: new Set(about) };
  // What concerns everything at once, as an erasure does, cannot be done by halves.
  return { taking: 'outdated', about: new Set(whole ? [] : fits) };
}

/** Undefined where nothing was told. */
function isOutdatedIn({ told, decisions }: ToldEarlier, vendor: string, did: Did): boolean | undefined {
  const known = decisions(vendor);
  return known.length === 0 ? undefined : isOutdated(did, told, known);
}
