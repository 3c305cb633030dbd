import type { Log } from '../log/log';
import type { AgreedVendor } from './agreed-vendors';
import type { Flight } from './in-flight';
import type { Spoken } from './speak';

export interface AskAroundParts<Said extends Pick<Spoken, 'givesWay'>> {
  /** The vendor in effect; whoever is asked in its place is written here before it is asked. */
  readonly asked: { vendor: AgreedVendor };
  readonly others: AsyncIterator<AgreedVendor, void, void>;
  readonly converse: (vendor: AgreedVendor) => Promise<Said>;
  readonly flight: Flight;
  /** Milliseconds after which no other is asked. */
  readonly patienceMs: number;
  readonly now: () => number;
  readonly log: Pick<Log, 'warn'>;
}

/** Asks the vendor and, while those that are asked cannot answer, the others that the asker agreed to. */
export async function askAround<Said extends Pick<Spoken, 'givesWay'>>(parts: AskAroundParts<Said>): Promise<Said> {
  const { asked, others, converse, flight, patienceMs, now, log } = parts;
  const until = now() + patienceMs;
  let said = await converse(asked.vendor);
  while (said.givesWay !== undefined && now() < until) {
    // Until it is known who is asked next, any withdrawal ends the answer.
    flight.vendor = undefined;
    const next = (await others.next()).value;
    flight.vendor = (next ?? asked.vendor).name;
    if (next === undefined || flight.signal.aborted) break;
    log.warn('vendor-gave-way', { vendor: next.name, code: said.givesWay });
    asked.vendor = next;
    said = await converse(next);
  }
  return said;
}
