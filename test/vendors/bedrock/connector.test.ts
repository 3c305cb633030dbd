import { createEgress, type Egress } from '../../../src/egress/egress';
import { Bytes } from '../../../src/model/bytes';
import { sealText } from '../../../src/model/text';
import { eventFrame, frame } from '../../../src/prove/doubles/bedrock/event-stream';
import { type FakeBedrock, startFakeBedrock } from '../../../src/prove/doubles/bedrock/server';
import { answer } from '../../../src/prove/doubles/vendor-script';
import { type BedrockOptions, createBedrockConnector } from '../../../src/vendors/bedrock/connector';
import { bedrockRoute } from '../../../src/vendors/bedrock/route';
import { CANARY } from '../../contracts/vendor-connector.contract';
import { listen, messageOf, promptOf } from '../../support/vendors';
import { framed, optionsOf, said, started } from './case';
import { place } from './contract';

describe('the Bedrock connector', () => {
  describe('what it reads', () => {
    it.each([
      ['an error', { __type: 'ThrottlingException', message: CANARY }, 'rate-limited'],
      ['an error in words', { message: `Too many requests ${CANARY}` }, 'rate-limited'],
      ['something else', { hello: CANARY }, 'protocol'],
    ])('knows %s that comes in the place of a stream', async (_name, body, category) => {
      const send: typeof fetch = async () => Response.json(body);
      const heard = await listen(
        createBedrockConnector({ ...place, fetch: send }),
        promptOf('Hi'),
        new AbortController().signal,
      );
      expect(heard.error).toMatchObject({ category });
      expect(JSON.stringify(heard.error)).not.toContain(CANARY);
    });
  });

  describe('what it sends', () => {
    let fake: FakeBedrock;
    let egress: Egress;
    const signal = new AbortController().signal;
    const body = () => JSON.parse(fake.requests[0]?.rawBody ?? '');

    beforeEach(async () => {
      fake = await startFakeBedrock();
      egress = createEgress({ hosts: [fake.host] });
    });

    afterEach(async () => {
      egress.close();
      await fake.close();
    });

    const connect = (more: Partial<BedrockOptions> = {}) =>
      createBedrockConnector({ ...optionsOf(fake), fetch: egress.fetch, ...more });

    it('is the prompt and no field more', async () => {
      const heard = await listen(connect(), promptOf('三？'), signal);
      expect(heard.words).toBe('Hello from the fake.');
      expect(fake.requests[0]?.path).toBe('/model/jp.amazon.nova-fake-v1%3A0/converse-stream');
      expect(body()).toEqual({
        system: [{ text: 'Answer briefly.' }],
        messages: [{ role: 'user', content: [{ text: '三？' }] }],
      });
    });

    it('lets the sides take turns, the person first, and leaves out what is blank', async () => {
      const messages = [
        messageOf('assistant', 'An answer to something before.'),
        messageOf('user', 'One?'),
        messageOf('user', '  '),
        messageOf('user', 'And two?'),
        messageOf('assistant', 'Both.'),
        messageOf('user', 'Three?'),
      ];
      expect((await listen(connect(), promptOf('', { messages }), signal)).error).toBeUndefined();
      expect(body().messages).toEqual([
        { role: 'user', content: [{ text: 'One?' }, { text: 'And two?' }] },
        { role: 'assistant', content: [{ text: 'Both.' }] },
        { role: 'user', content: [{ text: 'Three?' }] },
      ]);
    });

    it('has the pictures before the words that they came with', async () => {
      const messages = [
        {
          ...messageOf('user', 'What?'),
          images: [{ type: 'image/webp' as const, bytes: new Bytes(Buffer.from('PNG')) }],
        },
      ];
      await listen(connect(), promptOf('', { messages }), signal);
      expect(body().messages[0].content).toEqual([
        { image: { format: 'webp', source: { bytes: 'UE5H' } } },
        { text: 'What?' },
      ]);
    });

    it('names the guardrail, its trace off', async () => {
      await listen(connect({ guardrail: { id: 'gr-1', version: '3' } }), promptOf('Hi'), signal);
      expect(body().guardrailConfig).toEqual({
        guardrailIdentifier: 'gr-1',
        guardrailVersion: '3',
        trace: 'disabled',
        streamProcessingMode: 'sync',
      });
    });

    it('goes to the model of its list that the prompt names', async () => {
      await listen(connect({ models: ['usual', fake.model] }), promptOf('Hi', { model: fake.model }), signal);
      expect(fake.requests[0]?.path).toContain('nova-fake');
    });

    it('leaves out instructions that are blank', async () => {
      const heard = await listen(connect(), promptOf('Hi', { instructions: sealText(' ') }), signal);
      expect(heard.error).toBeUndefined();
      expect(body()).not.toHaveProperty('system');
    });

    it('passes over what the model says to itself', async () => {
      const reasons = eventFrame('contentBlockDelta', {
        contentBlockIndex: 0,
        delta: { reasoningContent: { text: CANARY } },
      });
      const emptyFrame = frame({ ':event-type': 'ping', ':message-type': 'event' }, {});
      const events = [
        started,
        reasons,
        emptyFrame,
        said('Yes.'),
        eventFrame('messageStop', { stopReason: 'end_turn' }),
      ];
      fake.script(framed(...events, eventFrame('somethingNew', { text: CANARY }), emptyFrame));
      const heard = await listen(connect(), promptOf('Hi'), signal);
      expect(heard.words).toBe('Yes.');
      expect(heard.finish).toMatchObject({ reason: 'complete' });
    });

    it('has an id also where an error is the first event', async () => {
      fake.script(answer([], { ending: 'error-event', requestId: 'first' }));
      expect((await listen(connect(), promptOf('Hi'), signal)).error).toMatchObject({ requestId: 'first' });
    });
  });

  describe('its route', () => {
    const region = 'ap-northeast-1';
    it.each([
      [['amazon.nova-lite-v1:0'], undefined, 'jp'],
      [['jp.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'], undefined, 'jp'],
      [['jp.amazon.nova-lite-v1:0', 'global.amazon.nova-lite-v1:0'], undefined, 'global'],
      [['amazon.nova-lite-v1:0'], 'https://vpce-1.bedrock-runtime.ap-northeast-1.vpce.amazonaws.com', 'jp'],
      [['amazon.nova-lite-v1:0'], 'https://bedrock-runtime-fips.ap-northeast-1.amazonaws.com', 'jp'],
      [['amazon.nova-lite-v1:0'], 'https://bedrock-runtime.us-east-1.amazonaws.com', 'global'],
      [['amazon.nova-lite-v1:0'], 'https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com', 'global'],
      [['amazon.nova-lite-v1:0'], 'https://abc.execute-api.ap-northeast-1.amazonaws.com', 'global'],
      [['amazon.nova-lite-v1:0'], 'https://vpce-1.vpce-svc-2.ap-northeast-1.vpce.amazonaws.com', 'global'],
      [['amazon.nova-lite-v1:0'], 'https://bedrock-runtime.ap-northeast-1.amazonaws.com.evil.example', 'global'],
      [['amazon.nova-lite-v1:0'], 'https://gateway.example', 'global'],
    ] as const)('with %s at %s is processed in: %s', (models, endpoint, place) => {
      const route = bedrockRoute({ region, models: models as unknown as [string, ...string[]], endpoint });
      expect(route).toMatchObject({ vendor: 'bedrock', region: place, model: models.join(', ') });
      expect(route.endpoint).toBe(new URL(endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`).host);
    });

    it("goes to China's own hosts in China", () => {
      const { endpoint } = bedrockRoute({ region: 'cn-north-1', models: ['amazon.x'], endpoint: undefined });
      expect(endpoint).toBe('bedrock-runtime.cn-north-1.amazonaws.com.cn');
    });
  });
});
