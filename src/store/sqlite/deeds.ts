import type { DatabaseSync } from 'node:sqlite';
import type { ConsentPerson } from '../../consent/consent';
import { type Accepted, accept, type Deed, EVERY_VENDOR, type ToldEarlier } from '../../consent/deed';
import type { Did, Input, ToldAt } from '../../consent/input';
import { decisionOfKey, erasuresOf, momentOf } from '../keys';
import { toNumber, toOneOf, toText } from './rows';

/**
 * What came of deeds, in its tables. All but `look` are called within the transaction that writes what follows from the
 * deed, so that an input is taken exactly where it has its effect.
 */
export interface SqliteDeeds {
  /** What would come of it. `subject`: the person's pseudonym, where there is one. */
  look(person: ConsentPerson, subject: string | undefined, deed: Deed): Accepted;
  take(person: ConsentPerson, subject: string | undefined, deed: Deed, at: number): Accepted;
  /** Remembers, by the pseudonym, when it was told. */
  note(subject: string, deed: Deed, about: ReadonlySet<string>): void;
  /** Forgets when somebody told what, and remembers of the tenant alone that somebody was erased. */
  erase(person: ConsentPerson, subject: string | undefined, deed: Deed | undefined): void;
}

export function createSqliteDeeds(database: DatabaseSync, secret: Uint8Array): SqliteDeeds {
  const sql = {
    taken: database.prepare('SELECT 1 FROM inputs WHERE input = ?'),
    take: database.prepare('INSERT INTO inputs (input, at) VALUES (?, ?)'),
    told: database.prepare('SELECT did, clock, at FROM told WHERE who = ? AND about IN (?, ?)'),
    note: database.prepare(`
      INSERT INTO told (who, about, did, clock, at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (who, about, did, clock) DO UPDATE SET at = max(at, excluded.at)`),
    drop: database.prepare('DELETE FROM told WHERE who = ?'),
  };

  /**
   * Told from a moment that only this installation knows, another for each person: the time of a message in Slack is
   * its id, and no id is kept. What came first is the same by it.
   */
  const hidden = (who: string, told: ToldAt): ToldAt => ({ ...told, at: told.at - momentOf(secret, who) });

  const toldBy = (who: string, input: Input | undefined): ToldEarlier => ({
    told: input?.told && hidden(who, input.told),
    decisions: (vendor) =>
      sql.told.all(who, vendor, EVERY_VENDOR).map((row) => ({
        did: toOneOf(row.did, ['gave', 'took', 'chose']),
        clock: toText(row.clock),
        at: toNumber(row.at),
      })),
  });

  function noteFor(who: string, about: Iterable<string>, did: Did, input: Input | undefined): void {
    if (input?.told === undefined) return;
    const { clock, at } = hidden(who, input.told);
    for (const vendor of about) sql.note.run(who, vendor, did, clock, at);
  }

  function look(person: ConsentPerson, subject: string | undefined, deed: Deed): Accepted {
    const { input } = deed;
    const repeated = input?.id !== undefined && sql.taken.get(decisionOfKey(secret, person, input.id)) !== undefined;
    const own = subject === undefined ? undefined : toldBy(subject, input);
    return accept(deed, { repeated, own, erasures: toldBy(erasuresOf(secret, person), input) });
  }

  return {
    look,
    take(person, subject, deed, at) {
      const accepted = look(person, subject, deed);
      const id = deed.input?.id;
      if (id !== undefined && accepted.taking !== 'repeated') sql.take.run(decisionOfKey(secret, person, id), at);
      return accepted;
    },
    note(subject, { did, input }, about) {
      if (did !== undefined) noteFor(subject, about, did, input);
    },
    erase(person, subject, deed) {
      if (subject !== undefined) sql.drop.run(subject);
      noteFor(erasuresOf(secret, person), [EVERY_VENDOR], 'took', deed?.input);
    },
  };
}
