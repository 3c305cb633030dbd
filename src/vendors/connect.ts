import type { Log } from '../log/log';
import type { Connector, Route } from './connector';
import { withBreaker } from './kit/breaker';
import { createCapabilityMemory } from './kit/capabilities';
import { type Deadlines, withDeadlines, withRetries } from './kit/resilience';
import { type SetUp, type SetUpVendor, VENDOR_MODULES, type Vendor, vendorsIn } from './registry';
import type { VendorConnector, VendorModule } from './vendor-module';

/** What is to be connected, and with what. */
export interface VendorsWish {
  readonly setUp: SetUp;
  /** Who answers by default. `auto`: a model that is found on this machine, else `preview`. */
  readonly usual: Vendor | 'auto';
  readonly deadlines: Deadlines;
  readonly fetch: typeof fetch;
  readonly log: Log;
}

/** The vendors that are connected, and the one that answers by default. */
export interface ConnectedVendors {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly routes: readonly Route[];
  readonly default: string;
  /** Loads the SDK of the default vendor, so that the first question does not wait for it. Never rejects. */
  warm(): Promise<void>;
}

/** Connects the vendors that are set up. `preview` is always among them: it sends nothing. */
export async function connectVendors(wish: VendorsWish): Promise<ConnectedVendors> {
  const { setUp, usual, fetch, log } = wish;
  const found = usual === 'auto' ? await findHere(fetch) : undefined;
  const chosen = usual === 'auto' ? (found?.module.id ?? 'preview') : usual;
  const known = vendorsIn(found === undefined ? setUp : { ...setUp, [found.module.id]: found.settings });
  const connected = known.map(({ module, settings }) => ({ module, connector: connect(module, settings, wish) }));
  return {
    connectors: new Map(
      connected.map(({ module, connector }) => [module.id, guarded(module, connector, wish)] as const),
    ),
    routes: connected.map(({ connector }) => connector.route),
    default: chosen,
    async warm() {
      const usualOne = connected.find(({ module }) => module.id === chosen);
      await usualOne?.connector.warm().catch(() => log.warn('vendor-not-loaded', { vendor: chosen }));
    },
  };
}

/** The first vendor that answers on this machine. */
async function findHere(fetch: typeof globalThis.fetch): Promise<SetUpVendor | undefined> {
  const found = await Promise.all(
    VENDOR_MODULES.map(async (module) => ({ module, settings: await module.localSearch?.find(fetch) })),
  );
  return found.find((one): one is SetUpVendor => one.settings !== undefined);
}

function connect(
  module: VendorModule,
  settings: SetUpVendor['settings'],
  { fetch, log }: VendorsWish,
): VendorConnector {
  const vendor = module.id;
  const memory = createCapabilityMemory({
    onLearned: (code) => log.info('route-learned', { vendor, code }),
    onForgotten: (code) => log.info('route-forgotten', { vendor, code }),
  });
  return module.connect(settings, { fetch, memory });
}

/** With deadlines, a retry and a breaker, but for what asks nobody. */
function guarded(module: VendorModule, connector: Connector, { deadlines, log }: VendorsWish): Connector {
  if (module.sendsNothing === true) return connector;
  const { vendor, region } = connector.route;
  const silenceMs = module.isSlowToStart === true ? deadlines.firstDeltaMs : deadlines.silenceMs;
  return withBreaker(withRetries(withDeadlines(connector, { ...deadlines, silenceMs })), {
    onBroken: () => log.error('route-broken', { vendor, region }),
    onRestored: () => log.info('route-restored', { vendor, region }),
  });
}
