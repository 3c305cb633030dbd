import { createEgress, type Egress } from '../../src/egress/egress';
import { createOpenAiConnector, openAiRoute } from '../../src/vendors/openai';
import { itKeepsTheConnectorContract } from '../contracts/vendor-connector.contract';
import { type FakeOpenAi, startFakeOpenAi } from '../fakes/openai/server';
import { listen, messageOf, promptOf } from '../support/vendors';

describe('the OpenAI connector', () => {
  itKeepsTheConnectorContract((place) => createOpenAiConnector({ ...place, sharesForTraining: false }));

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

    it('is the prompt, the pseudonym and the wish that nothing be stored, and no field more', async () => {
      const connector = createOpenAiConnector({
        baseURL: fake.baseURL,
        apiKey: fake.apiKey,
        model: fake.model,
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
      expect(openAiRoute({ baseURL, model: 'm', sharesForTraining: true })).toEqual({
        vendor: 'openai',
        endpoint: new URL(baseURL).host,
        region,
        model: 'm',
        sharesForTraining: true,
      });
    });
  });
});
