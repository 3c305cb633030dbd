import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { GENESIS, hashRow, type LedgerHead, type LedgerRow } from '../../consent/ledger';
import { sealOf } from '../keys';
import { BrokenLedger } from './broken';
import { followRows, meetsHead } from './follow';
import { readHead, sealFaultOf } from './head';
import { MIGRATIONS } from './migrations';

/**
 * The ledger's chain as this process has followed it, row by row from the first. What it remembers of it nobody can
 * change in the file: where the chain stands, and which row about a person is the newest. So whoever puts an older
 * copy of somebody's standing back, seal and all, is found out when it is read.
 */
export interface SqliteChain {
  /** Where the chain stood when it was followed last. */
  readonly head: LedgerHead;
  /** How many people the rows tell of who were not erased. */
  readonly people: number;
  /** The newest row about somebody; undefined where there is none, or where they were erased. */
  newestOf(subject: string): number | undefined;
  /** Whether a stored head is the one that was followed to. */
  isAt(seq: SQLOutputValue | undefined, hash: SQLOutputValue | undefined): boolean;
  /**
   * Follows what another process appended, within a transaction. Throws a `BrokenLedger` where that does not follow
   * from what was known, or was not sealed by this installation.
   */
  follow(): void;
  /** Adds a row, within a transaction that began with {@link follow}; returns its number. */
  append(row: Omit<LedgerRow, 'seq' | 'previous' | 'hash'>): number;
  /** Remembers what was appended, after the commit. */
  committed(): void;
  rolledBack(): void;
  /** Seals the head that was followed to, for whoever has looked at all of it. Within a transaction. */
  seal(): void;
}

/** Some 100 bytes a person are kept in memory. */
export function createSqliteChain(database: DatabaseSync, secret: Uint8Array): SqliteChain {
  const sql = {
    head: database.prepare('SELECT seq, hash, seal FROM ledger_head WHERE one = 1'),
    setHead: database.prepare(`
      INSERT OR REPLACE INTO ledger_head (one, seq, hash, seal, written_by) VALUES (1, ?, ?, ?, ${MIGRATIONS.length})`),
    rowsAfter: database.prepare('SELECT * FROM ledger WHERE seq > ? ORDER BY seq'),
    append: database.prepare(`
      INSERT INTO ledger (seq, at, subject, platform, tenant, event, vendor, purpose, notice_id, mode, surface,
                          language, actor, valid_until, previous, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
  };
  const newest = new Map<string, number>();
  let head: LedgerHead = { seq: 0, hash: GENESIS };
  let appended: LedgerRow[] = [];

  const remember = ({ seq, hash, subject, event }: LedgerRow): void => {
    if (event === 'erased') newest.delete(subject);
    else newest.set(subject, seq);
    head = { seq, hash };
  };

  const store = (at: LedgerHead): void => {
    sql.setHead.run(at.seq, at.hash, sealOf(secret, at));
  };

  return {
    get head() {
      return head;
    },
    get people() {
      return newest.size;
    },
    newestOf: (subject) => newest.get(subject),
    isAt: (seq, hash) => seq === head.seq && hash === head.hash,

    follow() {
      const row = sql.head.get();
      const stored = readHead(row);
      const followed = meetsHead(followRows(sql.rowsAfter.iterate(head.seq), head, remember), stored);
      if (!followed.intact) throw new BrokenLedger(followed.code, followed.seq);
      const code = sealFaultOf(row, secret);
      if (code !== undefined) throw new BrokenLedger(code, head.seq);
    },

    append(row) {
      const last = appended.at(-1) ?? head;
      const placed = { ...row, seq: last.seq + 1, previous: last.hash };
      const hash = hashRow(placed);
      sql.append.run(
        placed.seq,
        placed.at,
        placed.subject,
        placed.platform,
        placed.tenant,
        placed.event,
        placed.vendor,
        placed.purpose,
        placed.noticeId,
        placed.mode,
        placed.surface,
        placed.language,
        placed.actor,
        placed.validUntil,
        placed.previous,
        hash,
      );
      store({ seq: placed.seq, hash });
      appended.push({ ...placed, hash });
      return placed.seq;
    },

    committed() {
      for (const row of appended) remember(row);
      appended = [];
    },
    rolledBack() {
      appended = [];
    },
    seal() {
      const stored = readHead(sql.head.get());
      if (stored.seq !== head.seq || stored.hash !== head.hash) throw new BrokenLedger('head-differs', head.seq);
      store(head);
    },
  };
}
