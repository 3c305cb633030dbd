import type { ConsentHandler } from '../../src/consent/consent';
import type { Log } from '../../src/log/log';
import type { TurnInbox } from '../../src/model/adapter';
import type { InputRegister } from '../../src/model/inputs';
import type { Language } from '../../src/model/turn';
import type { Timers } from '../kit/timers';
import type { TeamsApi } from './api';
import type { Attributions } from './attributions';
import type { History } from './history';
import type { Memory } from './memory';
import type { People } from './people';

/** What the handlers of activities work with. */
export interface TeamsServices {
  readonly api: TeamsApi;
  readonly people: People;
  readonly memory: Memory;
  readonly attributions: Attributions;
  /** Undefined: no chat may be read. */
  readonly history: History | undefined;
  readonly fetch: typeof fetch;
  readonly inbox: TurnInbox;
  readonly inputs: InputRegister;
  readonly consent: ConsentHandler;
  readonly log: Log;
  /** Spoken where nothing tells the person's language. */
  readonly language: Language;
  readonly now: () => number;
  readonly timers: Timers;
}
