import { createEgress, type Egress } from '../../../src/egress/egress';
import { Bytes } from '../../../src/model/bytes';
import { type FakeOpenAi, startFakeOpenAi } from '../../../src/prove/doubles/openai/server';
import { refusal } from '../../../src/prove/doubles/vendor-script';
import { createOpenAiConnector } from '../../../src/vendors/openai/connector';
import { openAiRoute } from '../../../src/vendors/openai/route';
import { listen, messageOf, promptOf } from '../../support/vendors';

describe('the OpenAI connector', () => {
  describe('what it sends', () => {
    let fake: FakeOpenAi;
    let egress: Egress;

    beforeEach(async () => {
      fake = await startFakeOpenAi();
      egress = createEgress({ hosts: [fake.host] });
    });

    afterEach(async () => {
      egress.close();
      await fake.close();
    });

    it('tells to the millisecond when to come back, where the vendor does', async () => {
      const { baseURL, apiKey, model } = fake;
      const place = { baseURL, apiKey, models: [model] as const, fetch: egress.fetch };
      fake.usually(refusal(429, { headers: { 'retry-after-ms': '250', 'retry-after': '1' } }));
      const connector = createOpenAiConnector({ ...place, sharesForTraining: false });
      const { error } = await listen(connector, promptOf('Hi'), new AbortController().signal);
      expect(error).toMatchObject({ retryAfterMs: 250 });
    });

    it('fails with the code of the vendor where it is a known one, and without it where it may be anything', async () => {
      const { baseURL, apiKey, model } = fake;
      const place = { baseURL, apiKey, models: [model] as const, fetch: egress.fetch, sharesForTraining: false };
      for (const [code, vendorCode] of [
        ['unsupported_value', 'unsupported_value'],
        ['Hi', undefined],
      ] as const) {
        fake.usually(refusal(400, { code, type: 'Hi' }));
        const { error } = await listen(createOpenAiConnector(place), promptOf('Hi'), new AbortController().signal);
        expect(error).toMatchObject({ category: 'bad-request', status: 400, vendorCode });
      }
    });

    it('has the pictures beside the words that they came with', async () => {
      const { baseURL, apiKey, model } = fake;
      const place = { baseURL, apiKey, models: [model] as const, fetch: egress.fetch };
      const connector = createOpenAiConnector({ ...place, sharesForTraining: false });
      const picture = {
        ...messageOf('user', 'What is it?'),
        images: [{ type: 'image/png' as const, bytes: new Bytes(Buffer.from('PNG')) }],
      };
      await listen(connector, promptOf('', { messages: [picture] }), new AbortController().signal);
      expect(JSON.parse(fake.requests[0]?.rawBody ?? '').input).toEqual([
        {
          role: 'user',
          content: [
            { type: 'input_image', detail: 'auto', image_url: 'data:image/png;base64,UE5H' },
            { type: 'input_text', text: 'What is it?' },
          ],
        },
      ]);
    });

    it('is the prompt, the pseudonym and the wish that nothing be stored, and no field more', async () => {
      const connector = createOpenAiConnector({
        baseURL: fake.baseURL,
        apiKey: fake.apiKey,
        models: [fake.model],
        fetch: egress.fetch,
        sharesForTraining: false,
      });
      const prompt = promptOf('', {
        messages: [messageOf('user', 'One?'), messageOf('assistant', 'Two.'), messageOf('user', '三？')],
      });
      await listen(connector, prompt, new AbortController().signal);
      expect(fake.requests[0]?.path).toBe('/v1/responses');
      expect(JSON.parse(fake.requests[0]?.rawBody ?? '')).toEqual({
        model: 'gpt-fake',
        instructions: 'Answer briefly.',
        input: [
          { role: 'user', content: 'One?' },
          { role: 'assistant', content: 'Two.' },
          { role: 'user', content: '三？' },
        ],
        stream: true,
        store: false,
        safety_identifier: 'p_0123456789abcdef',
      });
    });
  });

  describe('its route', () => {
    it.each([
      ['https://api.openai.com/v1', 'global'],
      ['https://jp.api.openai.com/v1', 'jp'],
      ['https://eu.api.openai.com/v1', 'eu'],
      ['https://sg.api.openai.com/v1', 'global'],
      ['https://jp.api.openai.com.evil.example/v1', 'global'],
    ])('of %s processes in: %s', (baseURL, region) => {
      expect(openAiRoute({ baseURL, models: ['m', 'n'], sharesForTraining: true })).toEqual({
        vendor: 'openai',
        endpoint: new URL(baseURL).host,
        region,
        model: 'm, n',
        sharesForTraining: true,
      });
    });
  });
});
