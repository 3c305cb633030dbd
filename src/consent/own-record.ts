import { type Act, subjectOf, vendorInEffect, vendorUnknown } from './act';
import type { LedgerRow } from './chain/row';
import type { ConsentView } from './consent';
import type { RecordedDecision } from './ledger';
import type { Notice } from './notice';
import type { Receipt } from './receipt';

/**
 * What a person is shown of what they decided, with a signed receipt. Without a vendor named, it is signed for the one
 * in effect, or for the last that anything was decided about.
 */
export async function ownReceipts(act: Act, named: string | undefined): Promise<ConsentView> {
  const { ledger, notices, proofs, now } = act.parts;
  const one = named === 'all' ? undefined : named;
  const history = withNotices(await ledger.history(act.person), notices);
  const isOnRecord = (vendor: string): boolean => history.some(({ row }) => row.vendor === vendor);
  if (one !== undefined && !notices.has(one) && !isOnRecord(one)) return vendorUnknown(act);
  const inEffect = vendorInEffect(act, await subjectOf(act));
  const vendor = one ?? (isOnRecord(inEffect) ? inEffect : (history.at(-1)?.row.vendor ?? inEffect));
  const receipts = receiptsOf(history, notices).filter((each) => one === undefined || each.vendor === one);
  const decisions = decisionsInEffect(history, vendor);
  const vendorName = receipts.findLast((each) => each.vendor === vendor)?.vendorName ?? vendor;
  const signed =
    decisions.length === 0 ? undefined : { vendor, vendorName, jws: await proofs.receipt(decisions, now()) };
  return { kind: 'receipt', receipts, signed };
}

/** A part of all that is on record about a person, from 1. */
export async function exportPart(act: Act, part: number): Promise<ConsentView> {
  const { ledger, notices, proofs, now } = act.parts;
  const { person } = act;
  const subject = await subjectOf(act);
  if (subject === undefined) return { kind: 'export', part: undefined };
  const history = withNotices(await ledger.history(person), notices);
  return { kind: 'export', part: await proofs.exportPart({ person, subject, history }, part, now()) };
}

/** Rows with the notice that each names, whatever holds now; `inForce` knows those that were never served. */
function withNotices(
  history: readonly RecordedDecision[],
  inForce: ReadonlyMap<string, Notice>,
): readonly RecordedDecision[] {
  return history.map(({ row, notice: served }) => {
    const current = inForce.get(row.vendor);
    return { row, notice: served ?? (current?.id === row.noticeId ? current : undefined) };
  });
}

/** A person's receipts, oldest first, of the ledger's rows about them. */
function receiptsOf(history: readonly RecordedDecision[], inForce: ReadonlyMap<string, Notice>): readonly Receipt[] {
  return history.flatMap(({ row, notice }): Receipt[] => {
    if (row.event === 'erased') return [];
    return [
      {
        id: `${row.subject.slice(0, 16)}-${row.seq}`,
        vendor: row.vendor,
        vendorName: (notice ?? inForce.get(row.vendor))?.vendorName ?? row.vendor,
        purpose: row.purpose,
        event: row.event,
        at: row.at,
        validUntil: row.event === 'granted' ? row.validUntil : undefined,
        noticeId: row.noticeId,
        endpoint: notice?.route.endpoint ?? '',
        region: notice?.route.region ?? '',
        language: row.language,
        surface: row.surface,
        mode: row.mode,
        ledgerSeq: row.seq,
        ledgerHash: row.hash,
      },
    ];
  });
}

/**
 * The rows that a person's standing with one vendor rests on: for each purpose the newest decision, or the newest
 * notice that was shown where nothing was decided.
 */
function decisionsInEffect(history: readonly RecordedDecision[], vendor: string): readonly RecordedDecision[] {
  return (['use', 'training'] as const).flatMap((purpose) => {
    const rows = history.filter(({ row }) => row.vendor === vendor && row.purpose === purpose);
    const last = rows.findLast(({ row }) => isDecision(row)) ?? rows.at(-1);
    return last === undefined ? [] : [last];
  });
}

function isDecision({ event }: LedgerRow): boolean {
  return event === 'granted' || event === 'withdrawn';
}
