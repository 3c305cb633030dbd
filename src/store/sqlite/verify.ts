import type { DatabaseSync } from 'node:sqlite';
import { BrokenLedger, type LedgerVerification } from '../../consent/chain/fault';
import { replayFaultOf } from '../../consent/chain/replay';
import type { Seals } from '../../consent/chain/seals';
import { faultAtAGlance, SLICE_PEOPLE } from '../../consent/chain/verify';
import { LedgerError } from '../../consent/ledger-error';
import { atOnce } from './at-once';
import type { SqliteChain } from './chain';
import type { SqliteReader } from './reader';

/** In a ledger of no more rows a start replays how people stand as well. */
const SMALL = 200;

/**
 * What has to fit before anybody is answered: the schema, every row, the head, the notices, and that everybody is
 * there. The chain is followed by it. How each of them stands is checked when it is read.
 */
export function verifyStart(
  database: DatabaseSync,
  reader: SqliteReader,
  seals: Seals,
  chain: SqliteChain,
): LedgerVerification {
  try {
    return atOnce(database, () => checkStart(reader, seals, chain));
  } catch (error) {
    if (error instanceof BrokenLedger) return error.fault;
    if (error instanceof LedgerError) return { intact: false, seq: chain.followed.head.seq, code: 'state-differs' };
    throw error;
  }
}

function checkStart(reader: SqliteReader, seals: Seals, chain: SqliteChain): LedgerVerification {
  const { followed } = chain;
  const beside = faultAtAGlance(reader.glance(followed.head.seq), followed.head);
  if (beside !== undefined) return beside;
  chain.follow();
  const { seq } = followed.head;
  const slice = seq > SMALL ? 'end' : reader.peopleAfter('', SLICE_PEOPLE);
  const fault = slice === 'end' ? undefined : replayFaultOf(slice, seals, true);
  if (fault !== undefined) return { intact: false, seq, code: fault };
  const { people, unsealed } = reader.countPeople();
  // People without a seal are of an earlier version, and nobody counted them then.
  if (unsealed === 0) followed.believeCount(people);
  return { intact: true, head: followed.head };
}
