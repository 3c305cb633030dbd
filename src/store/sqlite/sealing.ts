import type { DatabaseSync } from 'node:sqlite';
import { BrokenLedger } from './broken';
import type { SqlitePeople } from './people';
import { createReplay } from './replay';
import { toText } from './rows';

/**
 * Seals people whom an earlier version left without a seal, within a transaction, and only as they follow from the
 * chain's rows: so nothing that somebody wrote beside the chain is taken over. Throws a `BrokenLedger` where one does
 * not. The chain itself was looked at before.
 */
export function sealUnsealed(database: DatabaseSync, secret: Uint8Array, people: Pick<SqlitePeople, 'put'>): void {
  const replay = createReplay(database, secret);
  for (const row of database.prepare('SELECT subject FROM subjects WHERE seal IS NULL').all()) {
    const subject = toText(row.subject);
    const fault = replay.faultOf(subject, true);
    if (fault !== undefined) throw new BrokenLedger(fault, 0);
    const person = replay.person(subject);
    if (person !== undefined) people.put(person);
  }
}

export function someUnsealed(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM subjects WHERE seal IS NULL LIMIT 1').get() !== undefined;
}
