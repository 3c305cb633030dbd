import type { ConsentHandler } from '../../src/consent/consent';
import type { Log } from '../../src/log/log';
import type { TurnInbox } from '../../src/model/adapter';
import type { InputRegister } from '../../src/model/inputs';
import type { Language } from '../../src/model/turn';
import type { SlackApi } from './api';
import type { SlackClock } from './clock';
import type { Files } from './files';
import type { History } from './history';
import type { Organisation } from './organisation';
import type { People } from './people';
import type { SlackRates } from './rates';
import type { ReplyTraffic } from './reply-pace';
import type { SlackSigns } from './sign';

/** What Slack told about dejiren itself at start. */
export interface Self {
  readonly userId: string;
  readonly botId: string | undefined;
  readonly scopes: ReadonlySet<string>;
  /** The workspace that the token belongs to, and the organisation; not told of a token for a whole organisation. */
  readonly team: string | undefined;
  readonly enterprise: string | undefined;
}

/** One connected workspace: what the listeners work with. */
export interface SlackServices {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly traffic: ReplyTraffic;
  readonly signs: SlackSigns;
  readonly organisation: Organisation;
  readonly people: People;
  readonly history: History;
  readonly files: Files;
  readonly inbox: TurnInbox;
  /** What people did, to be taken once. */
  readonly inputs: InputRegister;
  /** Slack's own time. */
  readonly clock: Pick<SlackClock, 'now'>;
  readonly consent: ConsentHandler;
  readonly log: Log;
  /** Spoken where nothing tells the person's language. */
  readonly language: Language;
  readonly self: () => Self;
  readonly now: () => number;
}
