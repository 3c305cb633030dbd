import { setImmediate as nextRound } from 'node:timers/promises';
import { LedgerError } from '../ledger-error';
import type { LedgerFault, LedgerVerification } from './fault';
import { type PeopleSlice, replayFaultOf } from './replay';
import { EMPTY, hashRow, type LedgerHead, type LedgerRow } from './row';
import { headFaultOf, type SealedHead, type Seals } from './seals';

/** A row as it was read; undefined where what is stored is no row of dejiren's. */
export type ReadRow = LedgerRow | undefined;

/** Follows a run of rows from the head before them; `each` is called with every row that fits. */
export function followRows(
  rows: Iterable<ReadRow>,
  before: LedgerHead,
  each: (row: LedgerRow) => void = () => {},
): LedgerVerification {
  let at = before;
  for (const row of rows) {
    const seq = at.seq + 1;
    if (row === undefined) return { intact: false, seq, code: 'row-changed' };
    if (row.seq !== seq) return { intact: false, seq, code: 'row-missing' };
    if (row.previous !== at.hash) return { intact: false, seq, code: 'chain-broken' };
    if (hashRow(row) !== row.hash) return { intact: false, seq, code: 'row-changed' };
    at = { seq, hash: row.hash };
    each(row);
  }
  return { intact: true, head: at };
}

/** Whether a chain that was followed to its end is the one that the stored head tells of. */
export function meetsHead(followed: LedgerVerification, { seq, hash }: LedgerHead = EMPTY): LedgerVerification {
  if (!followed.intact) return followed;
  const { head } = followed;
  if (head.seq === seq && head.hash === hash) return followed;
  return { intact: false, seq: Math.min(head.seq, seq) + 1, code: 'head-differs' };
}

/** What can be told of a ledger at one glance. */
export type Glance =
  /** The tables are others than dejiren's, and nothing can be asked of them. */
  | { readonly schemaFits: false }
  | {
      readonly schemaFits: true;
      /** The hash of the row that was asked about; undefined where there is no such row. */
      readonly hash: string | undefined;
      /** Whether every notice is what its ids say. */
      readonly noticesFit: boolean;
      readonly head: SealedHead | undefined;
    };

/** Whether what stands beside the rows fits, and the chain still holds the row that it ended with when it was `known`. */
export function faultAtAGlance(glance: Glance, known: LedgerHead): LedgerFault | undefined {
  if (!glance.schemaFits) return { intact: false, seq: known.seq, code: 'schema-changed' };
  if (known.seq > 0 && glance.hash !== known.hash) return { intact: false, seq: known.seq, code: 'head-differs' };
  return glance.noticesFit ? undefined : { intact: false, seq: glance.head?.seq ?? 0, code: 'notice-changed' };
}

/** The rows of one chain and what is kept beside them, as an engine reads them. Each call reads as of one moment. */
export interface ChainReader {
  /** `seq`: the row whose hash is asked for. */
  glance(seq: number): Promise<Glance>;
  /** The next rows after one, with the head; fewer than `most` where these are the last. */
  rowsAfter(
    seq: number,
    most: number,
  ): Promise<{ readonly rows: readonly ReadRow[]; readonly head: SealedHead | undefined }>;
  /**
   * The next people after a pseudonym, in the order of pseudonyms: everybody whom a row, a standing or a key is of.
   * Rejects with a `LedgerError` where what is stored is none of dejiren's.
   */
  peopleAfter(subject: string, most: number): Promise<(PeopleSlice & { readonly upTo: string }) | 'end'>;
}

/** Rows checked before other work gets its turn: some 6 ms. */
const SLICE_ROWS = 500;
/** People whose standings are replayed at a time: some 3 ms. */
export const SLICE_PEOPLE = 100;

/**
 * Checks the schema, every row, the head, that the standings follow from the rows, that people are who they were, and
 * that the chain holds what it held when it was `known`. It reads in slices, so that it may go on beside writes however
 * much there is. Rejects when `signal` is aborted, and where the ledger cannot be read.
 */
export async function verifyLedger(
  reader: ChainReader,
  { seals, known, signal }: { readonly seals: Seals; readonly known: LedgerHead; readonly signal: AbortSignal },
): Promise<LedgerVerification> {
  const beside = faultAtAGlance(await reader.glance(known.seq), known);
  if (beside !== undefined) return beside;
  const { verified, head } = await followAll(reader, signal);
  if (!verified.intact) return verified;
  const { seq } = verified.head;
  // A head without a seal is of an earlier version, whose people have none either.
  const code = headFaultOf(head, seals);
  if (code === 'head-differs') return { intact: false, seq, code };
  const replayed = await replayAll(reader, seals, code === 'head-unsealed', signal);
  const wrong = replayed ?? code;
  return wrong === undefined ? verified : { intact: false, seq, code: wrong };
}

/** Follows the chain in slices until it meets the head. */
async function followAll(
  reader: ChainReader,
  signal: AbortSignal,
): Promise<{ readonly verified: LedgerVerification; readonly head: SealedHead | undefined }> {
  for (let at = EMPTY; ; await nextRound()) {
    signal.throwIfAborted();
    const { rows, head } = await reader.rowsAfter(at.seq, SLICE_ROWS);
    const followed = followRows(rows, at);
    if (!followed.intact || rows.length < SLICE_ROWS) return { verified: meetsHead(followed, head), head };
    at = followed.head;
  }
}

/** Whether everybody stands as their rows say. What was written between two slices is in the rows and beside them alike. */
async function replayAll(
  reader: ChainReader,
  seals: Seals,
  unsealed: boolean,
  signal: AbortSignal,
): Promise<LedgerFault['code'] | undefined> {
  for (let after = ''; ; await nextRound()) {
    signal.throwIfAborted();
    const slice = await reader.peopleAfter(after, SLICE_PEOPLE).catch(asUnreadable);
    if (slice === 'end') return undefined;
    if (slice === 'unreadable') return 'state-differs';
    const fault = replayFaultOf(slice, seals, unsealed);
    if (fault !== undefined) return fault;
    after = slice.upTo;
  }
}

function asUnreadable(error: unknown): 'unreadable' {
  if (error instanceof LedgerError) return 'unreadable';
  throw error;
}
