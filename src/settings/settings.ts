import type { SetUpPlatforms } from '../../adapters/registry';
import { DejirenError } from '../model/errors';
import type { Secret } from '../model/secret';
import type { Kind, RedactionMode } from '../redact/kinds';
import type { Residency } from '../vendors/kit/residency';
import type { SetUpVendors, Vendor } from '../vendors/registry';

/** What dejiren runs by: validated once at start, and frozen. */
export interface Settings {
  readonly http: { readonly host: string; readonly port: number };
  /** The address at which people reach dejiren, without a slash at its end; undefined where it is not told. */
  readonly publicUrl: string | undefined;
  /** Folder of the database and the key, mode 0700. */
  readonly dataDir: string;
  readonly databasePath: string;
  /** Undefined: the key in the data folder, which is made at the first start. */
  readonly secret: Secret | undefined;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Spoken where a question does not tell the person's language. */
  readonly language: 'en' | 'ja';
  readonly platforms: SetUpPlatforms;
  readonly vendors: VendorSettings;
  readonly consent: ConsentSettings;
  /** Who answers for the data, as receipts name them. */
  readonly controller: { readonly name: string | undefined; readonly contact: string | undefined };
  /** The number of the key that signs now, from 1; those below stay valid. */
  readonly signingKey: number;
  /** By tenant id. */
  readonly tenants: Readonly<Record<string, TenantSettings>>;
  readonly redaction: RedactionSettings;
  readonly context: 'own' | 'consented' | 'none';
  /** Hosts that may be called beside the known ones. */
  readonly egressHosts: readonly string[];
  /** Undefined: every connection is direct. */
  readonly proxy: ProxySettings | undefined;
  readonly residency: Residency | undefined;
  /** Opens `/admin` and `/metrics`; undefined: they are not there. */
  readonly adminToken: Secret | undefined;
  /** Whether the sources of the notices are looked at once a week. */
  readonly noticeCheck: boolean;
  readonly limits: LimitSettings;
  /** `visible`: addresses that carry no data can be clicked; `plain`: none can. */
  readonly links: 'visible' | 'plain';
  /** Hosts that an answer may link to. */
  readonly linkHosts: readonly string[];
  /** Added to the instructions that go to the vendor with each question. */
  readonly instructions: string;
}

/** Addresses of proxies, which may carry a name and a password. */
export interface ProxySettings {
  readonly http: Secret | undefined;
  readonly https: Secret | undefined;
  /** Comma-separated hosts that are called directly, as in `NO_PROXY`. */
  readonly except: string;
}

export interface VendorSettings {
  /** `auto`: nothing is set up, and the local page looks for a model on this machine. */
  readonly default: Vendor | 'auto';
  /** Asked in this order where the vendor in effect cannot answer, of those that the person agreed to. */
  readonly fallback: readonly Vendor[];
  readonly setUp: SetUpVendors;
}

export interface ConsentSettings {
  readonly mode: 'opt-in' | 'opt-out';
  readonly noticeFirst: boolean;
  readonly grantDays: number;
  readonly admitExternals: boolean;
}

/** What is looked for in questions, and what becomes of it. */
export interface RedactionSettings {
  readonly mode: RedactionMode;
  /** Kinds that are left alone. */
  readonly without: readonly Kind[];
  /** Japanese names by a dictionary. */
  readonly names: boolean;
  /** Asked beside our own finders; its host stands in `egressHosts`. */
  readonly presidio:
    | {
        readonly url: string;
        readonly languages: readonly string[];
        readonly timeoutMs: number;
        readonly scoreThreshold: number;
      }
    | undefined;
}

/** What an administrator decides for a tenant or for one conversation of it. */
export interface ScopeSettings {
  readonly blocks: readonly Block[];
  /** Who answers here, where the person did not choose. */
  readonly vendor?: Vendor | undefined;
  /** Which model of a vendor answers here. */
  readonly models: Readonly<Partial<Record<Vendor, string>>>;
  /** Added to the instructions that go to the vendor. */
  readonly instructions: string;
}

export interface TenantSettings extends ScopeSettings {
  readonly consentMode?: 'opt-in' | 'opt-out' | undefined;
  /** Instead of the mode for all. */
  readonly redaction?: RedactionMode | undefined;
  /** By conversation id. */
  readonly channels: Readonly<Record<string, ScopeSettings>>;
}

/** A vendor (`*`: every one) or a purpose that may not be used. */
export type Block = { readonly vendor: string } | { readonly purpose: 'use' | 'training' };

export interface LimitSettings {
  readonly personPerHour: number;
  readonly tenantPerHour: number;
  readonly questionCharacters: number;
  readonly files: number;
  readonly fileMegabytes: number;
  readonly fileCharacters: number;
  readonly answerCharacters: number;
  readonly contextMessages: number;
  readonly contextCharacters: number;
  /** Of a chat that may not be read again: how many questions with their answers stay in memory, and how long. */
  readonly memoryTurns: number;
  readonly memoryMinutes: number;
  readonly turnsAtOnce: number;
  readonly turnsWaiting: number;
  /** How long a vendor may show no sign of life, and take to its first words where it shows some. */
  readonly silenceSeconds: number;
  readonly firstDeltaSeconds: number;
  readonly betweenDeltasSeconds: number;
  readonly answerSeconds: number;
}

/** One thing that is wrong with the settings. `example` shows how it is right; no value of a secret is in it. */
export interface SettingFault {
  readonly name: string;
  readonly problem: string;
  readonly example: string;
}

/** The settings are wrong, all faults at once. The start is refused. */
export class SettingsError extends DejirenError<'settings', 'wrong'> {
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super('SettingsError', 'settings', 'wrong');
    this.faults = faults;
  }
}
