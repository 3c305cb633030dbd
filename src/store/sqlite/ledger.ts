import type { DatabaseSync } from 'node:sqlite';
import type { LedgerFault, LedgerVerification } from '../../consent/chain/fault';
import { standingsAfter } from '../../consent/chain/project';
import type { Seals, StoredPerson } from '../../consent/chain/seals';
import { verifyLedger } from '../../consent/chain/verify';
import type { ConsentPerson, WithdrawalListener } from '../../consent/consent';
import { type Deed, EVERY_VENDOR, type Taking } from '../../consent/deed';
import type { ErasureOrigin, Ledger, LedgerEntry, RecordedDecision, Subject } from '../../consent/ledger';
import { LedgerError } from '../../consent/ledger-error';
import type { Notice } from '../../consent/notice';
import { turnPersonOf } from '../keys';
import { asSubject } from '../person';
import { createSeals } from '../seals';
import { WithdrawalListeners, withdrawnBy } from '../withdrawals';
import { createSqliteAccess, type SqliteAccess } from './access';
import { createSqliteChain, type SqliteChain } from './chain';
import type { DatabaseFile } from './database-file';
import { createSqliteDeeds, type SqliteDeeds } from './deeds';
import { LedgerHealth } from './health';
import { createLogCleaner, type LogCleaner } from './log-cleaner';
import { createSqliteNotices, type SqliteNotices } from './notices';
import { PendingWrites } from './pending';
import { createSqlitePeople, type SqlitePeople } from './people';
import { asChainReader, createSqliteReader, type SqliteReader } from './reader';
import { readRow } from './rows';
import { createSchemaGuard, type SchemaGuard } from './schema';
import { sealUnsealed } from './sealing';
import { verifyStart } from './verify';

export interface SqliteLedgerParts {
  /** Opened with full durability. */
  readonly database: DatabaseSync;
  readonly secret: Uint8Array;
  /** Ends what waits. */
  readonly closing: AbortSignal;
  readonly place: Pick<DatabaseFile, 'check'>;
  /** Told once, when the ledger turns out not to fit: from then on every method rejects. */
  readonly onBroken: (fault: LedgerFault) => void;
}

/** What a write did: what came of the deed, and the vendors that somebody withdrew from by it. */
interface Written {
  readonly taking: Taking;
  readonly withdrawn: ReadonlySet<string>;
}

/**
 * The ledger in SQLite. Opening it follows the whole chain, seals people whom an earlier version left without a seal,
 * and takes what was erased out of the log.
 *
 * Reads and writes that find the file free are done before the call returns.
 */
export class SqliteLedger implements Ledger {
  private readonly database: DatabaseSync;
  private readonly secret: Uint8Array;
  private readonly closing: AbortSignal;
  private readonly access: SqliteAccess;
  private readonly seals: Seals;
  private readonly reader: SqliteReader;
  private readonly chain: SqliteChain;
  private readonly notices: SqliteNotices;
  private readonly people: SqlitePeople;
  private readonly deeds: SqliteDeeds;
  private readonly schema: SchemaGuard;
  private readonly cleaner: LogCleaner;
  private readonly health: LedgerHealth;
  private readonly pending = new PendingWrites();
  private readonly withdrawals = new WithdrawalListeners();
  private readonly sql: Record<'dropCounts' | 'rowsOf', ReturnType<DatabaseSync['prepare']>>;
  /** How often it was sealed: a look that began before tells of what is no more. */
  private sealings = 0;

  /** Waits for nobody: throws SQLite's error where the file is locked. */
  constructor({ database, secret, closing, place, onBroken }: SqliteLedgerParts) {
    this.database = database;
    this.secret = secret;
    this.closing = closing;
    this.sql = {
      dropCounts: database.prepare('DELETE FROM turn_counts WHERE who = ?'),
      rowsOf: database.prepare('SELECT * FROM ledger WHERE subject = ? ORDER BY seq'),
    };
    this.access = createSqliteAccess(database, closing, place);
    this.seals = createSeals(secret);
    this.reader = createSqliteReader(database);
    this.chain = createSqliteChain(database, this.seals, this.reader);
    this.notices = createSqliteNotices(database);
    this.people = createSqlitePeople(database, secret, this.seals, this.chain);
    this.deeds = createSqliteDeeds(database, secret);
    this.schema = createSchemaGuard(database);
    this.cleaner = createLogCleaner(database, closing);
    this.health = new LedgerHealth(onBroken, () => this.chain.followed.head.seq);
    this.open();
  }

  async find(person: ConsentPerson): Promise<Subject | undefined> {
    const written = this.pending.of(person);
    if (written !== undefined) await written;
    return this.read(() => {
      const found = this.people.find(person);
      return found && asSubject(found, this.notices.materialOf);
    });
  }

  append(
    person: ConsentPerson,
    entries: readonly LedgerEntry[],
    served: readonly Notice[],
    deed?: Deed,
  ): Promise<Taking> {
    return this.take(person, deed, (about) => {
      for (const notice of served) this.notices.serve(notice, entries[0]?.at ?? 0);
      const fitting = entries.filter(({ vendor }) => about?.has(vendor) ?? true);
      this.appendEntries(person, fitting, deed, about);
    });
  }

  chooseVendor(person: ConsentPerson, vendor: string, deed?: Deed): Promise<Taking> {
    return this.take(person, deed, (about) => {
      const found = this.people.findOrMake(person);
      this.people.put({ ...found, chosen: vendor });
      if (deed !== undefined && about !== undefined) this.deeds.note(found.subject, deed, about);
    });
  }

  wouldTake(person: ConsentPerson, deed: Deed): Promise<Taking> {
    return this.read(() => this.deeds.look(person, this.people.find(person)?.subject, deed).taking);
  }

  notice(id: string): Promise<Notice | undefined> {
    return this.read(() => this.notices.get(id));
  }

  noticesAgreedTo(): Promise<readonly Notice[]> {
    return this.read(() => this.notices.agreedTo());
  }

  history(person: ConsentPerson): Promise<readonly RecordedDecision[]> {
    return this.read(() => {
      const found = this.people.find(person);
      if (found === undefined) return [];
      return this.sql.rowsOf.all(found.subject).map((raw) => {
        const row = readRow(raw);
        return { row, notice: this.notices.get(row.noticeId) };
      });
    });
  }

  erase(person: ConsentPerson, origin: ErasureOrigin, deed: Deed = ERASURE): Promise<Taking> {
    return this.take(person, deed, () => this.appendErasure(person, origin, deed));
  }

  onWithdrawal(listener: WithdrawalListener): () => void {
    return this.withdrawals.add(listener);
  }

  async verify(signal: AbortSignal = this.closing): Promise<LedgerVerification> {
    const before = this.sealings;
    const { seals } = this;
    const reader = asChainReader(this.reader, this.database, (work) => this.access.read(work));
    try {
      const result = await verifyLedger(reader, { seals, known: this.chain.followed.head, signal });
      if (!result.intact && before === this.sealings) this.health.break(result);
      return result;
    } catch (error) {
      if (signal.aborted || error instanceof LedgerError) throw error;
      throw new LedgerError('unavailable');
    }
  }

  async seal(): Promise<LedgerVerification> {
    const result = await this.verify();
    if (result.intact || result.code !== 'head-unsealed') return result;
    // Everything else fits: it was just looked at.
    await this.access
      .write(() => {
        this.chain.seal();
        sealUnsealed(this.reader, this.seals, this.people);
      })
      .catch(asLedgerError);
    this.health.mend();
    this.sealings += 1;
    return this.verify();
  }

  /** Whether a look at all of it failed for another reason than that it does not fit: nothing is answered meanwhile. */
  setUnreadable(unreadable: boolean): void {
    this.health.setUnreadable(unreadable);
  }

  private open(): void {
    const known = this.schema.version();
    const result = verifyStart(this.database, this.reader, this.seals, this.chain);
    if (!result.intact) {
      this.health.break(result);
      return;
    }
    this.schema.fitsAt(known);
    if (this.reader.countPeople().unsealed === 0) return;
    try {
      this.access.writeNow(() => this.health.guard(() => sealUnsealed(this.reader, this.seals, this.people)));
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
    }
  }

  private read<Result>(work: () => Result): Promise<Result> {
    return this.access.read(() => this.health.guard(work)).catch(asLedgerError);
  }

  /** Does what a deed asks for in the transaction that takes it; `about` is undefined where there is no deed. */
  private async take(
    person: ConsentPerson,
    deed: Deed | undefined,
    work: (about: ReadonlySet<string> | undefined) => void,
  ): Promise<Taking> {
    const { taking } = await this.write(person, () => {
      if (deed === undefined) {
        work(undefined);
        return { taking: 'taken', withdrawn: new Set() };
      }
      const accepted = this.deeds.take(person, this.people.find(person)?.subject, deed, Date.now());
      if (accepted.about.size > 0) work(accepted.about);
      return { taking: accepted.taking, withdrawn: withdrawnBy(deed, accepted) };
    });
    return taking;
  }

  private write(person: ConsentPerson, work: () => Written): Promise<Written> {
    if (this.health.isBroken) return Promise.reject(new LedgerError('broken'));
    const inTransaction = (): Written =>
      this.health.guard(() => {
        this.schema.check(this.chain.followed.head.seq);
        this.chain.follow();
        return work();
      });
    const written = this.access
      .write(inTransaction, {
        committed: ({ withdrawn }) => {
          this.chain.followed.committed();
          this.withdrawals.tell(person, withdrawn);
          this.cleaner.committed();
        },
        rolledBack: () => this.chain.followed.rolledBack(),
      })
      .catch(asLedgerError);
    if (this.access.waiting > 0) this.pending.add(person, written);
    return written;
  }

  private appendEntries(
    person: ConsentPerson,
    entries: readonly LedgerEntry[],
    deed: Deed | undefined,
    about: ReadonlySet<string> | undefined,
  ): void {
    let found = this.people.findOrMake(person);
    for (const entry of entries)
      if (deed === undefined || !isMoot(found, entry)) found = this.appendEntry(found, person, entry);
    this.people.put(found);
    if (deed !== undefined && about !== undefined) this.deeds.note(found.subject, deed, about);
  }

  private appendEntry(found: StoredPerson, { platform, tenant }: ConsentPerson, entry: LedgerEntry): StoredPerson {
    const { subject } = found;
    const seq = this.chain.append({ ...entry, subject, platform, tenant, actor: 'self' });
    const { next, standings } = standingsAfter(found.standings, entry, this.notices.materialOf);
    this.people.putStanding(found, next);
    return { ...found, seq, standings };
  }

  private appendErasure(person: ConsentPerson, { surface, language, mode, at }: ErasureOrigin, deed: Deed): void {
    const found = this.people.find(person);
    this.deeds.erase(person, found?.subject, deed);
    if (found === undefined) return;
    const { platform, tenant } = person;
    const { subject } = found;
    this.chain.append({ ...ERASED, at, subject, platform, tenant, mode, surface, language });
    this.people.drop(found);
    this.sql.dropCounts.run(turnPersonOf(this.secret, person));
    this.cleaner.erased();
  }
}

export function createSqliteLedger(parts: SqliteLedgerParts): SqliteLedger {
  return new SqliteLedger(parts);
}

/** An erasure that nothing a person did led to. */
const ERASURE: Deed = { input: undefined, did: 'took', about: [EVERY_VENDOR], whole: true };

const ERASED = {
  event: 'erased',
  vendor: '',
  purpose: 'use',
  noticeId: '',
  validUntil: 0,
  actor: 'self',
} as const;

function asLedgerError(error: unknown): never {
  throw error instanceof LedgerError ? error : new LedgerError('unavailable');
}

/** A withdrawal of what is withdrawn already: who withdraws may not know of what was decided a moment ago. */
function isMoot({ standings }: StoredPerson, { event, vendor, purpose }: LedgerEntry): boolean {
  const standing = standings.find((one) => one.vendor === vendor && one.purpose === purpose);
  return event === 'withdrawn' && standing?.event === 'withdrawn';
}
