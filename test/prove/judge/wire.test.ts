import { bedrockPromise } from '../../../src/prove/doubles/bedrock/double';
import { openAiPromise } from '../../../src/prove/doubles/openai/double';
import { faultsOnTheWire, lastTurn, type OnTheWire } from '../../../src/prove/judge/wire';

describe('what stands on a vendor’s wire', () => {
  const place = { host: '127.0.0.1:1', model: 'a-model', region: 'ap-northeast-1' };
  const right: OnTheWire = {
    method: 'POST',
    path: '/v1/responses',
    headers: { host: '127.0.0.1:1', authorization: 'Bearer key', 'content-type': 'application/json' },
    body: '',
  };
  const body = {
    model: 'a-model',
    instructions: 'Be brief.',
    input: [{ role: 'user', content: 'what?' }],
    store: false,
    stream: true,
    safety_identifier: 'p'.repeat(43),
  };
  const faults = (change: object, request: Partial<OnTheWire> = {}): readonly string[] =>
    faultsOnTheWire({ ...right, body: JSON.stringify({ ...body, ...change }), ...request }, openAiPromise(place));

  it('is right as it was promised', () => {
    expect(faults({})).toEqual([]);
  });

  it.each([
    ['field “store”', { store: true }],
    ['no field “store”', { store: undefined }],
    ['field “user”', { user: 'U1' }],
    ['field “metadata”', { metadata: { asker: 'U1' } }],
    ['field “previous_response_id”', { previous_response_id: 'resp_1' }],
    ['field “safety_identifier”', { safety_identifier: 'aya@example.com' }],
    ['field “model”', { model: 'another' }],
    ['field “input”', { input: [{ role: 'user', content: 'what?', name: 'aya' }] }],
  ])('is told to be wrong: %s', (fault, change) => {
    expect(faults(change)).toEqual([fault]);
  });

  it('is told to be wrong in its head, its path and its method', () => {
    expect(faults({}, { headers: { ...right.headers, 'x-asker': 'aya' } })).toEqual(['head “x-asker”']);
    expect(faults({}, { headers: { ...right.headers, host: 'elsewhere' } })).toEqual(['host']);
    expect(faults({}, { path: '/v1/responses?user=aya', method: 'PUT' })).toEqual(['method', 'path']);
    expect(faults({}, { body: 'no JSON' })).toEqual(['body']);
  });

  it('has a guardrail where one is set up, and is signed for its region', () => {
    const promise = bedrockPromise(place, { id: 'gr-1', version: '1' });
    const guardrailConfig = {
      guardrailIdentifier: 'gr-1',
      guardrailVersion: '1',
      trace: 'disabled',
      streamProcessingMode: 'sync',
    };
    const request = (content: object, region: string): OnTheWire => ({
      method: 'POST',
      path: '/model/a-model/converse-stream',
      headers: {
        host: '127.0.0.1:1',
        authorization: `AWS4-HMAC-SHA256 Credential=A/20261128/${region}/bedrock/aws4_request`,
      },
      body: JSON.stringify({ messages: [], ...content }),
    });
    expect(faultsOnTheWire(request({ guardrailConfig }, 'ap-northeast-1'), promise)).toEqual([]);
    expect(faultsOnTheWire(request({}, 'us-east-1'), promise)).toEqual([
      'head “authorization”',
      'no field “guardrailConfig”',
    ]);
  });

  it('tells what is asked now from what was said before, for every vendor', () => {
    const turns = (words: readonly string[]) =>
      words.map((word) => ({ role: 'user', content: word, parts: [{ text: word }] }));
    for (const name of ['input', 'messages', 'contents']) {
      expect(lastTurn(JSON.stringify({ [name]: turns(['before', 'now']) }))).toContain('now');
      expect(lastTurn(JSON.stringify({ [name]: turns(['before', 'now']) }))).not.toContain('before');
    }
    expect([lastTurn('no JSON'), lastTurn('{}')]).toEqual(['', '']);
  });
});
