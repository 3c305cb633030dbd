import { createNotice, type Notice } from './consent/notice';
import type { Log } from './log/log';
import { openSecret } from './model/secret';
import { redactionPolicyOf } from './settings/redaction-policy';
import type { Settings, VendorSettings } from './settings/settings';
import { createAzureOpenAiConnector } from './vendors/azure-openai/connector';
import { createBedrockConnector } from './vendors/bedrock/connector';
import type { Connector, Vendor } from './vendors/connector';
import { DATA_HANDLING } from './vendors/data-handling';
import { withBreaker } from './vendors/kit/breaker';
import { type CapabilityMemory, createCapabilityMemory } from './vendors/kit/capabilities';
import { createEntraTokens } from './vendors/kit/entra-token';
import { type Deadlines, withDeadlines, withRetries } from './vendors/kit/resilience';
import { createOpenAiConnector } from './vendors/openai/connector';
import { createOpenAiCompatibleConnector } from './vendors/openai-compatible/connector';
import { findLocalModel, type LocalModel } from './vendors/openai-compatible/local-model';
import { createPreviewConnector } from './vendors/preview/connector';
import { createVertexAiConnector } from './vendors/vertex-ai/connector';
import { createGoogleTokens } from './vendors/vertex-ai/google-token';

/** The vendors that are set up, each with its notice in force, and the one that answers by default. */
export interface Connectors {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly notices: ReadonlyMap<string, Notice>;
  readonly default: string;
  /** Loads the SDK of the default vendor, so that the first question does not wait for it. Never rejects. */
  warm(): Promise<void>;
}

/** Wires the connectors that the settings ask for. `preview` is always among them: it sends nothing. */
export async function createConnectors(settings: Settings, send: typeof fetch, log: Log): Promise<Connectors> {
  const { vendors, limits } = settings;
  const found = vendors.default === 'auto' ? await findLocalModel(send) : undefined;
  const memoryFor = (vendor: Vendor): CapabilityMemory =>
    createCapabilityMemory({
      onLearned: (code) => log.info('route-learned', { vendor, code }),
      onForgotten: (code) => log.info('route-forgotten', { vendor, code }),
    });
  const made = remoteConnectors(vendors, found, send, memoryFor);
  const deadlinesOf = (vendor: Vendor): Deadlines => ({
    // A server of one's own says nothing while it loads its model, and begins anew where somebody hangs up.
    silenceMs: (vendor === 'openai-compatible' ? limits.firstDeltaSeconds : limits.silenceSeconds) * 1_000,
    firstDeltaMs: limits.firstDeltaSeconds * 1_000,
    betweenDeltasMs: limits.betweenDeltasSeconds * 1_000,
    wholeMs: limits.answerSeconds * 1_000,
  });
  const remote = made.map((connector) => {
    const { vendor, region } = connector.route;
    return withBreaker(withRetries(withDeadlines(connector, deadlinesOf(vendor))), {
      onBroken: () => log.error('route-broken', { vendor, region }),
      onRestored: () => log.info('route-restored', { vendor, region }),
    });
  });
  const all = [...remote, createPreviewConnector()];
  const automatic = found === undefined ? 'preview' : 'openai-compatible';
  const chosen = vendors.default === 'auto' ? automatic : vendors.default;
  return {
    connectors: new Map(all.map((connector) => [connector.route.vendor, connector])),
    notices: new Map(all.flatMap(({ route }) => noticeOf(route, settings))),
    default: chosen,
    async warm() {
      const warmed = made.find(({ route }) => route.vendor === chosen)?.warm();
      await warmed?.catch(() => log.warn('vendor-not-loaded', { vendor: chosen }));
    },
  };
}

type Remote = Connector & { warm(): Promise<unknown> };

function remoteConnectors(
  vendors: VendorSettings,
  found: LocalModel | undefined,
  send: typeof fetch,
  memoryFor: (vendor: Vendor) => CapabilityMemory,
): Remote[] {
  const { openai, bedrock, 'azure-openai': azure, 'vertex-ai': vertex, 'openai-compatible': compatible } = vendors;
  const made: Remote[] = [];
  if (openai !== undefined)
    made.push(
      createOpenAiConnector({
        ...openai,
        apiKey: openSecret(openai.apiKey),
        fetch: send,
        memory: memoryFor('openai'),
      }),
    );
  if (azure !== undefined)
    made.push(
      createAzureOpenAiConnector({
        ...azure,
        apiKey: azure.apiKey && openSecret(azure.apiKey),
        getToken: createEntraTokens(send),
        fetch: send,
        memory: memoryFor('azure-openai'),
      }),
    );
  if (vertex !== undefined)
    made.push(
      createVertexAiConnector({
        ...vertex,
        getToken: createGoogleTokens(send, { optional: vertex.baseURL !== undefined }),
        fetch: send,
        memory: memoryFor('vertex-ai'),
      }),
    );
  if (bedrock !== undefined)
    made.push(createBedrockConnector({ ...bedrock, fetch: send, memory: memoryFor('bedrock') }));
  if (compatible !== undefined)
    made.push(
      createOpenAiCompatibleConnector({
        ...compatible,
        apiKey: openSecret(compatible.apiKey),
        fetch: send,
        memory: memoryFor('openai-compatible'),
      }),
    );
  else if (found !== undefined)
    made.push(
      createOpenAiCompatibleConnector({
        baseURL: found.baseURL,
        models: [found.model],
        images: false,
        apiKey: 'none',
        fetch: send,
        memory: memoryFor('openai-compatible'),
      }),
    );
  return made;
}

function noticeOf(route: Connector['route'], settings: Settings): [string, Notice][] {
  const { context } = settings;
  const handling = DATA_HANDLING.get(route.vendor);
  return handling === undefined
    ? []
    : [
        [
          route.vendor,
          createNotice({
            ...handling,
            route: {
              ...route,
              context: context === 'own' ? undefined : context,
              memory: memoryOf(settings),
              redaction: redactionOf(settings),
            },
          }),
        ],
      ];
}

/** What Teams' adapter keeps in memory: nothing, where Teams is not set up or no message goes along. */
function memoryOf({ teams, context, limits }: Settings): Notice['route']['memory'] {
  if (teams === undefined || context === 'none' || limits.memoryTurns === 0) return undefined;
  const { memoryTurns: turns, memoryMinutes: minutes } = limits;
  return teams.graphUrl === undefined ? { turns, minutes } : { turns, minutes, where: 'unreadable' };
}

/** Notices are the same for all tenants, so that they tell the least that is done for any. */
function redactionOf(settings: Settings): Notice['route']['redaction'] {
  const { least: mode, without } = redactionPolicyOf(settings);
  const { presidio } = settings.redaction;
  const detector = mode === 'off' || presidio === undefined ? undefined : new URL(presidio.url).host;
  if (mode === 'mask' && without.length === 0 && detector === undefined) return undefined;
  return { mode, without: mode === 'off' ? [] : without, detector };
}
