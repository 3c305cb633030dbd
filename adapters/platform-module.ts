import type { Dispatcher } from 'undici';
import type { ConsentHandler } from '../src/consent/consent';
import type { NoticeRoute } from '../src/consent/notice';
import type { Log } from '../src/log/log';
import type { ChatAdapter, TurnInbox } from '../src/model/adapter';
import type { InputRegister } from '../src/model/inputs';
import type { SettingsPart } from '../src/model/settings-part';
import type { Language, Person } from '../src/model/turn';
import type { VendorLine } from '../src/model/vendor-line';
import type { Timers } from './kit/timers';

/** How much of a chat that cannot be read again may be kept in memory. No `turns`: nothing. */
export interface MemoryBounds {
  readonly turns: number;
  readonly minutes: number;
}

/** What a notice says of what is kept in memory; undefined where nothing is. */
export type NoticeMemory = NoticeRoute['memory'];

/** What an adapter is given beside its settings. */
export interface PlatformParts {
  /** Takes the questions. */
  readonly inbox: TurnInbox;
  /** What people did, to be taken once. */
  readonly inputs: InputRegister;
  /** Takes the command and the presses of cards. */
  readonly consent: ConsentHandler;
  /** The one way out: it calls allowed hosts alone. Every request of the adapter goes through it. */
  readonly fetch: typeof fetch;
  /** The same way out for a WebSocket, as `undici` takes it. Loads `undici`. */
  readonly sockets: () => Promise<Dispatcher>;
  readonly log: Log;
  /** Spoken where nothing tells the person's language. */
  readonly language: Language;
  readonly memory: MemoryBounds;
  /** Who answers this person now; undefined where nobody does. */
  vendorLine(person: Person): Promise<VendorLine | undefined>;
  /** Node's own where they are left out. */
  readonly timers?: Timers;
  /** The folder of the program: what the build made stands in `dist` below it. */
  readonly root: string;
}

/**
 * All that dejiren knows of one chat platform. A platform is one folder that exports one of these, and one line of
 * `registry.ts`; settings and their faults, the allow-list, start-up lines, readiness, routes and the notices follow
 * from it. `docs/adding-a-platform.md` goes through it.
 *
 * @example
 * ```ts
 * export const acme: PlatformModule<'acme', AcmeSettings> = {
 *   id: 'acme',
 *   name: 'Acme Chat',
 *   settings: acmeSettings,
 *   askedForBy: ['ACME_TOKEN'],
 *   knownHosts: ['api.acme.example'],
 *   hostsOf: ({ apiUrl }) => [new URL(apiUrl).host],
 *   startupLine: (settings, url) =>
 *     settings === undefined
 *       ? { en: 'off; ACME_TOKEN connects it', ja: 'オフ（ACME_TOKEN でつながります）' }
 *       : { en: `on, at POST ${url}/acme/events`, ja: `オン（POST ${url}/acme/events）` },
 *   fromSettings: (settings, parts) => createAcmeAdapter({ ...parts, token: openSecret(settings.token) }),
 * };
 * ```
 */
export interface PlatformModule<Id extends string = string, Settings = unknown> {
  /** What the ledger, logs and metrics call it. It never changes: people's agreements name it. */
  readonly id: Id;
  /** What people call it, in the first lines of the terminal. */
  readonly name: string;
  readonly settings: SettingsPart<Settings>;
  /**
   * The settings that ask for it as soon as one of them is there, whatever else is missing or wrong; for a flag, `true`.
   * None: it never stands in the way of another, and is served where no other is asked for.
   */
  readonly askedForBy: readonly string[];
  /** The platform's own hosts, which a setting may name without `DEJIREN_EGRESS_HOSTS`. With the source beside them. */
  readonly knownHosts: readonly string[];
  /** Every host that it calls under these settings, beside those that `DEJIREN_EGRESS_HOSTS` names. */
  hostsOf(settings: Settings): readonly string[];
  /** What it keeps of chats in memory, which the notices tell. Left out: nothing. `bounds.turns` is above 0. */
  memoryOf?(settings: Settings, bounds: MemoryBounds): NoticeMemory;
  /** What stands after its name in the first lines; `settings` undefined: it is off, and what would connect it. */
  startupLine(settings: Settings | undefined, url: string): Readonly<Record<Language, string>>;
  /** Makes the adapter. Nothing is called, and no SDK loaded, before its `start`. */
  fromSettings(settings: Settings, parts: PlatformParts): ChatAdapter;
}
