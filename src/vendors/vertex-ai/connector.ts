import { untilAborted } from '../../kit/wait';
import { openBytes } from '../../model/bytes';
import type { ImageType } from '../../model/image';
import { openText } from '../../model/text';
import type { Prompt, PromptMessage } from '../connector';
import { adaptive } from '../kit/adaptive';
import { type AnswerSource, answerOf } from '../kit/answer';
import { type Capabilities, type CapabilityMemory, createCapabilityMemory } from '../kit/capabilities';
import type { Models } from '../kit/models';
import { turnsFor } from '../kit/turns-in-order';
import { VendorError } from '../kit/vendor-error';
import { type WireEvent, wireEventsOf } from '../kit/wire-events';
import type { VendorConnector } from '../vendor-module';
import { createVertexReader } from './answer';
import { loadClassicEngine } from './classic';
import type { VertexContent, VertexEngine, VertexPart, VertexRequest } from './engine';
import { refusalOf, requestIdOf, vertexErrorOf } from './errors';
import { loadGenAiEngine } from './genai';
import { originOf, vertexAiRoute } from './route';

export interface VertexAiOptions {
  readonly project: string;
  /** `asia-northeast1`, or one of `us`, `eu`, `global`. */
  readonly location: string;
  /** The models that may answer, the first by default. */
  readonly models: Models;
  /** Another address, for gateways and tests. */
  readonly baseURL: string | undefined;
  /** Which of Google's packages asks. */
  readonly engine: 'vertexai' | 'genai';
  /** Undefined where there are no credentials, which only another address may do without. */
  readonly getToken: () => Promise<string | undefined>;
  /** Every question goes through it. */
  readonly fetch: typeof fetch;
  /** What is known of the models; nothing where it is not given. */
  readonly memory?: CapabilityMemory;
}

/** Source: "Image understanding", docs.cloud.google.com/vertex-ai/generative-ai. */
const IMAGE_TYPES: readonly ImageType[] = ['image/png', 'image/jpeg', 'image/webp'];

/** Google Vertex AI. No field tells of the person, and nothing is asked to be cached, labelled or looked up. */
export function createVertexAiConnector(options: VertexAiOptions): VendorConnector {
  const { memory = createCapabilityMemory() } = options;
  let engine: Promise<VertexEngine> | undefined;
  const warm = (): Promise<VertexEngine> => {
    engine ??= options.engine === 'genai' ? loadGenAiEngine(options) : loadClassicEngine(options);
    return engine;
  };
  return {
    route: vertexAiRoute(options),
    imageTypes: IMAGE_TYPES,
    warm,
    stream: adaptive({
      model: options.models[0],
      memory,
      ask: (prompt, capabilities, signal) =>
        answerOf(sourceOf(requestOf(prompt, options, capabilities), options, warm), signal),
    }),
  };
}

function sourceOf(
  request: VertexRequest,
  options: VertexAiOptions,
  warm: () => Promise<VertexEngine>,
): AnswerSource<WireEvent> {
  // The packages hide behind words of their own what the server, or our way out, said.
  let refusal: VendorError | undefined;
  return {
    async open(signal) {
      let answered: Response | undefined;
      const send: typeof fetch = async (input, init) => {
        try {
          const response = await ask(String(input), init, options, signal);
          if (!response.ok) throw await refusalOf(response);
          answered = response;
          return request.streaming
            ? new Response('', { headers: { 'content-type': 'text/event-stream' } })
            : Response.json({});
        } catch (error) {
          refusal = vertexErrorOf(error, false);
          throw refusal;
        }
      };
      await (await warm()).ask(request, send);
      if (answered === undefined) throw new VendorError('protocol');
      return { events: wireEventsOf(answered.body), requestId: requestIdOf(answered) };
    },
    reader: createVertexReader(),
    errorOf: (error, { begun }) => refusal ?? vertexErrorOf(error, begun),
  };
}

/** Sends what a package made, to our address, with our headers: its own tell the machine's runtime. */
async function ask(
  made: string,
  init: RequestInit | undefined,
  { baseURL, location, getToken, fetch }: VertexAiOptions,
  signal: AbortSignal,
): Promise<Response> {
  const { pathname, search } = new URL(made);
  const base = (baseURL ?? originOf(location)).replace(/\/+$/u, '');
  const token = await untilAborted(getToken(), signal);
  if (token === undefined && baseURL === undefined) throw new VendorError('auth');
  return fetch(`${base}${pathname}${search}`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'user-agent': 'dejiren',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: init?.body ?? null,
    signal,
  });
}

function requestOf(
  prompt: Prompt,
  { models }: VertexAiOptions,
  { systemRole, streaming }: Capabilities,
): VertexRequest {
  return {
    model: prompt.model ?? models[0],
    systemInstruction: systemRole ? openText(prompt.instructions) : undefined,
    streaming,
    contents: turnsFor(prompt, systemRole).map(
      ({ role, messages }): VertexContent => ({
        role: role === 'assistant' ? 'model' : 'user',
        parts: messages.flatMap(partsOf),
      }),
    ),
  };
}

function partsOf({ text, images = [] }: PromptMessage): VertexPart[] {
  return [
    ...images.map((image) => ({
      inlineData: { mimeType: image.type, data: Buffer.from(openBytes(image.bytes)).toString('base64') },
    })),
    ...(text.isBlank ? [] : [{ text: openText(text) }]),
  ];
}
