import type { ConsentOrigin, ConsentPerson, ConsentView } from './consent';
import { type ConsentGateParts, vendorOf } from './gate';
import type { ProofIssuer } from './proof';
import { receiptsOf, standingRows, withNotices } from './receipts';

export interface OwnRecordParts
  extends Pick<ConsentGateParts, 'ledger' | 'notices' | 'policy' | 'defaultVendor' | 'now'> {
  readonly proofs: ProofIssuer;
}

/** What a person is given of their own record. */
export interface OwnRecord {
  /** Without a vendor named, signed for the one in effect, or for the last that anything was decided about. */
  receipt(person: ConsentPerson, named: string | undefined, origin: ConsentOrigin): Promise<ConsentView>;
  /** A part of all of it, from 1. */
  exported(person: ConsentPerson, part: number): Promise<ConsentView>;
}

export function createOwnRecord(parts: OwnRecordParts): OwnRecord {
  const { ledger, notices, proofs, now } = parts;
  return {
    async receipt(person, named, origin) {
      const one = named === 'all' ? undefined : named;
      const history = withNotices(await ledger.history(person), notices);
      const isOnRecord = (vendor: string): boolean => history.some(({ row }) => row.vendor === vendor);
      if (one !== undefined && !notices.has(one) && !isOnRecord(one))
        return { kind: 'vendor-unknown', vendors: [...notices.keys()] };
      const inEffect = vendorOf(parts, person, await ledger.find(person), origin.conversation);
      const vendor = one ?? (isOnRecord(inEffect) ? inEffect : (history.at(-1)?.row.vendor ?? inEffect));
      const receipts = receiptsOf(history, notices).filter((each) => one === undefined || each.vendor === one);
      const decisions = standingRows(history, vendor);
      const vendorName = receipts.findLast((each) => each.vendor === vendor)?.vendorName ?? vendor;
      const signed =
        decisions.length === 0 ? undefined : { vendor, vendorName, jws: await proofs.receipt(decisions, now()) };
      return { kind: 'receipt', receipts, signed };
    },

    async exported(person, part) {
      const subject = await ledger.find(person);
      if (subject === undefined) return { kind: 'export', part: undefined };
      const history = withNotices(await ledger.history(person), notices);
      return { kind: 'export', part: await proofs.exportPart({ person, subject, history }, part, now()) };
    },
  };
}
