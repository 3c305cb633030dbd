import { COMMON_READER } from '../../../src/vendors/kit/common-errors';
import { categoryOfTold, errorIn, readError, vendorErrorOfTold } from '../../../src/vendors/kit/told-error';

const isOwn = (value: object): boolean => 'choices' in value;
const CANARY = 'canary-44e1a0';

describe('errors in JSON', () => {
  it.each([
    [{ choices: [], error: null }],
    [{ choices: [], error: {} }],
    [{ choices: [], error: '' }],
    [{ choices: [], error: false }],
    [{ choices: [], message: 'Hello!' }],
    [{}],
    [{ type: 'ping' }],
    [{ code: 200, status: 'ok' }],
    [null],
    [5],
  ])('are not seen where there is none: %j', (value) => {
    expect(errorIn(value, '', isOwn)).toBeUndefined();
  });

  it.each([
    ['a code before its kind', { error: { type: 'server_error', code: 'rate_limit_exceeded' } }, 'rate-limited'],
    ['a kind where the code says nothing', { error: { type: 'insufficient_quota', code: 'x' } }, 'quota'],
    [
      'a code in another',
      { error: { code: 'BadRequest', innererror: { code: 'ResponsibleAIPolicyViolation' } } },
      'blocked-input',
    ],
    ['a status in words', { error: { status: '503' } }, 'overloaded'],
    ['a status of the field named so', { status_code: 401, message: CANARY }, 'auth'],
    ['words of a spent balance', { error: { message: 'Insufficient balance' } }, 'quota'],
    ['words of a model that is not there', { error: "model 'x' not found" }, 'configuration'],
    [
      'words of a prompt that is too long',
      { error: 'the request exceeds the available context size' },
      'context-too-long',
    ],
    ['a malformed request', { error: { type: 'invalid_request_error', message: CANARY } }, 'bad-request'],
    ['nothing that says why', { error: { message: CANARY } }, 'overloaded'],
  ] as const)('are known by %s', (_name, value, category) => {
    expect(categoryOfTold(readError(value))).toBe(category);
  });

  it('are looked into so far and no further', () => {
    const deep = { error: {} as Record<string, unknown> };
    let at = deep.error;
    for (let depth = 0; depth < 1_000; depth += 1) {
      at.error = {};
      at = at.error as Record<string, unknown>;
    }
    at.code = 'rate_limit_exceeded';
    expect(readError(deep).codes).toEqual([]);
    const wide = {
      error: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, { code: 'x' }])),
    };
    expect(readError(wide).codes.length).toBeLessThan(200);
    expect(readError({ error: 'x'.repeat(1_000_000) }).words.length).toBeLessThan(10_000);
  });

  it('keep their words to themselves', () => {
    const told = readError({ error: { message: CANARY, code: CANARY, type: 'unsupported_value' } });
    const error = vendorErrorOfTold(told);
    expect(error.vendorCode).toBe('unsupported_value');
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain(CANARY);
  });
});

describe('codes of vendors', () => {
  it.each([
    ['rate_limit_exceeded', 'rate-limited'],
    ['TooManyRequests', 'rate-limited'],
    ['TOO_MANY_REQUESTS', 'rate-limited'],
    ['Too Many Requests', 'rate-limited'],
    ['insufficient-quota', 'quota'],
    ['RESOURCE_EXHAUSTED', 'rate-limited'],
    ['overloaded_error', 'overloaded'],
    ['unsupported_value', undefined],
    [CANARY, undefined],
    ['constructor', undefined],
    ['', undefined],
    [429, undefined],
    [null, undefined],
  ])('mean: %s', (code, category) => {
    expect(COMMON_READER.meaningOf({ codes: [code], words: '' })).toBe(category);
  });

  it('are told as our own list writes them, and none that is not in it', () => {
    expect(COMMON_READER.writtenOf([CANARY, null, 'Unsupported Value'])).toBe('unsupported_value');
    expect(COMMON_READER.writtenOf(['validationexception'])).toBe('ValidationException');
    expect(COMMON_READER.writtenOf([CANARY, `unsupported_value ${CANARY}`, '__proto__', 5])).toBeUndefined();
  });
});
