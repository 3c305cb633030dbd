import { createEgress, type Egress } from '../../../src/egress/egress';
import { Bytes } from '../../../src/model/bytes';
import type { FakeOpenAi } from '../../../src/prove/doubles/openai/server';
import { type AzureOpenAiOptions, createAzureOpenAiConnector } from '../../../src/vendors/azure-openai/connector';
import { azureOpenAiRoute } from '../../../src/vendors/azure-openai/route';
import { listen, messageOf, promptOf } from '../../support/vendors';
import { optionsOf, start, versions } from './contract';

describe.each(versions)('the Azure OpenAI connector with %s', (_name, apiVersion) => {
  describe('on the wire', () => {
    let fake: FakeOpenAi;
    let egress: Egress;
    const signal = new AbortController().signal;
    const connect = (more: Partial<AzureOpenAiOptions> = {}) =>
      createAzureOpenAiConnector({ ...optionsOf(fake, { apiVersion, ...more }), fetch: egress.fetch });

    beforeEach(async () => {
      fake = await start();
      egress = createEgress({ hosts: [fake.host] });
    });

    afterEach(async () => {
      egress.close();
      await fake.close();
    });

    it('sends the prompt, asks that nothing be stored, and tells nothing of the person', async () => {
      const picture = {
        ...messageOf('user', 'What is it?'),
        images: [{ type: 'image/png' as const, bytes: new Bytes(Buffer.from('PNG')) }],
      };
      await listen(connect(), promptOf('', { messages: [picture] }), signal);
      const [request] = fake.requests;
      const body = JSON.parse(request?.rawBody ?? '');
      if (apiVersion === undefined) {
        expect(request?.path).toBe('/openai/v1/responses');
        expect(Object.keys(body).sort()).toEqual(['input', 'instructions', 'model', 'store', 'stream']);
        expect(body).toMatchObject({ model: 'gpt-fake', store: false });
      } else {
        expect(request?.path).toBe(`/openai/deployments/gpt-fake/chat/completions?api-version=${apiVersion}`);
        expect(Object.keys(body).sort()).toEqual(['messages', 'model', 'stream', 'stream_options']);
      }
      expect(request?.rawBody).toContain('data:image/png;base64,UE5H');
    });

    it('asks with a token of Entra ID where there is no key, for the scope of that API', async () => {
      const scopes: string[] = [];
      const getToken = async (scope: string): Promise<string> => {
        scopes.push(scope);
        return fake.apiKey;
      };
      const heard = await listen(connect({ apiKey: undefined, getToken }), promptOf('Hi'), signal);
      expect(heard.words).toBe('Hello from the fake.');
      expect(fake.requests[0]?.headers.authorization).toBe(`Bearer ${fake.apiKey}`);
      expect(fake.requests[0]?.headers['api-key']).toBeUndefined();
      expect(scopes).toEqual([
        apiVersion === undefined ? 'https://ai.azure.com/.default' : 'https://cognitiveservices.azure.com/.default',
      ]);
    });

    it('fails as not set up where no token is to be had, and sends nothing', async () => {
      const heard = await listen(connect({ apiKey: undefined }), promptOf('Hi'), signal);
      expect(heard.error).toMatchObject({ category: 'auth' });
      expect(fake.requests).toHaveLength(0);
    });

    it('does not wait for a token that never comes once it is stopped', async () => {
      const stop = new AbortController();
      const getToken = (): Promise<string> => {
        stop.abort();
        return new Promise(() => {});
      };
      const heard = await listen(connect({ apiKey: undefined, getToken }), promptOf('Hi'), stop.signal);
      expect(heard.error).toMatchObject({ category: 'cancelled' });
    });

    it('takes another deployment of its list where the prompt names it', async () => {
      await listen(connect({ models: ['usual', 'gpt-fake'] }), promptOf('Hi', { model: 'gpt-fake' }), signal);
      expect(JSON.parse(fake.requests[0]?.rawBody ?? '').model).toBe('gpt-fake');
    });
  });
});

describe('the route of Azure OpenAI', () => {
  it.each([
    ['https://acme.openai.azure.com', 'standard', 'japaneast', 'jp'],
    ['https://acme.openai.azure.com/', 'data-zone', 'swedencentral', 'eu'],
    ['https://acme.openai.azure.com', 'global', 'japaneast', 'global'],
    ['https://acme.openai.azure.com', 'standard', undefined, 'global'],
    ['https://gateway.example', 'standard', 'japaneast', 'global'],
    ['https://acme.openai.azure.com.evil.example', 'standard', 'japaneast', 'global'],
  ] as const)('of %s, %s, %s is processed in: %s', (endpoint, deploymentType, region, place) => {
    expect(azureOpenAiRoute({ endpoint, deploymentType, region, models: ['one', 'two'] })).toEqual({
      vendor: 'azure-openai',
      endpoint: new URL(endpoint).host,
      region: place,
      model: 'one, two',
      sharesForTraining: false,
    });
  });
});
