import { EgressRefusedError } from '../../../src/egress/egress';
import { detailOf } from '../../../src/prove/doubles/vertex-ai/server';
import { VendorError } from '../../../src/vendors/kit/vendor-error';
import { chunkErrorOf, refusalOf, vertexErrorOf } from '../../../src/vendors/vertex-ai/errors';

const CANARY = 'canary-7a20c4';

function refused(status: number, error?: object, headers: Record<string, string> = {}): Response {
  return new Response(error === undefined ? `<html>${CANARY}</html>` : JSON.stringify({ error }), { status, headers });
}

describe("errors of Google's APIs", () => {
  it.each([
    [400, 'INVALID_ARGUMENT', CANARY, 'bad-request'],
    [
      400,
      'INVALID_ARGUMENT',
      'The input token count (9) exceeds the maximum number of tokens allowed (8).',
      'too long',
    ],
    [400, 'INVALID_ARGUMENT', 'the input token count is 9 but the model only supports up to 8', 'too long'],
    [400, 'FAILED_PRECONDITION', CANARY, 'configuration'],
    [400, 'OUT_OF_RANGE', CANARY, 'bad-request'],
    [401, 'UNAUTHENTICATED', CANARY, 'auth'],
    [403, 'PERMISSION_DENIED', CANARY, 'auth'],
    [403, 'PERMISSION_DENIED', 'This API method requires billing to be enabled.', 'quota'],
    [404, 'NOT_FOUND', CANARY, 'configuration'],
    [409, 'ABORTED', CANARY, 'overloaded'],
    [429, 'RESOURCE_EXHAUSTED', CANARY, 'rate-limited'],
    [499, 'CANCELLED', CANARY, 'network'],
    [500, 'INTERNAL', CANARY, 'overloaded'],
    [500, 'UNKNOWN', CANARY, 'overloaded'],
    [501, 'UNIMPLEMENTED', CANARY, 'configuration'],
    [503, 'UNAVAILABLE', CANARY, 'overloaded'],
    [504, 'DEADLINE_EXCEEDED', CANARY, 'timeout'],
    [418, CANARY, CANARY, 'bad-request'],
    [502, CANARY, CANARY, 'overloaded'],
    [429, '__proto__', CANARY, 'rate-limited'],
  ])('are told alike before and in mid-answer: %d %s', async (code, status, message, expected) => {
    const category = expected === 'too long' ? 'context-too-long' : expected;
    const error = { code, message, status };
    for (const told of [await refusalOf(refused(code, error)), chunkErrorOf({ error })]) {
      expect(told).toMatchObject({ category, status: code });
      expect(JSON.stringify([told, told?.message, told?.stack])).not.toContain(CANARY);
    }
  });

  it.each([
    ['SECURITY_POLICY_VIOLATED', 'residency'],
    ['LOCATION_ORG_POLICY_VIOLATED', 'residency'],
    ['BILLING_DISABLED', 'quota'],
    ['SERVICE_DISABLED', 'auth'],
    [`${CANARY} with words`, 'auth'],
  ])("are told by the reason where it is the organisation's own rule: %s", (reason, category) => {
    const error = { code: 403, status: 'PERMISSION_DENIED', details: [detailOf('ErrorInfo', { reason })] };
    expect(chunkErrorOf({ error })).toMatchObject({ category });
  });

  it.each([
    ['3.5s', 3_500],
    ['34s', 34_000],
    ['soon', undefined],
    [34, undefined],
  ])('tell when to come back in their details: %s', (retryDelay, expected) => {
    const error = { code: 429, status: 'RESOURCE_EXHAUSTED', details: [null, detailOf('RetryInfo', { retryDelay })] };
    expect(chunkErrorOf({ error })?.retryAfterMs).toBe(expected);
  });

  it('believe the headers before the details', async () => {
    const details = [detailOf('RetryInfo', { retryDelay: '34s' }), detailOf('RequestInfo', { requestId: 'r-2' })];
    const error = { code: 429, status: 'RESOURCE_EXHAUSTED', details };
    expect(await refusalOf(refused(429, error, { 'retry-after': '7', 'x-request-id': 'r-1' }))).toMatchObject({
      retryAfterMs: 7_000,
      requestId: 'r-1',
    });
    expect(await refusalOf(refused(429, error))).toMatchObject({ retryAfterMs: 34_000, requestId: 'r-2' });
  });

  it.each([
    [401, 'auth'],
    [404, 'configuration'],
    [413, 'context-too-long'],
    [429, 'rate-limited'],
    [502, 'overloaded'],
    [504, 'timeout'],
  ])("are told by the status where a gateway's page stands in for them: %d", async (status, category) => {
    expect(await refusalOf(refused(status))).toMatchObject({ category, status });
  });

  it.each([
    ['an id with words in it', detailOf('RequestInfo', { requestId: `${CANARY} and more words` })],
    ['a detail that is no object', CANARY],
  ])('leave out what is no id: %s', (_name, detail) => {
    const told = chunkErrorOf({ error: { code: 503, status: 'UNAVAILABLE', details: [detail] } });
    expect(told).toMatchObject({ category: 'overloaded', requestId: undefined });
  });

  it.each([[{}], [null], [[]], ['error'], [{ error: null }], [{ error: CANARY }], [{ candidates: [] }]])(
    'are not seen in what is none: %j',
    (chunk) => {
      expect(chunkErrorOf(chunk)).toBeUndefined();
    },
  );

  it.each([
    [new EgressRefusedError('host-not-allowed', CANARY), false, 'residency'],
    [new TypeError(CANARY), false, 'network'],
    [new TypeError(CANARY), true, 'truncated'],
    [new DOMException(CANARY, 'TimeoutError'), false, 'timeout'],
    [new SyntaxError(CANARY), true, 'protocol'],
    [new Error(CANARY), true, 'protocol'],
    [CANARY, false, 'protocol'],
    [new VendorError('auth'), true, 'auth'],
  ] as const)('are told by their kind where Google said nothing: %p', (error, begun, category) => {
    const told = vertexErrorOf(error, begun);
    expect(told).toMatchObject({ category });
    expect(JSON.stringify([told, told.message, told.stack])).not.toContain(CANARY);
  });
});
