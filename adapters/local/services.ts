import type { ConsentHandler } from '../../src/consent/consent';
import type { Input } from '../../src/consent/input';
import type { TurnInbox } from '../../src/model/adapter';
import type { InputRegister } from '../../src/model/inputs';
import type { PersonId, ThreadId } from '../../src/model/turn';
import type { Timers } from '../kit/timers';
import type { Resident } from './people';
import type { Room } from './room';

/** What the handlers of the page's requests work with. */
export interface LocalServices {
  readonly room: Room;
  /** Which conversation each person's direct chat is in, since they last began anew. */
  readonly sessions: Map<PersonId, ThreadId>;
  readonly inbox: TurnInbox;
  readonly inputs: InputRegister;
  readonly consent: ConsentHandler;
  readonly now: () => number;
  readonly timers: Timers;
}

/**
 * What an act is known by: `act` is what the page calls it. The page has no clock but ours: what people do counts in the
 * order in which it comes.
 */
export function inputOf({ person }: Resident, act: string | undefined): Input {
  return { id: act && `act:${person.id}:${act}` };
}
