import { createNotice, type Notice } from './consent/notice';
import { openSecret } from './settings/secret-value';
import type { Settings } from './settings/settings';
import type { Connector } from './vendors/connector';
import { DATA_HANDLING } from './vendors/data-handling';
import { findLocalModel } from './vendors/local-model';
import { createOpenAiConnector } from './vendors/openai';
import { createOpenAiCompatibleConnector } from './vendors/openai-compatible';
import { createPreviewConnector } from './vendors/preview';
import { withDeadlines, withRetries } from './vendors/resilience';

/** The vendors that are set up, each with its notice in force, and the one that answers by default. */
export interface Connectors {
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly notices: ReadonlyMap<string, Notice>;
  readonly default: string;
  /** Loads the SDK of the default vendor, so that the first question does not wait for it. Never rejects. */
  warm(): Promise<void>;
}

/** Wires the connectors that the settings ask for. `preview` is always among them: it sends nothing. */
export async function createConnectors({ vendors, limits }: Settings, send: typeof fetch): Promise<Connectors> {
  const { openai } = vendors;
  const found = vendors.default === 'auto' ? await findLocalModel(send) : undefined;
  const compatible =
    vendors.openaiCompatible !== undefined
      ? { ...vendors.openaiCompatible, apiKey: openSecret(vendors.openaiCompatible.apiKey) }
      : found !== undefined
        ? { baseURL: found.baseURL, models: [found.model] as const, images: false, apiKey: 'none' }
        : undefined;
  const made = [
    ...(openai === undefined
      ? []
      : [createOpenAiConnector({ ...openai, apiKey: openSecret(openai.apiKey), fetch: send })]),
    ...(compatible === undefined ? [] : [createOpenAiCompatibleConnector({ ...compatible, fetch: send })]),
  ];
  const deadlines = {
    firstDeltaMs: limits.firstDeltaSeconds * 1_000,
    betweenDeltasMs: limits.betweenDeltasSeconds * 1_000,
    wholeMs: limits.answerSeconds * 1_000,
  };
  const remote = made.map((connector) => withRetries(withDeadlines(connector, deadlines)));
  const all = [...remote, createPreviewConnector()];
  const automatic = compatible === undefined ? 'preview' : 'openai-compatible';
  const chosen = vendors.default === 'auto' ? automatic : vendors.default;
  return {
    connectors: new Map(all.map((connector) => [connector.route.vendor, connector])),
    notices: new Map(all.flatMap(({ route }) => noticeOf(route))),
    default: chosen,
    async warm() {
      await made.find(({ route }) => route.vendor === chosen)?.warm();
    },
  };
}

function noticeOf(route: Connector['route']): [string, Notice][] {
  const handling = DATA_HANDLING.get(route.vendor);
  return handling === undefined ? [] : [[route.vendor, createNotice({ ...handling, route })]];
}
