import type { DatabaseSync } from 'node:sqlite';
import type { RowContent } from '../../consent/chain/append';
import { BrokenLedger } from '../../consent/chain/fault';
import { FollowedChain } from '../../consent/chain/follow';
import { EMPTY, type LedgerHead } from '../../consent/chain/row';
import type { Seals } from '../../consent/chain/seals';
import { MIGRATIONS } from './migrations';
import type { SqliteReader } from './reader';

/** The ledger's chain in its tables, and as this process followed it. */
export interface SqliteChain {
  readonly followed: FollowedChain;
  /** Follows what another process appended, within a transaction. Throws a `BrokenLedger` where it does not fit. */
  follow(): void;
  /** Adds a row, within a transaction that began with {@link follow}; returns its number. */
  append(content: RowContent): number;
  /** Seals the head that was followed to, for whoever has looked at all of it. Within a transaction. */
  seal(): void;
}

export function createSqliteChain(
  database: DatabaseSync,
  seals: Seals,
  reader: Pick<SqliteReader, 'head' | 'rowsAfter'>,
): SqliteChain {
  const setHead = database.prepare(`
    INSERT OR REPLACE INTO ledger_head (one, seq, hash, seal, written_by) VALUES (1, ?, ?, ?, ${MIGRATIONS.length})`);
  const append = database.prepare(`
    INSERT INTO ledger (seq, at, subject, platform, tenant, event, vendor, purpose, notice_id, mode, surface,
                        language, actor, valid_until, previous, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const followed = new FollowedChain(seals);

  const store = ({ seq, hash }: LedgerHead): void => {
    setHead.run(seq, hash, seals.ofHead({ seq, hash }));
  };

  return {
    followed,
    follow() {
      const head = reader.head();
      followed.follow(reader.rowsAfter(followed.head.seq), head);
    },
    append(content) {
      const row = followed.append(content);
      append.run(
        row.seq,
        row.at,
        row.subject,
        row.platform,
        row.tenant,
        row.event,
        row.vendor,
        row.purpose,
        row.noticeId,
        row.mode,
        row.surface,
        row.language,
        row.actor,
        row.validUntil,
        row.previous,
        row.hash,
      );
      store(row);
      return row.seq;
    },
    seal() {
      const stored = reader.head();
      if (!followed.isAt(stored ?? EMPTY)) throw new BrokenLedger('head-differs', followed.head.seq);
      store(followed.head);
    },
  };
}
