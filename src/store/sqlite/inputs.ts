import type { DatabaseSync } from 'node:sqlite';
import { type Admission, inputOf, type TurnLimits, type TurnRegister } from '../../dispatch/admit';
import type { InputKey } from '../../model/inputs';
import { inputOfKey, turnPersonOf, turnTenantOf } from '../keys';
import { createSqliteAccess } from './access';
import { storeErrorOf } from './open';
import type { SqlitePlace } from './place';

const HOUR_MS = 3_600_000;
/** Longer than Slack's last redelivery (some 6 minutes) and Teams' by far. */
const REMEMBERED_MS = 24 * HOUR_MS;
/** The hour slides in steps of this many milliseconds. */
const BUCKET_MS = 300_000;
/** Expired rows removed at a time, and inputs taken between two removals; one that comes in a new step removes too. */
const SWEEP_ROWS = 500;
const SWEEP_EVERY = 200;
/** How long an input stays held by a process that died, and how often one that lives says so. */
const LEASE_MS = 30_000;
const RENEW_MS = 10_000;

export interface SqliteInputs extends TurnRegister {
  /** Gives back what processes that died were working on, at once: nobody else is there. */
  releaseAll(): void;
  close(): void;
}

/**
 * Remembers inputs in SQLite, as keyed hashes. Losing the last moments on power loss is accepted here: decisions are
 * taken by the ledger itself. Methods reject with a `StoreError` where the file cannot be read or written.
 */
export function createSqliteInputs(
  database: DatabaseSync,
  secret: Uint8Array,
  closing: AbortSignal,
  place: Pick<SqlitePlace, 'check'>,
  now: () => number = Date.now,
): SqliteInputs {
  const access = createSqliteAccess(database, closing, place);
  const sql = {
    take: database.prepare(`
      INSERT INTO inputs (input, at, lease) VALUES (?, ?, ?)
      ON CONFLICT (input) DO UPDATE SET at = excluded.at, lease = excluded.lease
      WHERE lease > 0 AND lease <= excluded.at`),
    renew: database.prepare('UPDATE inputs SET lease = ? WHERE input = ? AND lease > 0'),
    releaseAll: database.prepare('UPDATE inputs SET lease = 1 WHERE lease > 1'),
    done: database.prepare('UPDATE inputs SET lease = 0 WHERE input = ?'),
    failed: database.prepare('DELETE FROM inputs WHERE input = ? AND lease > 0'),
    sweep: database.prepare('DELETE FROM inputs WHERE input IN (SELECT input FROM inputs WHERE at < ? LIMIT ?)'),
    counted: database.prepare('SELECT coalesce(sum(turns), 0) AS turns FROM turn_counts WHERE who = ? AND bucket > ?'),
    count: database.prepare(
      'INSERT INTO turn_counts (who, bucket, turns) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET turns = turns + 1',
    ),
    sweepCounts: database.prepare('DELETE FROM turn_counts WHERE bucket <= ?'),
  };
  /** What this process is working on, by the hash in hex; `end` where it could not be written down yet. */
  const held = new Map<string, { readonly key: Buffer; end?: 'done' | 'failed' }>();
  let sinceSweep = 0;
  let sweptIn = 0;
  let renewing: NodeJS.Timeout | undefined;

  function inTransaction<Result>(work: () => Result): Promise<Result> {
    return access.write(work).catch((error: unknown) => {
      throw storeErrorOf(error);
    });
  }

  /** Within a transaction. */
  function takeNow(key: Buffer, nowMs: number): boolean {
    if (held.has(key.toString('hex'))) return false;
    sweepNow(nowMs);
    return sql.take.run(key, nowMs, nowMs + LEASE_MS).changes > 0;
  }

  function hold(key: Buffer): void {
    held.set(key.toString('hex'), { key });
    renewing ??= setInterval(() => void renew(), RENEW_MS).unref();
  }

  function sweepNow(nowMs: number): void {
    const bucket = Math.floor(nowMs / BUCKET_MS);
    sinceSweep += 1;
    if (sinceSweep < SWEEP_EVERY && bucket === sweptIn) return;
    sinceSweep = 0;
    sweptIn = bucket;
    sql.sweep.run(nowMs - REMEMBERED_MS, SWEEP_ROWS);
    sql.sweepCounts.run(bucket - HOUR_MS / BUCKET_MS);
  }

  /** Says that what is held is still being worked on, and writes down what could not be before. */
  async function renew(): Promise<void> {
    const told = [...held];
    try {
      await inTransaction(() => {
        for (const [, { key, end }] of told)
          if (end === undefined) sql.renew.run(now() + LEASE_MS, key);
          else sql[end].run(key);
      });
    } catch {
      return;
    }
    for (const [hex, { end }] of told) if (end !== undefined) held.delete(hex);
    rest();
  }

  function rest(): void {
    if (held.size > 0) return;
    clearInterval(renewing);
    renewing = undefined;
  }

  function countTurn(person: Buffer, tenant: Buffer, limits: TurnLimits, nowMs: number): Admission {
    const bucket = Math.floor(nowMs / BUCKET_MS);
    const oldest = bucket - HOUR_MS / BUCKET_MS;
    if (Number(sql.counted.get(person, oldest)?.turns) >= limits.personPerHour) return 'person-limit';
    if (Number(sql.counted.get(tenant, oldest)?.turns) >= limits.tenantPerHour) return 'tenant-limit';
    sql.count.run(person, bucket);
    sql.count.run(tenant, bucket);
    return 'admitted';
  }

  const keyOf = (input: InputKey): Buffer => inputOfKey(secret, input);

  return {
    async admit(turn, limits, nowMs) {
      const key = keyOf(inputOf(turn));
      const person = turnPersonOf(secret, turn.person);
      const tenant = turnTenantOf(secret, turn.person);
      const admission = await inTransaction(() =>
        takeNow(key, nowMs) ? countTurn(person, tenant, limits, nowMs) : ('duplicate' as const),
      );
      if (admission !== 'duplicate') hold(key);
      return admission;
    },
    async take(input, nowMs) {
      const key = keyOf(input);
      if (!(await inTransaction(() => takeNow(key, nowMs)))) return 'repeated';
      hold(key);
      return 'taken';
    },
    async settle(input, end) {
      const key = keyOf(input);
      const hex = key.toString('hex');
      try {
        await inTransaction(() => sql[end].run(key));
        held.delete(hex);
        rest();
      } catch {
        // It would be taken again after its lease: it is tried again with the next renewal.
        if (held.has(hex)) held.set(hex, { key, end });
      }
    },
    releaseAll() {
      // Where that is not possible now, their leases run out.
      void inTransaction(() => sql.releaseAll.run()).catch(() => {});
    },
    close() {
      clearInterval(renewing);
    },
  };
}
