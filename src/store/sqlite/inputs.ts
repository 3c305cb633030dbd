import type { DatabaseSync } from 'node:sqlite';
import { type Admission, inputOf, type TurnLimits, type TurnRegister } from '../../dispatch/admit';
import type { InputKey } from '../../model/inputs';
import type { Turn } from '../../model/turn';
import { inputOfKey, turnPersonOf, turnTenantOf } from '../keys';
import { createSqliteAccess, type SqliteAccess } from './access';
import type { DatabaseFile } from './database-file';
import { storeErrorOf } from './open';

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

/**
 * Remembers inputs in SQLite, as keyed hashes. Losing the last moments on power loss is accepted here: decisions are
 * taken by the ledger itself. Methods reject with a `StoreError` where the file cannot be read or written.
 */
export class SqliteInputs implements TurnRegister {
  private readonly access: SqliteAccess;
  private readonly secret: Uint8Array;
  private readonly now: () => number;
  private readonly sql: ReturnType<typeof prepare>;
  /** What this process is working on, by the hash in hex; `end` where it could not be written down yet. */
  private readonly held = new Map<string, { readonly key: Buffer; readonly end?: 'done' | 'failed' }>();
  private sinceSweep = 0;
  private sweptIn = 0;
  private renewing: NodeJS.Timeout | undefined;

  constructor({ database, secret, closing, place, now = Date.now }: SqliteInputsParts) {
    this.access = createSqliteAccess(database, closing, place);
    this.secret = secret;
    this.now = now;
    this.sql = prepare(database);
  }

  async admit(turn: Turn, limits: TurnLimits, nowMs: number): Promise<Admission> {
    const key = this.keyOf(inputOf(turn));
    const person = turnPersonOf(this.secret, turn.person);
    const tenant = turnTenantOf(this.secret, turn.person);
    const admission = await this.write(() =>
      this.takeNow(key, nowMs) ? this.countTurn(person, tenant, limits, nowMs) : ('duplicate' as const),
    );
    if (admission !== 'duplicate') this.hold(key);
    return admission;
  }

  async take(input: InputKey, nowMs: number): Promise<'taken' | 'repeated'> {
    const key = this.keyOf(input);
    if (!(await this.write(() => this.takeNow(key, nowMs)))) return 'repeated';
    this.hold(key);
    return 'taken';
  }

  async settle(input: InputKey, end: 'done' | 'failed'): Promise<void> {
    const key = this.keyOf(input);
    const hex = key.toString('hex');
    try {
      await this.write(() => this.sql[end].run(key));
      this.letGo(hex);
    } catch {
      // It would be taken again after its lease: it is tried again with the next renewal.
      if (this.held.has(hex)) this.held.set(hex, { key, end });
    }
  }

  /** Gives back what processes that died were working on, at once: nobody else is there. */
  releaseAll(): void {
    // Where that is not possible now, their leases run out.
    void this.write(() => this.sql.releaseAll.run()).catch(() => {});
  }

  close(): void {
    clearInterval(this.renewing);
  }

  private keyOf(input: InputKey): Buffer {
    return inputOfKey(this.secret, input);
  }

  private write<Result>(work: () => Result): Promise<Result> {
    return this.access.write(work).catch((error: unknown) => {
      throw storeErrorOf(error);
    });
  }

  /** Within a transaction. */
  private takeNow(key: Buffer, nowMs: number): boolean {
    if (this.held.has(key.toString('hex'))) return false;
    this.sweep(nowMs);
    return this.sql.take.run(key, nowMs, nowMs + LEASE_MS).changes > 0;
  }

  /** Removes what is remembered no longer, a little at a time. Within a transaction. */
  private sweep(nowMs: number): void {
    const bucket = bucketOf(nowMs);
    this.sinceSweep += 1;
    if (this.sinceSweep < SWEEP_EVERY && bucket === this.sweptIn) return;
    this.sinceSweep = 0;
    this.sweptIn = bucket;
    this.sql.sweep.run(nowMs - REMEMBERED_MS, SWEEP_ROWS);
    this.sql.sweepCounts.run(bucket - HOUR_MS / BUCKET_MS);
  }

  /** Within a transaction. */
  private countTurn(person: Buffer, tenant: Buffer, limits: TurnLimits, nowMs: number): Admission {
    const bucket = bucketOf(nowMs);
    const oldest = bucket - HOUR_MS / BUCKET_MS;
    if (Number(this.sql.counted.get(person, oldest)?.turns) >= limits.personPerHour) return 'person-limit';
    if (Number(this.sql.counted.get(tenant, oldest)?.turns) >= limits.tenantPerHour) return 'tenant-limit';
    this.sql.count.run(person, bucket);
    this.sql.count.run(tenant, bucket);
    return 'admitted';
  }

  private hold(key: Buffer): void {
    this.held.set(key.toString('hex'), { key });
    this.renewing ??= setInterval(() => void this.renew(), RENEW_MS).unref();
  }

  private letGo(hex: string): void {
    this.held.delete(hex);
    if (this.held.size > 0) return;
    clearInterval(this.renewing);
    this.renewing = undefined;
  }

  /** Says that what is held is still being worked on, and writes down what could not be before. */
  private async renew(): Promise<void> {
    const told = [...this.held];
    try {
      await this.write(() => {
        for (const [, { key, end }] of told)
          if (end === undefined) this.sql.renew.run(this.now() + LEASE_MS, key);
          else this.sql[end].run(key);
      });
    } catch {
      return;
    }
    for (const [hex, { end }] of told) if (end !== undefined) this.letGo(hex);
  }
}

export interface SqliteInputsParts {
  readonly database: DatabaseSync;
  readonly secret: Uint8Array;
  /** Ends what waits. */
  readonly closing: AbortSignal;
  readonly place: Pick<DatabaseFile, 'check'>;
  readonly now?: () => number;
}

export function createSqliteInputs(parts: SqliteInputsParts): SqliteInputs {
  return new SqliteInputs(parts);
}

function prepare(database: DatabaseSync) {
  return {
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
}

function bucketOf(ms: number): number {
  return Math.floor(ms / BUCKET_MS);
}
