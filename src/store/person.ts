import { randomBytes } from 'node:crypto';
import type { StoredPerson } from '../consent/chain/seals';
import type { ConsentPerson, Pseudonyms } from '../consent/consent';
import type { Subject } from '../consent/ledger';
import { lookupOf, pseudonymOf, subjectOf } from './keys';

/** Somebody of whom nothing is on record yet, with a key of their own. */
export function newPerson(secret: Uint8Array, person: ConsentPerson): StoredPerson {
  const lookup = lookupOf(secret, person);
  const key = randomBytes(32);
  return { lookup, key, subject: subjectOf(key, lookup), chosen: '', seq: 0, standings: [] };
}

/** Somebody as the ledger's callers know them. `materialOf` gives the material id of a notice, empty where there is none. */
export function asSubject(
  { key, subject, chosen, standings }: StoredPerson,
  materialOf: (noticeId: string) => string,
): Subject {
  const known = standings.map((stored) => ({ ...stored, materialId: materialOf(stored.noticeId) }));
  return {
    id: subject,
    pseudonyms: new LazyPseudonyms(key),
    vendor: chosen === '' ? undefined : chosen,
    get vendors() {
      return [...new Set(known.map(({ vendor }) => vendor))];
    },
    standing: (vendor, purpose) => known.find((one) => one.vendor === vendor && one.purpose === purpose),
  };
}

/** Many who are looked up are asked nothing, and an answer names its asker several times: each is hashed once, if at all. */
class LazyPseudonyms implements Pseudonyms {
  readonly #key: Uint8Array;
  #asker: string | undefined;
  #safetyId: string | undefined;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  get asker(): string {
    this.#asker ??= pseudonymOf(this.#key, 'asker');
    return this.#asker;
  }

  get safetyId(): string {
    this.#safetyId ??= pseudonymOf(this.#key, 'safety');
    return this.#safetyId;
  }
}
