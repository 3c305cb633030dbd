import type { DatabaseSync } from 'node:sqlite';
import type { ConsentPerson } from '../../consent/consent';
import {
  type Deed,
  type Ledger,
  type LedgerEntry,
  LedgerError,
  type LedgerVerification,
  type Taking,
} from '../../consent/ledger';
import { turnPersonOf } from '../keys';
import { createSqliteAccess } from './access';
import { BrokenLedger, type LedgerFault } from './broken';
import { createSqliteChain } from './chain';
import { createSqliteDeeds } from './deeds';
import { createLogCleaner } from './log-cleaner';
import { createSqliteNotices } from './notices';
import { createSqlitePeople, type StoredPerson } from './people';
import type { SqlitePlace } from './place';
import { readRow } from './rows';
import { schemaFits, schemaVersionOf } from './schema';
import { sealUnsealed, someUnsealed } from './sealing';
import { createVerifier } from './verify';

export interface SqliteLedgerParts {
  /** Opened with full durability. */
  readonly database: DatabaseSync;
  readonly secret: Uint8Array;
  /** Ends what waits. */
  readonly closing: AbortSignal;
  readonly place: Pick<SqlitePlace, 'check'>;
  /** Told once, when the ledger turns out not to fit: from then on every method rejects. */
  readonly onBroken: (fault: LedgerFault) => void;
}

export interface SqliteLedger extends Ledger {
  /** Whether a look at all of it failed for another reason than that it does not fit: nothing is answered meanwhile. */
  setUnreadable(unreadable: boolean): void;
}

/**
 * The ledger in SQLite. Opening it follows the whole chain, seals people whom an earlier version left without a seal,
 * and takes what was erased out of the log.
 */
export function createSqliteLedger(parts: SqliteLedgerParts): SqliteLedger {
  const { database, secret, closing, place, onBroken } = parts;
  const dropCounts = database.prepare('DELETE FROM turn_counts WHERE who = ?');
  const rowsOf = database.prepare('SELECT * FROM ledger WHERE subject = ? ORDER BY seq');
  const access = createSqliteAccess(database, closing, place);
  const chain = createSqliteChain(database, secret);
  const notices = createSqliteNotices(database);
  const people = createSqlitePeople(database, secret, chain, notices);
  const verifier = createVerifier(database, secret);
  const deeds = createSqliteDeeds(database, secret);
  const schemaVersion = schemaVersionOf(database);
  const cleaner = createLogCleaner(database, closing);
  /** Somebody's writes that wait for the file: what is read of them is read after these. */
  const awaited = new Map<string, Promise<unknown>>();
  let broken: LedgerFault | undefined;
  let schemaKnown: unknown;
  let sealings = 0;
  let unreadable = false;

  function markBroken(fault: LedgerFault): void {
    if (broken === undefined) onBroken(fault);
    broken ??= fault;
  }

  /** Whether it is to be tried again is for who calls: SQLite's own errors go through. */
  function whole<Result>(work: () => Result): Result {
    if (broken !== undefined) throw new LedgerError('broken');
    if (unreadable) throw new LedgerError('unavailable');
    try {
      return work();
    } catch (error) {
      if (error instanceof BrokenLedger) markBroken(error.fault);
      else if (error instanceof LedgerError && error.code === 'broken')
        markBroken({ intact: false, seq: chain.head.seq, code: 'state-differs' });
      throw error;
    }
  }

  const reading = <Result>(work: () => Result): Promise<Result> => access.read(() => whole(work)).catch(asLedgerError);

  const end = {
    committed() {
      chain.committed();
      cleaner.committed();
    },
    rolledBack() {
      chain.rolledBack();
    },
  };

  function writing<Result>(person: ConsentPerson, work: () => Result): Promise<Result> {
    if (broken !== undefined) return Promise.reject(new LedgerError('broken'));
    const written = access
      .write(
        () =>
          whole(() => {
            checkSchema();
            chain.follow();
            return work();
          }),
        end,
      )
      .catch(asLedgerError);
    if (access.waiting > 0) awaitFor(nameOf(person), written);
    return written;
  }

  /** A trigger that somebody added while this runs would act on what is written. */
  function checkSchema(): void {
    const version = schemaVersion();
    if (version === schemaKnown) return;
    if (!schemaFits(database)) throw new BrokenLedger('schema-changed', chain.head.seq);
    schemaKnown = version;
  }

  function awaitFor(name: string, written: Promise<unknown>): void {
    const settled = written.then(forget, forget);
    awaited.set(name, settled);
    function forget(): void {
      if (awaited.get(name) === settled) awaited.delete(name);
    }
  }

  /** Does what a deed asks for in the transaction that takes it; `about` is undefined where there is no deed. */
  const taking = (
    person: ConsentPerson,
    deed: Deed | undefined,
    work: (about: ReadonlySet<string> | undefined) => void,
  ): Promise<Taking> =>
    writing(person, () => {
      if (deed === undefined) {
        work(undefined);
        return 'taken';
      }
      const accepted = deeds.take(person, people.find(person)?.subject, deed, Date.now());
      if (accepted.about.size > 0) work(accepted.about);
      if (accepted.taking === 'taken') deed.onCommit?.();
      return accepted.taking;
    });

  open();

  return {
    async find(person) {
      if (awaited.size > 0) await awaited.get(nameOf(person));
      return reading(() => {
        const found = people.find(person);
        return found === undefined ? undefined : people.subjectOf(found);
      });
    },
    append: (person, entries, served, deed) =>
      taking(person, deed, (about) => {
        const { platform, tenant } = person;
        let subject = people.findOrMake(person);
        for (const notice of served) notices.serve(notice, entries[0]?.at ?? 0);
        for (const entry of entries.filter(({ vendor }) => about?.has(vendor) ?? true)) {
          if (deed !== undefined && isMoot(subject, entry)) continue;
          const seq = chain.append({ ...entry, subject: subject.subject, platform, tenant, actor: 'self' });
          subject = people.apply(subject, entry, seq);
        }
        people.put(subject);
        if (deed !== undefined && about !== undefined) deeds.note(subject.subject, deed, about);
      }),
    chooseVendor: (person, vendor, deed) =>
      taking(person, deed, (about) => {
        const subject = people.findOrMake(person);
        people.put({ ...subject, chosen: vendor });
        if (deed !== undefined && about !== undefined) deeds.note(subject.subject, deed, about);
      }),
    wouldTake: (person, deed) => reading(() => deeds.look(person, people.find(person)?.subject, deed).taking),
    notice: (id) => reading(() => notices.get(id)),
    noticesAgreedTo: () => reading(() => notices.agreedTo()),
    history: (person) =>
      reading(() => {
        const found = people.find(person);
        if (found === undefined) return [];
        return rowsOf.all(found.subject).map((raw) => {
          const row = readRow(raw);
          return { row, notice: notices.get(row.noticeId) };
        });
      }),
    erase: (person, { surface, language, mode, at }, deed) =>
      taking(person, deed, () => {
        const found = people.find(person);
        deeds.erase(person, found?.subject, deed);
        if (found === undefined) return;
        const { platform, tenant } = person;
        const entry = {
          event: 'erased',
          vendor: '',
          purpose: 'use',
          noticeId: '',
          validUntil: 0,
          actor: 'self',
        } as const;
        chain.append({ ...entry, at, subject: found.subject, platform, tenant, mode, surface, language });
        people.drop(found);
        dropCounts.run(turnPersonOf(secret, person));
        cleaner.erased();
      }),
    verify,
    async seal() {
      const result = await verify();
      if (result.intact || result.code !== 'head-unsealed') return result;
      // Everything else fits: it was just looked at.
      await access
        .write(() => {
          chain.seal();
          sealUnsealed(database, secret, people);
        })
        .catch(asLedgerError);
      broken = undefined;
      sealings += 1;
      return verify();
    },
    setUnreadable(is) {
      unreadable = is;
    },
  };

  /** Waits for nobody: throws SQLite's error where the file is locked. */
  function open(): void {
    const schema = schemaVersion();
    const result = verifier.verifyStart(chain);
    if (!result.intact) {
      markBroken(result);
      return;
    }
    schemaKnown = schema;
    try {
      if (someUnsealed(database)) access.writeNow(() => whole(() => sealUnsealed(database, secret, people)));
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
    }
  }

  async function verify(signal: AbortSignal = closing): Promise<LedgerVerification> {
    const before = sealings;
    try {
      const result = await verifier.verify(access.read, signal, chain.head);
      // A look that began before the ledger was sealed tells of what is no more.
      if (!result.intact && before === sealings) markBroken(result);
      return result;
    } catch (error) {
      if (signal.aborted || error instanceof LedgerError) throw error;
      throw new LedgerError('unavailable');
    }
  }
}

function nameOf({ platform, tenant, id }: ConsentPerson): string {
  return JSON.stringify([platform, tenant, id]);
}

function asLedgerError(error: unknown): never {
  throw error instanceof LedgerError ? error : new LedgerError('unavailable');
}

/** A withdrawal of what is withdrawn already: who withdraws may not know of what was decided a moment ago. */
function isMoot({ standings }: StoredPerson, { event, vendor, purpose }: LedgerEntry): boolean {
  const standing = standings.find((one) => one.vendor === vendor && one.purpose === purpose);
  return event === 'withdrawn' && standing?.event === 'withdrawn';
}
