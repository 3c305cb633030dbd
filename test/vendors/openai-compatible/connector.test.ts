import { createEgress, type Egress } from '../../../src/egress/egress';
import { type FakeOpenAi, type FakeOpenAiOptions, startFakeOpenAi } from '../../../src/prove/doubles/openai/server';
import { refusal } from '../../../src/prove/doubles/vendor-script';
import { createOpenAiCompatibleConnector } from '../../../src/vendors/openai-compatible/connector';
import { openAiCompatibleRoute } from '../../../src/vendors/openai-compatible/route';
import { listen, messageOf, promptOf } from '../../support/vendors';

describe('the connector of servers that speak the OpenAI protocol', () => {
  describe('on the wire', () => {
    let fake: FakeOpenAi;
    let egress: Egress;
    const start = async (options: FakeOpenAiOptions = {}) => {
      fake = await startFakeOpenAi(options);
      egress = createEgress({ hosts: [fake.host] });
      const { baseURL, apiKey, model } = fake;
      return createOpenAiCompatibleConnector({ baseURL, apiKey, models: [model], images: true, fetch: egress.fetch });
    };
    const signal = new AbortController().signal;

    beforeEach(() => undefined);
    afterEach(async () => {
      egress.close();
      await fake.close();
    });

    it('sends the prompt and no field about the person', async () => {
      const connector = await start();
      const prompt = promptOf('', { messages: [messageOf('user', 'One?'), messageOf('assistant', 'Two.')] });
      await listen(connector, prompt, signal);
      expect(fake.requests[0]?.path).toBe('/v1/chat/completions');
      expect(JSON.parse(fake.requests[0]?.rawBody ?? '')).toEqual({
        model: 'gpt-fake',
        messages: [
          { role: 'system', content: 'Answer briefly.' },
          { role: 'user', content: 'One?' },
          { role: 'assistant', content: 'Two.' },
        ],
        stream: true,
        stream_options: { include_usage: true },
      });
    });

    it('does without the usage where a server refuses to count it, and remembers that', async () => {
      const connector = await start({ refusesStreamOptions: true });
      for (const requests of [2, 3]) {
        const heard = await listen(connector, promptOf('Hi'), signal);
        expect(heard.finish).toMatchObject({ reason: 'complete' });
        expect(heard.finish).not.toHaveProperty('usage');
        expect(fake.requests).toHaveLength(requests);
      }
    });

    it.each([
      ['llama.cpp', { type: 'exceed_context_size_error', message: 'the request exceeds the available context size' }],
      ['vLLM', { type: 'BadRequestError', message: "This model's maximum context length is 4096 tokens." }],
    ])('knows a prompt that is too long for %s', async (_server, more) => {
      const connector = await start();
      fake.usually(refusal(400, more));
      expect((await listen(connector, promptOf('Hi'), signal)).error).toMatchObject({ category: 'context-too-long' });
    });
  });

  it.each([
    ['http://127.0.0.1:11434/v1', 'this-machine'],
    ['http://localhost:1234/v1', 'this-machine'],
    ['http://[::1]:8000/v1', 'this-machine'],
    ['https://llm.example/v1', 'own-servers'],
  ])('tells that %s stands on: %s', (baseURL, region) => {
    expect(openAiCompatibleRoute({ baseURL, models: ['m'] })).toMatchObject({
      endpoint: new URL(baseURL).host,
      region,
    });
  });
});
