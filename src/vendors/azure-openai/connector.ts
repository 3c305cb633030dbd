import { untilAborted } from '../../kit/wait';
import { IMAGE_TYPES } from '../../model/image';
import type { Prompt } from '../connector';
import { adaptive } from '../kit/adaptive';
import { type Capabilities, type CapabilityMemory, createCapabilityMemory } from '../kit/capabilities';
import type { Models } from '../kit/models';
import { ask } from '../kit/openai/ask';
import { chatRequestOf, createChatReader } from '../kit/openai/chat';
import { lazySdk } from '../kit/openai/client';
import { createResponsesReader, responsesRequestOf } from '../kit/openai/responses';
import type { VendorConnector } from '../vendor-module';
import { azureOpenAiRoute } from './route';
import type { AzureDeploymentType } from './settings';

export interface AzureOpenAiOptions {
  /** `https://RESOURCE.openai.azure.com`. */
  readonly endpoint: string;
  /** Undefined: tokens of Entra ID, from `getToken`. */
  readonly apiKey: string | undefined;
  readonly getToken: (scope: string) => Promise<string>;
  /** Names of deployments, the first by default. */
  readonly models: Models;
  /** A dated version of the API. Undefined: the current one, at `/openai/v1`. */
  readonly apiVersion: string | undefined;
  readonly deploymentType: AzureDeploymentType;
  /** The resource's region, e.g. `japaneast`; undefined where it is not told. */
  readonly region: string | undefined;
  /** Every request goes through it. */
  readonly fetch: typeof fetch;
  /** What is known of the deployments; nothing where it is not given. */
  readonly memory?: CapabilityMemory;
}

/** Sources: "Switch from API keys to Entra ID" and "API version lifecycle", learn.microsoft.com/azure/foundry/openai. */
const SCOPE = 'https://ai.azure.com/.default';
const SCOPE_OF_DATED = 'https://cognitiveservices.azure.com/.default';

/**
 * Azure OpenAI. The current API is asked for Responses that are not stored; a dated version, by `AzureOpenAI`, for
 * Chat Completions, which are stored nowhere unless asked for. No field tells of the person.
 */
export function createAzureOpenAiConnector(options: AzureOpenAiOptions): VendorConnector {
  const { apiKey, apiVersion, fetch, models, memory = createCapabilityMemory() } = options;
  const root = options.endpoint.replace(/\/+(openai(\/v1)?\/*)?$/u, '');
  const client = lazySdk({
    baseURL: apiVersion === undefined ? `${root}/openai/v1` : `${root}/openai`,
    fetch,
    async credentials(signal): Promise<Readonly<Record<string, string>>> {
      if (apiKey !== undefined) return { 'api-key': apiKey };
      const token = await untilAborted(options.getToken(apiVersion === undefined ? SCOPE : SCOPE_OF_DATED), signal);
      return { authorization: `Bearer ${token}` };
    },
    ...(apiVersion !== undefined && {
      make: (sdk, common) => new sdk.AzureOpenAI({ ...common, apiVersion, apiKey: 'none' }),
    }),
  });
  const model = (prompt: Prompt): string => prompt.model ?? models[0];

  async function openResponse(prompt: Prompt, capabilities: Capabilities, signal: AbortSignal): Promise<Response> {
    const request = responsesRequestOf(model(prompt), prompt, capabilities);
    return (await client()).responses.create(request, { signal }).asResponse();
  }

  async function openChat(prompt: Prompt, capabilities: Capabilities, signal: AbortSignal): Promise<Response> {
    const request = chatRequestOf(model(prompt), prompt, capabilities);
    return (await client()).chat.completions.create(request, { signal }).asResponse();
  }

  return {
    route: azureOpenAiRoute(options),
    imageTypes: IMAGE_TYPES,
    warm: client,
    stream: adaptive({
      model: models[0],
      memory,
      ask: (prompt, capabilities, signal) =>
        apiVersion === undefined
          ? ask({ open: (call) => openResponse(prompt, capabilities, call), reader: createResponsesReader() }, signal)
          : ask({ open: (call) => openChat(prompt, capabilities, call), reader: createChatReader() }, signal),
    }),
  };
}
