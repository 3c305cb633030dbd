import type { DatabaseSync } from 'node:sqlite';
import type { Admission, TurnRegister } from '../dispatch/admit';
import { keyedHash, turnPersonOf } from './keys';
import { storeErrorOf } from './sqlite-open';

const HOUR_MS = 3_600_000;
/** Longer than Slack's last redelivery (some 6 minutes) and Teams' by far. */
const REMEMBERED_MS = 24 * HOUR_MS;
/** The hour slides in steps of this many milliseconds. */
const BUCKET_MS = 300_000;
/** Expired rows removed at a time, and turns admitted between two removals; one that comes in a new step removes too. */
const SWEEP_ROWS = 500;
const SWEEP_EVERY = 200;

/**
 * Remembers turns in SQLite, as keyed hashes. Losing the last moments on power loss is accepted here. `admit` rejects
 * with a `StoreError` where the file cannot be read or written.
 */
export function createSqliteTurns(database: DatabaseSync, secret: Uint8Array): TurnRegister {
  const sql = {
    seen: database.prepare('INSERT OR IGNORE INTO turns (turn, at) VALUES (?, ?)'),
    counted: database.prepare('SELECT coalesce(sum(turns), 0) AS turns FROM turn_counts WHERE who = ? AND bucket > ?'),
    count: database.prepare(
      'INSERT INTO turn_counts (who, bucket, turns) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET turns = turns + 1',
    ),
    sweepTurns: database.prepare('DELETE FROM turns WHERE turn IN (SELECT turn FROM turns WHERE at < ? LIMIT ?)'),
    sweepCounts: database.prepare('DELETE FROM turn_counts WHERE bucket <= ?'),
  };
  let sinceSweep = 0;
  let sweptIn = 0;

  const decide = (
    turn: Buffer,
    person: Buffer,
    tenant: Buffer,
    limits: Parameters<TurnRegister['admit']>[1],
    nowMs: number,
  ): Admission => {
    if (sql.seen.run(turn, nowMs).changes === 0) return 'duplicate';
    const bucket = Math.floor(nowMs / BUCKET_MS);
    const oldest = bucket - HOUR_MS / BUCKET_MS;
    if (Number(sql.counted.get(person, oldest)?.turns) >= limits.personPerHour) return 'person-limit';
    if (Number(sql.counted.get(tenant, oldest)?.turns) >= limits.tenantPerHour) return 'tenant-limit';
    sql.count.run(person, bucket);
    sql.count.run(tenant, bucket);
    sinceSweep += 1;
    if (sinceSweep >= SWEEP_EVERY || bucket !== sweptIn) {
      sinceSweep = 0;
      sweptIn = bucket;
      sql.sweepTurns.run(nowMs - REMEMBERED_MS, SWEEP_ROWS);
      sql.sweepCounts.run(oldest);
    }
    return 'admitted';
  };

  return {
    async admit({ id, person }, limits, nowMs) {
      const place = [person.platform, person.tenant];
      const turn = keyedHash(secret, 'turn', [...place, id]);
      const who = turnPersonOf(secret, person);
      const tenant = keyedHash(secret, 'turn-tenant', place);
      try {
        database.exec('BEGIN IMMEDIATE');
        const admission = decide(turn, who, tenant, limits, nowMs);
        database.exec('COMMIT');
        return admission;
      } catch (error) {
        // SQLite has rolled back itself where the disk is full.
        if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
        throw storeErrorOf(error);
      }
    },
  };
}
