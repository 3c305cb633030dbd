import { randomUUID } from 'node:crypto';
import type { ProofIssuer } from '../consent/proof';
import { type Controller, consentRecord } from './consent-record';
import { CONTEXT, RECEIPT_SCHEMA, saidOnce, timeOf } from './json-ld';
import { signJws } from './jws';
import { exportParts } from './record-export';
import type { SigningKeys } from './signing-keys';

export interface ProofIssuerParts {
  readonly keys: SigningKeys;
  readonly controller: Controller;
}

/** Makes receipts and exports, and signs them. Nothing of them is kept. */
export function createProofIssuer({ keys, controller }: ProofIssuerParts): ProofIssuer {
  return {
    receipt(decisions, at) {
      const id = randomUUID();
      return signJws(keys.current, 'dejiren-receipt+jws', {
        '@context': CONTEXT,
        '@id': `urn:uuid:${id}`,
        '@type': 'dpv:ConsentReceipt',
        'dct:conformsTo': RECEIPT_SCHEMA,
        'dct:identifier': id,
        'dct:created': timeOf(at),
        installation: keys.installation,
        'dpv:hasRecordOfActivity': saidOnce(decisions.map((decision) => consentRecord(decision, controller))),
      });
    },
    async exportPart(record, part, at) {
      const parts = exportParts(record, controller);
      const number = Math.min(part, parts.length);
      const id = randomUUID();
      const document = {
        '@context': CONTEXT,
        '@id': `urn:uuid:${id}`,
        '@type': 'RecordExport',
        'dct:identifier': id,
        'dct:created': timeOf(at),
        installation: keys.installation,
        part: number,
        parts: parts.length,
        'dct:hasPart': parts[number - 1] ?? [],
      };
      return { number, of: parts.length, jws: await signJws(keys.current, 'dejiren-export+jws', document) };
    },
  };
}
