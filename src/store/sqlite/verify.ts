import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextRound } from 'node:timers/promises';
import { GENESIS, LedgerError, type LedgerHead, type LedgerVerification } from '../../consent/ledger';
import type { SqliteAccess } from './access';
import { atOnce } from './at-once';
import { BrokenLedger, type LedgerFault } from './broken';
import type { SqliteChain } from './chain';
import { followRows, meetsHead } from './follow';
import { readHead, sealFaultOf } from './head';
import { readNotice } from './notices';
import { createReplay } from './replay';
import { toNumber } from './rows';
import { schemaFits } from './schema';

/** Rows checked before other work gets its turn: some 6 ms. */
const SLICE = 500;
/** In a ledger of no more rows a start replays how people stand as well. */
const SMALL = 200;

export interface LedgerVerifier {
  /**
   * What has to fit before anybody is answered: the schema, every row, the head, the notices, and that everybody is
   * there. How each of them stands is checked when it is read.
   */
  verifyStart(chain: SqliteChain): LedgerVerification;
  /**
   * Checks the schema, every row, the head, that the standings follow from the rows, that people are who they were,
   * and that the chain holds what it held when it was `known`. Rejects when `signal` is aborted.
   */
  verify(read: SqliteAccess['read'], signal: AbortSignal, known: LedgerHead): Promise<LedgerVerification>;
}

export function createVerifier(database: DatabaseSync, secret: Uint8Array): LedgerVerifier {
  const rowsAfter = database.prepare('SELECT * FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?');
  const headRow = database.prepare('SELECT seq, hash, seal FROM ledger_head WHERE one = 1');
  const hashAt = database.prepare('SELECT hash FROM ledger WHERE seq = ?');
  const notices = database.prepare('SELECT id, material_id, vendor, body FROM notices');
  const count = database.prepare(`
    SELECT count(*) FILTER (WHERE seq > 0) AS people, count(*) FILTER (WHERE seal IS NULL) AS unsealed FROM subjects`);
  const replay = createReplay(database, secret);

  const noticesFit = (): boolean => {
    try {
      for (const row of notices.iterate()) readNotice(row);
      return true;
    } catch (error) {
      if (error instanceof LedgerError) return false;
      throw error;
    }
  };

  /** Whether the chain still holds the row that it ended with. */
  const holds = ({ seq, hash }: LedgerHead): boolean => seq === 0 || hashAt.get(seq)?.hash === hash;

  /** What stands beside the rows and can be told at one glance. */
  const faultBeside = (known: LedgerHead): LedgerFault | undefined => {
    if (!schemaFits(database)) return { intact: false, seq: known.seq, code: 'schema-changed' };
    if (!holds(known)) return { intact: false, seq: known.seq, code: 'head-differs' };
    return noticesFit() ? undefined : { intact: false, seq: readHead(headRow.get()).seq, code: 'notice-changed' };
  };

  const checkStart = (chain: SqliteChain): LedgerVerification => {
    const beside = faultBeside(chain.head);
    if (beside !== undefined) return beside;
    chain.follow();
    const { seq } = chain.head;
    const looked = seq > SMALL ? 'end' : replay.next('', true);
    if (looked !== 'end' && looked.fault !== undefined) return { intact: false, seq, code: looked.fault };
    const counted = count.get();
    // People without a seal are of an earlier version, and nobody counted them then.
    const missing = counted?.unsealed === 0 && toNumber(counted.people) !== chain.people;
    return missing ? { intact: false, seq, code: 'subject-missing' } : { intact: true, head: chain.head };
  };

  /** Follows the chain in slices, each as it is at one moment, until it meets the head. */
  async function followAll(read: SqliteAccess['read'], signal: AbortSignal): Promise<LedgerVerification> {
    let at: LedgerHead = { seq: 0, hash: GENESIS };
    for (;;) {
      signal.throwIfAborted();
      const { followed, more } = await read(() =>
        atOnce(database, () => {
          const rows = rowsAfter.all(at.seq, SLICE);
          const run = followRows(rows, at);
          const full = rows.length === SLICE;
          return { followed: full ? run : meetsHead(run, readHead(headRow.get())), more: full };
        }),
      );
      if (!followed.intact || !more) return followed;
      at = followed.head;
      await nextRound();
    }
  }

  return {
    verifyStart(chain) {
      try {
        return atOnce(database, () => checkStart(chain));
      } catch (error) {
        if (error instanceof BrokenLedger) return error.fault;
        if (error instanceof LedgerError) return { intact: false, seq: chain.head.seq, code: 'state-differs' };
        throw error;
      }
    },

    async verify(read, signal, known) {
      const beside = await read(() => atOnce(database, () => faultBeside(known)));
      if (beside !== undefined) return beside;
      const followed = await followAll(read, signal);
      if (!followed.intact) return followed;
      const { seq } = followed.head;
      // A head without a seal is of an earlier version, whose people have none either.
      const code = await read(() => sealFaultOf(headRow.get(), secret));
      if (code === 'head-differs') return { intact: false, seq, code };
      for (let after = ''; ; await nextRound()) {
        signal.throwIfAborted();
        const looked = await read(() => atOnce(database, () => replay.next(after, code === 'head-unsealed')));
        if (looked === 'end') return code === undefined ? followed : { intact: false, seq, code };
        if (looked.fault !== undefined) return { intact: false, seq, code: looked.fault };
        after = looked.upTo;
      }
    },
  };
}
