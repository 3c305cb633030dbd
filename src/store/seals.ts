import type { Seals } from '../consent/chain/seals';
import { opensSubject, personSealOf, sealOf } from './keys';

/** The seals of an installation, under its secret. */
export function createSeals(secret: Uint8Array): Seals {
  return {
    ofHead: (head) => sealOf(secret, head),
    ofPerson({ lookup, key, subject, seq, standings }) {
      const state: (string | number)[] = [base64(lookup), base64(key), subject, seq];
      for (const { vendor, purpose, event, noticeId, at, validUntil } of standings)
        state.push(vendor, purpose, event, noticeId, at, validUntil);
      return personSealOf(secret, state);
    },
    opens: ({ key, lookup, subject }) => opensSubject(key, lookup, subject),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
