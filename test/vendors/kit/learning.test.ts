import { createEgress, type Egress } from '../../../src/egress/egress';
import { startFakeBedrock } from '../../../src/prove/doubles/bedrock/server';
import { startFakeOpenAi } from '../../../src/prove/doubles/openai/server';
import { answer, type Refusal, refusal } from '../../../src/prove/doubles/vendor-script';
import type { FakeVendor } from '../../../src/prove/doubles/vendor-server';
import { startFakeVertex } from '../../../src/prove/doubles/vertex-ai/server';
import { createAzureOpenAiConnector } from '../../../src/vendors/azure-openai/connector';
import { createBedrockConnector } from '../../../src/vendors/bedrock/connector';
import type { Connector, PromptMessage } from '../../../src/vendors/connector';
import { createCapabilityMemory } from '../../../src/vendors/kit/capabilities';
import { NO_UNOPENED } from '../../../src/vendors/kit/thoughts-unopened';
import { createOpenAiConnector } from '../../../src/vendors/openai/connector';
import { createOpenAiCompatibleConnector } from '../../../src/vendors/openai-compatible/connector';
import { createVertexAiConnector } from '../../../src/vendors/vertex-ai/connector';
import { listen, messageOf, promptOf } from '../../support/vendors';
import { optionsOf } from '../bedrock/case';

type Body = Readonly<Record<string, unknown>>;
type Memory = ReturnType<typeof createCapabilityMemory>;

interface Route {
  start(): Promise<{ readonly fake: FakeVendor; connect(send: typeof fetch, memory: Memory): Connector }>;
  /** Whether the instructions stand apart, and whether events are asked for. */
  isApart(body: Body): boolean;
  streams(body: Body, path: string): boolean;
  refusesSystem: Refusal;
  refusesStreaming: Refusal;
  /** Who speaks, in order, and the words of the first. */
  sides(body: Body): { readonly roles: readonly string[]; readonly first: string };
}

const openAi = (
  connect: (options: {
    baseURL: string;
    apiKey: string;
    models: [string];
    fetch: typeof fetch;
    memory: Memory;
  }) => Connector,
  more: { readonly azure?: true } = {},
): Route['start'] => {
  return async () => {
    const fake = await startFakeOpenAi(more);
    const { baseURL, apiKey, model } = fake;
    return { fake, connect: (send, memory) => connect({ baseURL, apiKey, models: [model], fetch: send, memory }) };
  };
};
const said = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));
const rolesOf = (messages: unknown) => {
  const all = messages as readonly { readonly role: string; readonly content?: unknown; readonly parts?: unknown }[];
  return { roles: all.map(({ role }) => role), first: said(all[0]?.content ?? all[0]?.parts) };
};
const azure = (apiVersion: string | undefined): Route['start'] =>
  openAi(
    ({ baseURL, ...options }) =>
      createAzureOpenAiConnector({
        ...options,
        endpoint: new URL(baseURL).origin,
        apiVersion,
        deploymentType: 'global',
        region: undefined,
        getToken: async () => '',
      }),
    { azure: true },
  );
const CHAT = {
  isApart: (body: Body) => rolesOf(body.messages).roles[0] === 'system',
  streams: ({ stream }: Body) => stream === true,
  sides: (body: Body) => rolesOf(body.messages),
};
const RESPONSES = {
  isApart: (body: Body) => 'instructions' in body,
  streams: ({ stream }: Body) => stream === true,
  sides: (body: Body) => rolesOf(body.input),
};
const OPENAI_REFUSALS = {
  refusesSystem: refusal(400, {
    code: 'unsupported_value',
    message: "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
  }),
  refusesStreaming: refusal(400, {
    code: 'unsupported_value',
    message: 'Your organization must be verified to stream this model.',
  }),
};

const vertex = (engine: 'vertexai' | 'genai'): Route => ({
  async start() {
    const fake = await startFakeVertex();
    const { origin, project, location, model, token } = fake;
    const place = { project, location, models: [model] as [string], baseURL: origin, getToken: async () => token };
    return { fake, connect: (send, memory) => createVertexAiConnector({ ...place, engine, fetch: send, memory }) };
  },
  isApart: (body) => 'systemInstruction' in body,
  streams: (_body, path) => path.includes(':streamGenerateContent'),
  sides: (body) => rolesOf(body.contents),
  refusesSystem: refusal(400, { message: 'Developer instruction is not enabled for models/gemma-3-27b-it' }),
  refusesStreaming: refusal(400, { message: 'Streaming is not supported for this model.' }),
});

const ROUTES: readonly (readonly [string, Route])[] = [
  [
    'OpenAI',
    {
      start: openAi((one) => createOpenAiConnector({ ...one, sharesForTraining: false })),
      ...RESPONSES,
      ...OPENAI_REFUSALS,
    },
  ],
  ['Azure OpenAI', { start: azure(undefined), ...RESPONSES, ...OPENAI_REFUSALS }],
  ['Azure OpenAI of a dated version', { start: azure('2024-10-21'), ...CHAT, ...OPENAI_REFUSALS }],
  [
    'a server of one’s own',
    {
      start: openAi((one) =>
        createOpenAiCompatibleConnector({ ...one, images: false, unopened: { of: () => NO_UNOPENED } }),
      ),
      ...CHAT,
      refusesSystem: refusal(500, { code: null, message: 'Jinja Exception: System role not supported' }),
      refusesStreaming: refusal(400, { code: null, message: 'stream=True is not supported' }),
    },
  ],
  [
    'Bedrock',
    {
      async start() {
        const fake = await startFakeBedrock();
        return {
          fake,
          connect: (send, memory) =>
            createBedrockConnector({
              ...optionsOf(fake),
              guardrail: { id: 'g1', version: '1' },
              fetch: send,
              memory,
            }),
        };
      },
      isApart: (body) => 'system' in body,
      streams: (_body, path) => path.endsWith('/converse-stream'),
      sides: (body) => rolesOf(body.messages),
      refusesSystem: refusal(400, { message: "This model doesn't support system messages. Try again without them." }),
      refusesStreaming: refusal(400, { message: 'The model is unsupported for streaming.' }),
    },
  ],
  ['Vertex AI', vertex('vertexai')],
  ['Vertex AI with genai', vertex('genai')],
];

describe.each(ROUTES)('%s, where a model does not take all', (_name, route) => {
  const signal = new AbortController().signal;
  const learned: string[] = [];
  let fake: FakeVendor;
  let egress: Egress;
  let connector: Connector;
  const bodies = (): readonly Body[] => fake.requests.map(({ rawBody }) => JSON.parse(rawBody) as Body);

  beforeEach(async () => {
    const started = await route.start();
    fake = started.fake;
    egress = createEgress({ hosts: [fake.host] });
    learned.length = 0;
    const memory = createCapabilityMemory({ onLearned: (code) => learned.push(code), onForgotten: () => {} });
    connector = started.connect(egress.fetch, memory);
    fake.usually(answer(['Fine', '.']));
  });
  afterEach(async () => {
    egress.close();
    await fake.close();
  });

  it('puts the instructions before the first question, from then on', async () => {
    fake.choose((raw) => (route.isApart(JSON.parse(raw)) ? route.refusesSystem : undefined));
    for (let count = 0; count < 2; count += 1) {
      const heard = await listen(connector, promptOf('Hi?'), signal);
      expect([heard.error, heard.words]).toEqual([undefined, 'Fine.']);
    }
    expect(bodies().map(route.isApart)).toEqual([true, false, false]);
    // Whatever is left out, the wish that nothing is stored is not.
    for (const body of bodies()) if ('input' in body) expect(body.store).toBe(false);
    const { roles, first } = route.sides(bodies()[2] ?? {});
    expect(roles).toEqual(['user']);
    expect(first).toMatch(/Answer briefly\.[\s\S]*Hi\?/u);
    expect(learned).toEqual(['no-system-role']);
  });

  it('asks for whole answers, from then on', async () => {
    const paths = (): readonly string[] => fake.requests.map(({ path }) => path);
    fake.choose((raw) => (route.streams(JSON.parse(raw), paths().at(-1) ?? '') ? route.refusesStreaming : undefined));
    for (let count = 0; count < 2; count += 1) {
      const heard = await listen(connector, promptOf('Hi?'), signal);
      expect([heard.error, heard.words, heard.finish?.reason]).toEqual([undefined, 'Fine.', 'complete']);
    }
    expect(bodies().map((body, index) => route.streams(body, paths()[index] ?? ''))).toEqual([true, false, false]);
    expect(learned).toEqual(['no-streaming']);
  });

  it('lets the sides take turns, the person first, and sends nothing that is blank', async () => {
    const messages: readonly PromptMessage[] = [
      messageOf('assistant', 'Before.'),
      messageOf('user', 'One.'),
      messageOf('user', '  '),
      messageOf('user', 'Two?'),
      messageOf('assistant', 'Two.'),
      messageOf('user', 'Three?'),
    ];
    expect((await listen(connector, promptOf('', { messages }), signal)).words).toBe('Fine.');
    const { roles, first } = route.sides(bodies()[0] ?? {});
    expect(roles.filter((role) => role !== 'system').map((role) => (role === 'model' ? 'assistant' : role))).toEqual([
      'user',
      'assistant',
      'user',
    ]);
    if (!roles.includes('system')) expect(first).toMatch(/One\.[\s\S]*Two\?/u);
    expect(JSON.stringify(bodies()[0])).not.toContain('Before.');
  });

  it('tells what was refused where nothing helps, so that another vendor may be asked', async () => {
    fake.usually(route.refusesSystem);
    const heard = await listen(connector, promptOf('Hi?'), signal);
    expect(heard.error).toMatchObject({ category: 'bad-request', refused: 'system-role' });
    expect(learned).toEqual([]);
  });
});
