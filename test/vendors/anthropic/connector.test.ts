import { context, trace } from '@opentelemetry/api';
import { createEgress, type Egress } from '../../../src/egress/egress';
import { Bytes } from '../../../src/model/bytes';
import { type FakeAnthropic, startFakeAnthropic } from '../../../src/prove/doubles/anthropic/server';
import { answer, refusal } from '../../../src/prove/doubles/vendor-script';
import { createAnthropicConnector } from '../../../src/vendors/anthropic/connector';
import { anthropicRoute } from '../../../src/vendors/anthropic/route';
import { createCapabilityMemory } from '../../../src/vendors/kit/capabilities';
import { listen, messageOf, promptOf } from '../../support/vendors';
import { optionsOf } from './case';

describe('the Anthropic connector', () => {
  describe('on the wire', () => {
    let fake: FakeAnthropic;
    let egress: Egress;
    const signal = new AbortController().signal;
    const sent = (): Record<string, unknown> => JSON.parse(fake.requests.at(-1)?.rawBody ?? '');

    beforeEach(async () => {
      fake = await startFakeAnthropic();
      egress = createEgress({ hosts: [fake.host] });
    });

    afterEach(async () => {
      egress.close();
      await fake.close();
    });

    it('sends the prompt, a limit and the pseudonym, and no field more', async () => {
      const connector = createAnthropicConnector({ ...optionsOf(fake), fetch: egress.fetch });
      const messages = [messageOf('user', 'One?'), messageOf('assistant', 'Two.'), messageOf('user', '三？')];
      await listen(connector, promptOf('', { messages }), signal);
      const [request] = fake.requests;
      expect([request?.path, request?.headers['anthropic-version']]).toEqual(['/v1/messages', '2026-10-21']);
      expect(sent()).toEqual({
        model: 'claude-fake',
        max_tokens: 16_384,
        system: 'Answer briefly.',
        messages: [
          { role: 'user', content: 'One?' },
          { role: 'assistant', content: 'Two.' },
          { role: 'user', content: '三？' },
        ],
        metadata: { user_id: 'p_0123456789abcdef' },
        stream: true,
      });
    });

    it('speaks the version of the API that its SDK speaks', async () => {
      let version: string | null = null;
      const { Anthropic } = await import('@anthropic-ai/sdk');
      const send: typeof fetch = async (_input, init) => {
        version = new Headers(init?.headers).get('anthropic-version');
        return Response.json({ type: 'message', content: [] });
      };
      await new Anthropic({ apiKey: 'key', fetch: send }).messages.create({ model: 'm', max_tokens: 1, messages: [] });
      const connector = createAnthropicConnector({ ...optionsOf(fake), fetch: egress.fetch });
      await listen(connector, promptOf('Hi'), signal);
      expect(fake.requests[0]?.headers['anthropic-version']).toBe(version);
    });

    it('has the pictures before the words that they came with', async () => {
      const connector = createAnthropicConnector({ ...optionsOf(fake), fetch: egress.fetch });
      const image = { type: 'image/png' as const, bytes: new Bytes(Buffer.from('PNG')) };
      const pictures = [
        { ...messageOf('user', 'What is it?'), images: [image] },
        { ...messageOf('user', ' '), images: [image] },
      ];
      const heard = await listen(connector, promptOf('', { messages: pictures }), signal);
      expect(heard.error).toBeUndefined();
      const block = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'UE5H' } };
      expect(sent().messages).toEqual([
        { role: 'user', content: [block, block, { type: 'text', text: 'What is it?' }] },
      ]);
    });

    it('tells of a picture that is too large for the service as of a request that cannot be', async () => {
      const connector = createAnthropicConnector({ ...optionsOf(fake), fetch: egress.fetch });
      const image = { type: 'image/png' as const, bytes: new Bytes(Buffer.alloc(4 * 1024 * 1024)) };
      const { error } = await listen(
        connector,
        promptOf('', { messages: [{ ...messageOf('user', 'What?'), images: [image] }] }),
        signal,
      );
      expect(error).toMatchObject({ category: 'bad-request', status: 400, vendorCode: 'invalid_request_error' });
    });

    it('asks for answers made in one geography, where the settings say so, and takes none from elsewhere', async () => {
      const connector = createAnthropicConnector({ ...optionsOf(fake), inferenceGeo: 'us', fetch: egress.fetch });
      expect((await listen(connector, promptOf('Hi'), signal)).finish).toMatchObject({ reason: 'complete' });
      expect(sent().inference_geo).toBe('us');
      const start = { type: 'message_start', message: { content: [], usage: { inference_geo: 'global' } } };
      fake.script({ kind: 'raw', contentType: 'text/event-stream', body: `data: ${JSON.stringify(start)}\n\n` });
      expect((await listen(connector, promptOf('Hi'), signal)).error).toMatchObject({ category: 'residency' });
    });

    it('takes answers from anywhere where nothing else was asked for', async () => {
      for (const inferenceGeo of [undefined, 'global'] as const) {
        const connector = createAnthropicConnector({ ...optionsOf(fake), inferenceGeo, fetch: egress.fetch });
        expect((await listen(connector, promptOf('Hi'), signal)).finish).toMatchObject({ reason: 'complete' });
        expect(sent().inference_geo).toBe(inferenceGeo);
      }
    });

    it('gives the counts and the id of the request', async () => {
      fake.script(answer(['Hello', '!'], { requestId: 'req_011CSHoEeqs5C35K2UUqR7Fy' }));
      const connector = createAnthropicConnector({ ...optionsOf(fake), fetch: egress.fetch });
      const { finish } = await listen(connector, promptOf('Hi'), signal);
      expect(finish).toEqual({
        type: 'finish',
        reason: 'complete',
        usage: { inputTokens: 'Answer briefly.Hi'.length, outputTokens: 2 },
        requestId: 'req_011CSHoEeqs5C35K2UUqR7Fy',
      });
    });

    it('asks otherwise where a model takes no instructions apart, and gives whole answers alone', async () => {
      const memory = createCapabilityMemory();
      const connector = createAnthropicConnector({ ...optionsOf(fake), memory, fetch: egress.fetch });
      fake.script(
        refusal(400, { message: 'This model does not support system prompts.' }),
        refusal(400, { message: 'Streaming is not supported for this model.' }),
      );
      const heard = await listen(connector, promptOf('Hi'), signal);
      expect(heard).toMatchObject({ words: 'Hello from the fake.', finish: { reason: 'complete' } });
      expect(sent()).toMatchObject({
        messages: [{ role: 'user', content: 'Answer briefly.\n\nHi' }],
        stream: false,
      });
      expect(sent()).not.toHaveProperty('system');
    });

    it('asks another of its models where the prompt names one', async () => {
      const models = ['claude-fake', 'claude-other'] as const;
      const connector = createAnthropicConnector({ ...optionsOf(fake), models, fetch: egress.fetch });
      const { error } = await listen(connector, promptOf('Hi', { model: 'claude-other' }), signal);
      expect(sent().model).toBe('claude-other');
      expect(error).toMatchObject({ category: 'configuration', status: 404, vendorCode: 'not_found_error' });
    });

    it('lets nobody trace what it sends, and prints nothing of models that will be retired', async () => {
      const started: string[] = [];
      trace.setGlobalTracerProvider({
        getTracer: () => ({
          startSpan(name) {
            started.push(name);
            return trace.wrapSpanContext({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 1 });
          },
          startActiveSpan(name: string) {
            started.push(name);
            return undefined as never;
          },
        }),
      });
      const warn = jest.spyOn(console, 'warn').mockImplementation();
      const models = ['claude-opus-4-20250514'] as const;
      const connector = createAnthropicConnector({ ...optionsOf(fake), models, fetch: egress.fetch });
      await listen(connector, promptOf('Hi'), signal);
      trace.disable();
      context.disable();
      expect([started, warn.mock.calls]).toEqual([[], []]);
      warn.mockRestore();
    });
  });

  describe('its double', () => {
    let fake: FakeAnthropic;
    const body = { model: 'claude-fake', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] };
    const ask = (given: unknown, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${fake.origin}/v1/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-api-key': fake.apiKey,
          'anthropic-version': '2023-06-01',
          ...headers,
        },
        body: typeof given === 'string' ? given : JSON.stringify(given),
      });

    beforeEach(async () => {
      fake = await startFakeAnthropic({ contextCharacters: 100 });
    });
    afterEach(() => fake.close());

    it('answers a plain request', async () => {
      expect(await (await ask(body)).json()).toMatchObject({ type: 'message', stop_reason: 'end_turn' });
    });

    it.each([
      ['no limit', { ...body, max_tokens: undefined }],
      ['a field that it does not know', { ...body, safety_identifier: 'x' }],
      ['a field that this version has no more', { ...body, temperature: 0.5 }],
      ['blank words', { ...body, messages: [{ role: 'user', content: ' ' }] }],
      ['blank instructions', { ...body, system: '' }],
      ['an answer as the first message', { ...body, messages: [{ role: 'assistant', content: 'Hi' }] }],
      ['two questions in a row', { ...body, messages: [body.messages[0], body.messages[0], body.messages[0]] }],
      ['instructions as a message', { ...body, messages: [{ role: 'system', content: 'x' }, body.messages[0]] }],
      ['a person by a field of another kind', { ...body, metadata: { user_id: 'x', name: 'y' } }],
      ['a prompt that is too long', { ...body, system: 'x'.repeat(101) }],
      ['no JSON', '{'],
    ])('refuses %s', async (_name, given) => {
      const response = await ask(given);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
    });

    it('refuses a key, a version, a path and a model that it does not know', async () => {
      expect((await ask(body, { 'x-api-key': 'other' })).status).toBe(401);
      expect((await ask(body, { 'anthropic-version': '2024-01-01' })).status).toBe(400);
      expect((await ask({ ...body, model: 'other' })).status).toBe(404);
      const headers = { 'x-api-key': fake.apiKey, 'anthropic-version': '2023-06-01' };
      expect((await fetch(`${fake.origin}/v1/complete`, { headers })).status).toBe(404);
    });
  });

  describe('its route', () => {
    it.each([
      ['https://api.anthropic.com', 'us', 'us'],
      ['https://api.anthropic.com', undefined, 'global'],
      ['https://api.anthropic.com', 'global', 'global'],
      ['https://api.anthropic.com.evil.example', 'us', 'global'],
      ['https://gateway.example/anthropic', 'us', 'global'],
    ] as const)('of %s, where %s was asked for, processes in: %s', (baseURL, inferenceGeo, region) => {
      expect(anthropicRoute({ baseURL, inferenceGeo, models: ['m', 'n'] })).toEqual({
        vendor: 'anthropic',
        endpoint: new URL(baseURL).host,
        region,
        model: 'm, n',
        sharesForTraining: false,
      });
    });
  });
});
