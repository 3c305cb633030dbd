import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { ConsentPerson, Purpose } from '../consent/consent';
import {
  type Deed,
  GENESIS,
  hashRow,
  type Ledger,
  type LedgerEntry,
  LedgerError,
  type LedgerHead,
  type LedgerRow,
  type LedgerVerification,
  nextStanding,
  type Standing,
  type Subject,
  type Taking,
} from '../consent/ledger';
import type { Notice } from '../consent/notice';
import { lookupOf, pseudonymOf, sealOf, subjectOf, turnPersonOf } from './keys';
import { createSqliteDeeds } from './sqlite-deeds';
import { readHead, sealFaultOf } from './sqlite-head';
import { noticeBody, readNotice } from './sqlite-notices';
import { BUSY_MS } from './sqlite-open';
import { readRow, readStanding, toBytes, toText } from './sqlite-rows';
import { createVerifier } from './sqlite-verify';

type Row = Record<string, SQLOutputValue>;

/** The ledger in SQLite. `database` must be opened with full durability. */
export function createSqliteLedger(database: DatabaseSync, secret: Uint8Array): Ledger & { markBroken(): void } {
  const sql = {
    find: database.prepare(`
      SELECT s.key, s.subject, s.vendor AS chosen, t.vendor, t.purpose, t.event, t.notice_id, t.at, t.valid_until,
             coalesce(n.material_id, '') AS material_id
      FROM subjects s LEFT JOIN standings t ON t.subject = s.subject LEFT JOIN notices n ON n.id = t.notice_id
      WHERE s.lookup = ?`),
    addSubject: database.prepare("INSERT INTO subjects (lookup, key, subject, vendor) VALUES (?, ?, ?, '')"),
    chooseVendor: database.prepare('UPDATE subjects SET vendor = ? WHERE lookup = ?'),
    dropSubject: database.prepare('DELETE FROM subjects WHERE lookup = ?'),
    dropCounts: database.prepare('DELETE FROM turn_counts WHERE who = ?'),
    dropStandings: database.prepare('DELETE FROM standings WHERE subject = ?'),
    head: database.prepare('SELECT seq, hash, seal FROM ledger_head WHERE one = 1'),
    setHead: database.prepare('INSERT OR REPLACE INTO ledger_head (one, seq, hash, seal) VALUES (1, ?, ?, ?)'),
    append: database.prepare(`
      INSERT INTO ledger (seq, at, subject, platform, tenant, event, vendor, purpose, notice_id, mode, surface,
                          language, actor, valid_until, previous, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    standing: database.prepare(`
      SELECT t.event, t.notice_id, t.at, t.valid_until, coalesce(n.material_id, '') AS material_id
      FROM standings t LEFT JOIN notices n ON n.id = t.notice_id
      WHERE t.subject = ? AND t.vendor = ? AND t.purpose = ?`),
    setStanding: database.prepare(`
      INSERT OR REPLACE INTO standings (subject, vendor, purpose, event, notice_id, at, valid_until)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    addNotice: database.prepare(`
      INSERT OR IGNORE INTO notices (id, material_id, vendor, first_served_at, body) VALUES (?, ?, ?, ?, ?)`),
    materialId: database.prepare('SELECT material_id FROM notices WHERE id = ?'),
    truncateLog: database.prepare('PRAGMA wal_checkpoint(TRUNCATE)'),
    history: database.prepare('SELECT * FROM ledger WHERE subject = ? ORDER BY seq'),
    noticesAgreedTo: database.prepare(`
      SELECT id, material_id, vendor, body FROM notices
      WHERE id IN (SELECT notice_id FROM standings WHERE event = 'granted') ORDER BY first_served_at DESC`),
    notice: database.prepare('SELECT id, material_id, vendor, body FROM notices WHERE id = ?'),
  };
  const verifier = createVerifier(database, secret);
  const deeds = createSqliteDeeds(database, secret);
  let broken = false;
  let leftInLog = false;
  /** Where the chain stood when it was whole: as long as this runs, it is a head that was stored elsewhere. */
  let known: LedgerHead = { seq: 0, hash: GENESIS };

  const reading = <Result>(work: () => Result): Promise<Result> => {
    try {
      if (broken) throw new LedgerError('broken');
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(error instanceof LedgerError ? error : new LedgerError('unavailable'));
    }
  };

  /**
   * A key that was destroyed is overwritten in the file by secure_delete, and in the log only by truncating it. That
   * cannot be done while another process reads, and nobody waits for it here: the next write tries again.
   */
  const truncateLog = (): void => {
    database.exec('PRAGMA busy_timeout = 0');
    try {
      leftInLog = sql.truncateLog.get()?.busy !== 0;
    } catch {
      // What was committed stays committed, and is answered as such.
      leftInLog = true;
    } finally {
      database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    }
  };
  // A process that died right after an erasure could not.
  truncateLog();

  const writing = <Result>(work: () => Result): Promise<Result> =>
    reading(() => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        if (leftInLog) truncateLog();
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    });

  const lookup = (person: ConsentPerson): Buffer => lookupOf(secret, person);

  /** Does what a deed asks for in the transaction that takes it; `about` is undefined where there is no deed. */
  const taking = (
    person: ConsentPerson,
    deed: Deed | undefined,
    work: (about: ReadonlySet<string> | undefined) => void,
  ): Promise<Taking> =>
    writing(() => {
      if (deed === undefined) {
        work(undefined);
        return 'taken';
      }
      const subject = readSubjectName(sql.find.all(lookup(person)));
      const accepted = deeds.take(person, subject, deed, Date.now());
      if (accepted.about.size > 0) work(accepted.about);
      if (accepted.taking === 'taken') deed.onCommit?.();
      return accepted.taking;
    });

  const subjectFor = (person: ConsentPerson): string => {
    const at = lookup(person);
    const [row] = sql.find.all(at);
    if (row !== undefined) return toText(row.subject);
    const key = randomBytes(32);
    const subject = subjectOf(key, at);
    sql.addSubject.run(at, key, subject);
    return subject;
  };

  const setHead = (head: LedgerHead): void => {
    sql.setHead.run(head.seq, head.hash, sealOf(secret, head));
  };

  const appendRow = (row: Omit<LedgerRow, 'seq' | 'previous' | 'hash'>): void => {
    const last = sql.head.get();
    // What somebody else appended must not be sealed with what comes after it.
    if (sealFaultOf(last, secret) !== undefined) {
      broken = true;
      throw new LedgerError('broken');
    }
    const head = readHead(last);
    const placed = { ...row, seq: head.seq + 1, previous: head.hash };
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
    setHead({ seq: placed.seq, hash });
  };

  const project = (subject: string, entry: LedgerEntry): void => {
    const { vendor, purpose } = entry;
    const before = sql.standing.get(subject, vendor, purpose);
    const material = sql.materialId.get(entry.noticeId);
    const after = nextStanding(
      before === undefined ? undefined : readStanding(before),
      entry,
      material === undefined ? '' : toText(material.material_id),
    );
    if (after !== undefined)
      sql.setStanding.run(subject, vendor, purpose, after.event, after.noticeId, after.at, after.validUntil);
  };

  return {
    find: (person) => reading(() => readSubject(sql.find.all(lookup(person)))),
    append: (person, entries, notices, deed) =>
      taking(person, deed, (about) => {
        const { platform, tenant } = person;
        const subject = subjectFor(person);
        for (const notice of notices) serve(notice, entries[0]?.at ?? 0);
        for (const entry of entries.filter(({ vendor }) => about?.has(vendor) ?? true)) {
          appendRow({ ...entry, subject, platform, tenant, actor: 'self' });
          project(subject, entry);
        }
        if (deed !== undefined && about !== undefined) deeds.note(subject, deed, about);
      }),
    chooseVendor: (person, vendor, deed) =>
      taking(person, deed, (about) => {
        const subject = subjectFor(person);
        sql.chooseVendor.run(vendor, lookup(person));
        if (deed !== undefined && about !== undefined) deeds.note(subject, deed, about);
      }),
    wouldTake: (person, deed) =>
      reading(() => deeds.look(person, readSubjectName(sql.find.all(lookup(person))), deed).taking),
    notice: (id) =>
      reading(() => {
        const served = sql.notice.get(id);
        return served === undefined ? undefined : readNotice(served);
      }),
    noticesAgreedTo: () => reading(() => sql.noticesAgreedTo.all().map(readNotice)),
    history: (person) =>
      reading(() => {
        const subject = readSubjectName(sql.find.all(lookup(person)));
        if (subject === undefined) return [];
        return sql.history.all(subject).map((raw) => {
          const row = readRow(raw);
          const served = sql.notice.get(row.noticeId);
          return { row, notice: served === undefined ? undefined : readNotice(served) };
        });
      }),
    erase: (person, { surface, language, mode, at }, deed) =>
      taking(person, deed, () => {
        const subject = readSubjectName(sql.find.all(lookup(person)));
        deeds.erase(person, subject, deed);
        if (subject === undefined) return;
        const { platform, tenant } = person;
        const entry = {
          event: 'erased',
          vendor: '',
          purpose: 'use',
          noticeId: '',
          validUntil: 0,
          actor: 'self',
        } as const;
        appendRow({ ...entry, at, subject, platform, tenant, mode, surface, language });
        sql.dropStandings.run(subject);
        sql.dropSubject.run(lookup(person));
        sql.dropCounts.run(turnPersonOf(secret, person));
        leftInLog = true;
      }),
    verify,
    async seal() {
      const result = await verify(undefined);
      if (result.intact || result.code !== 'head-unsealed') return result;
      broken = false;
      try {
        await writing(() => setHead(readHead(sql.head.get())));
      } catch (error) {
        broken = true;
        throw error;
      }
      return verify(undefined);
    },
    markBroken() {
      broken = true;
    },
  };

  async function verify(signal: AbortSignal | undefined): Promise<LedgerVerification> {
    try {
      const result = await verifier.verify(signal, known);
      if (result.intact) known = result.head;
      else broken = true;
      return result;
    } catch (error) {
      if (signal?.aborted === true || error instanceof LedgerError) throw error;
      throw new LedgerError('unavailable');
    }
  }

  function serve(notice: Notice, at: number): void {
    sql.addNotice.run(notice.id, notice.materialId, notice.vendor, at, noticeBody(notice));
  }
}

function readSubjectName(rows: readonly Row[]): string | undefined {
  const [row] = rows;
  return row === undefined ? undefined : toText(row.subject);
}

function readSubject(rows: readonly Row[]): Subject | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const standings = rows.filter((row) => row.event !== null);
  const key = toBytes(first.key);
  const chosen = toText(first.chosen);
  return {
    id: toText(first.subject),
    pseudonyms: {
      get asker() {
        return pseudonymOf(key, 'asker');
      },
      get safetyId() {
        return pseudonymOf(key, 'safety');
      },
    },
    vendor: chosen === '' ? undefined : chosen,
    get vendors() {
      return [...new Set(standings.map((row) => toText(row.vendor)))];
    },
    standing(vendor: string, purpose: Purpose): Standing | undefined {
      const found = standings.find((row) => row.vendor === vendor && row.purpose === purpose);
      return found === undefined ? undefined : readStanding(found);
    },
  };
}
