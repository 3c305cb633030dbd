import type { VendorArticle } from '../model/article';
import type { SettingsPart } from '../model/settings-part';
import type { Connector, Route } from './connector';
import type { CapabilityMemory } from './kit/capabilities';
import type { DataHandling } from './kit/data-handling';
import type { ErrorTable } from './kit/error-table';
import type { Models } from './kit/models';
import type { Residency } from './kit/residency';

/** What the settings of any vendor come to. */
export interface VendorSettings {
  /** The models that may answer, the first by default. */
  readonly models: Models;
}

/** A connector that can load its SDK before it is asked anything. */
export interface VendorConnector extends Connector {
  /** Loads the SDK, so that the first question does not wait for it. */
  warm(): Promise<unknown>;
}

/** What a connector is given beside its settings. */
export interface ConnectorParts {
  /** The one way out: it calls allowed hosts alone. Every request goes through it. */
  readonly fetch: typeof fetch;
  /** What was learned of the vendor's models. */
  readonly memory: CapabilityMemory;
}

/** The setting that would prove a place, and what it could be. */
export interface ProofAdvice {
  readonly setting: string;
  readonly example: string;
}

/** How a vendor is found that answers on this machine, where none is set up. */
export interface LocalSearch<Settings> {
  /** `host:port` of everything that is asked. */
  readonly hosts: readonly string[];
  /** Resolves within a second to what it found, or to undefined. Never rejects. */
  find(fetch: typeof globalThis.fetch): Promise<Settings | undefined>;
}

/**
 * All that dejiren knows of one vendor. A vendor is one folder that exports one of these, and one line of
 * `registry.ts`; settings and their faults, the allow-list, residency, start-up lines, the command's words,
 * `/data-handling`, the notices and the prover's matrix follow from it. `docs/adding-a-vendor.md` goes through it.
 *
 * @example
 * ```ts
 * export const acme: VendorModule<'acme', AcmeSettings> = {
 *   id: 'acme',
 *   name: 'Acme AI',
 *   aliases: ['アクメ'],
 *   settings: acmeSettings,
 *   firstSetting: 'ACME_API_KEY',
 *   knownHosts: ['api.acme.example', '*.api.acme.example'],
 *   routeOf: acmeRoute,
 *   proofOf: () => ({ setting: 'ACME_BASE_URL', example: 'https://eu.api.acme.example/v1' }),
 *   connect: ({ apiKey, ...settings }, parts) =>
 *     createAcmeConnector({ ...settings, ...parts, apiKey: openSecret(apiKey) }),
 *   errors: ACME_ERRORS,
 *   notice: readDataHandling(notice),
 *   article: ACME_ARTICLE,
 * };
 * ```
 */
export interface VendorModule<Id extends string = string, Settings extends VendorSettings = VendorSettings> {
  /** What settings, the ledger, logs and metrics call it. It never changes: people's agreements name it. */
  readonly id: Id;
  /** What people call it, as in its notice: `Acme AI`. */
  readonly name: string;
  /**
   * Words that mean it in `/dejiren-optin`, beside its id and its name: in lower case and half width, several words
   * joined by `-`, English and Japanese.
   */
  readonly aliases: readonly string[];
  readonly settings: SettingsPart<Settings>;
  /** The setting by which it is set up: asked for where it is missing. Undefined: it is always there. */
  readonly firstSetting: string | undefined;
  /** The vendor's own hosts, which a setting may name without `DEJIREN_EGRESS_HOSTS`. With the source beside them. */
  readonly knownHosts: readonly string[];
  /** Hosts that it calls under these settings beside the route's: where credentials come from. */
  furtherHosts?(settings: Settings): readonly string[];
  /** Where prompts go, and the place that this proves; `global` where it proves none. */
  routeOf(settings: Settings): Route;
  /** What to set, where the route cannot be proven to stay in a place. */
  proofOf(settings: Settings, place: Residency): ProofAdvice;
  connect(settings: Settings, parts: ConnectorParts): VendorConnector;
  readonly errors: ErrorTable;
  /** What its own pages say of the data that it gets, with the sources. */
  readonly notice: DataHandling;
  /** What the public article says of it: `/data-handling`. */
  readonly article: VendorArticle;
  /** Nothing leaves dejiren: no host, no residency, no retries, and no choice to be made where it stands beside one vendor. */
  readonly sendsNothing?: true;
  /** It may say nothing until its first words, as while a server loads its model: silence is no failure before. */
  readonly isSlowToStart?: true;
  readonly localSearch?: LocalSearch<Settings>;
}
