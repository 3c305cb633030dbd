import { BrokenLedger } from '../../consent/chain/fault';
import { replay, replayFaultOf } from '../../consent/chain/replay';
import type { Seals } from '../../consent/chain/seals';
import type { SqlitePeople } from './people';
import type { SqliteReader } from './reader';

/**
 * Seals people whom an earlier version left without a seal, within a transaction, and only as they follow from the
 * chain's rows: so nothing that somebody wrote beside the chain is taken over. Throws a `BrokenLedger` where one does
 * not. The chain itself was looked at before.
 */
export function sealUnsealed(
  reader: Pick<SqliteReader, 'unsealed' | 'people'>,
  seals: Seals,
  people: Pick<SqlitePeople, 'put'>,
): void {
  for (const subject of reader.unsealed()) {
    const slice = reader.people(subject, subject);
    const fault = replayFaultOf(slice, seals, true);
    if (fault !== undefined) throw new BrokenLedger(fault, 0);
    const newest = replay(slice.rows)?.newest.get(subject);
    for (const person of slice.people) people.put({ ...person, seq: typeof newest === 'number' ? newest : 0 });
  }
}
