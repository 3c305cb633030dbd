import { createEgress, type Egress } from '../../../src/egress/egress';
import { Bytes } from '../../../src/model/bytes';
import { type FakeMistral, startFakeMistral } from '../../../src/prove/doubles/mistral/server';
import { answer, refusal } from '../../../src/prove/doubles/vendor-script';
import { createMistralConnector } from '../../../src/vendors/mistral/connector';
import { mistralRoute } from '../../../src/vendors/mistral/route';
import { listen, messageOf, promptOf } from '../../support/vendors';
import { optionsOf } from './case';

describe('the Mistral connector', () => {
  describe('on the wire', () => {
    let fake: FakeMistral;
    let egress: Egress;
    const signal = new AbortController().signal;
    const sent = (): Record<string, unknown> => JSON.parse(fake.requests.at(-1)?.rawBody ?? '');

    beforeEach(async () => {
      fake = await startFakeMistral();
      egress = createEgress({ hosts: [fake.host] });
    });

    afterEach(async () => {
      egress.close();
      await fake.close();
    });

    it('sends the prompt, and no field about the person', async () => {
      const connector = createMistralConnector({ ...optionsOf(fake), fetch: egress.fetch });
      const messages = [messageOf('user', 'One?'), messageOf('assistant', 'Two.'), messageOf('user', '三？')];
      await listen(connector, promptOf('', { messages }), signal);
      expect(fake.requests[0]?.path).toBe('/v1/chat/completions');
      expect(sent()).toEqual({
        model: 'mistral-fake',
        messages: [
          { role: 'system', content: 'Answer briefly.' },
          { role: 'user', content: 'One?' },
          { role: 'assistant', content: 'Two.' },
          { role: 'user', content: '三？' },
        ],
        stream: true,
      });
    });

    it('has the pictures beside the words that they came with', async () => {
      const connector = createMistralConnector({ ...optionsOf(fake), fetch: egress.fetch });
      const image = { type: 'image/png' as const, bytes: new Bytes(Buffer.from('PNG')) };
      const messages = [{ ...messageOf('user', 'What is it?'), images: [image] }];
      expect((await listen(connector, promptOf('', { messages }), signal)).error).toBeUndefined();
      expect(sent().messages).toContainEqual({
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: 'data:image/png;base64,UE5H' } },
          { type: 'text', text: 'What is it?' },
        ],
      });
    });

    it('gives the counts and the id that Mistral’s support knows, of answers and of refusals', async () => {
      fake.script(answer(['Hello', '!'], { requestId: '01a2-b3' }), refusal(500));
      const connector = createMistralConnector({ ...optionsOf(fake), fetch: egress.fetch });
      expect((await listen(connector, promptOf('Hi'), signal)).finish).toEqual({
        type: 'finish',
        reason: 'complete',
        usage: { inputTokens: 'Answer briefly.Hi'.length, outputTokens: 2 },
        requestId: '01a2-b3',
      });
      const { error } = await listen(connector, promptOf('Hi'), signal);
      expect(error).toMatchObject({ status: 500, requestId: expect.stringMatching(/^[0-9a-f]{32}$/u) });
    });

    it('knows a model that there is not, and a prompt that is too long', async () => {
      const models = ['mistral-fake', 'mistral-other'] as const;
      const connector = createMistralConnector({ ...optionsOf(fake), models, fetch: egress.fetch });
      const { error } = await listen(connector, promptOf('Hi', { model: 'mistral-other' }), signal);
      expect(error).toMatchObject({ category: 'configuration', status: 400, vendorCode: 'invalid_model' });
      const long = await listen(connector, promptOf('x'.repeat(400_001)), signal);
      expect(long.error).toMatchObject({ category: 'context-too-long' });
    });
  });

  describe('its double', () => {
    let fake: FakeMistral;
    const body = { model: 'mistral-fake', messages: [{ role: 'user', content: 'Hi' }] };
    const ask = (given: unknown, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${fake.baseURL}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${fake.apiKey}`, ...headers },
        body: JSON.stringify(given),
      });

    beforeEach(async () => {
      fake = await startFakeMistral();
    });
    afterEach(() => fake.close());

    it('answers a plain request', async () => {
      expect(await (await ask(body)).json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
    });

    it.each([
      ['usage that was asked for', { ...body, stream: true, stream_options: { include_usage: true } }],
      ['a person', { ...body, user: 'x' }],
      ['a limit by OpenAI’s newer name', { ...body, max_completion_tokens: 9 }],
      [
        'an answer as the last message',
        { ...body, messages: [...body.messages, { role: 'assistant', content: 'Ho' }] },
      ],
      ['two questions in a row', { ...body, messages: [...body.messages, ...body.messages, ...body.messages] }],
      ['instructions for developers', { ...body, messages: [{ role: 'developer', content: 'x' }, ...body.messages] }],
    ])('refuses %s', async (_name, given) => {
      const response = await ask(given);
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ object: 'error', message: { detail: [expect.anything()] } });
    });

    it('refuses a key and a path that it does not know', async () => {
      expect((await ask(body, { authorization: 'Bearer other' })).status).toBe(401);
      const headers = { authorization: `Bearer ${fake.apiKey}` };
      expect((await fetch(`${fake.origin}/v1/responses`, { method: 'POST', headers })).status).toBe(404);
    });
  });

  describe('its route', () => {
    it.each(['https://api.mistral.ai/v1', 'https://api.eu.mistral.ai/v1', 'https://api.us.mistral.ai/v1'])(
      'of %s proves no place',
      (baseURL) => {
        expect(mistralRoute({ baseURL, models: ['m', 'n'], sharesForTraining: true })).toEqual({
          vendor: 'mistral',
          endpoint: new URL(baseURL).host,
          region: 'global',
          model: 'm, n',
          sharesForTraining: true,
        });
      },
    );
  });
});
