import {
  BedrockRuntimeServiceException,
  ModelErrorException,
  ModelStreamErrorException,
} from '@aws-sdk/client-bedrock-runtime';
import { bedrockErrorOf } from '../../../src/vendors/bedrock/errors';
import { VendorError, type VendorErrorCategory } from '../../../src/vendors/kit/vendor-error';

function exception(name: string, httpStatusCode: number, message = ''): Error {
  const $fault = httpStatusCode < 500 ? 'client' : 'server';
  return new BedrockRuntimeServiceException({ name, $fault, $metadata: { httpStatusCode }, message });
}

function modelError(originalStatusCode?: number, message = ''): Error {
  return new ModelErrorException({
    $metadata: { httpStatusCode: 424 },
    message,
    ...(originalStatusCode !== undefined && { originalStatusCode }),
  });
}

const named = (name: string, more: object = {}): Error => Object.assign(new Error('words'), { name }, more);

describe('an error of the AWS SDK', () => {
  it.each<readonly [Error, VendorErrorCategory]>([
    [exception('ThrottlingException', 429, 'Too many requests, please wait before trying again.'), 'rate-limited'],
    [exception('ThrottlingException', 429, 'Too many tokens per day, please wait before trying again.'), 'quota'],
    [exception('ServiceQuotaExceededException', 400), 'quota'],
    [exception('ServiceUnavailableException', 503), 'overloaded'],
    [exception('ModelNotReadyException', 429), 'overloaded'],
    [exception('InternalServerException', 500), 'overloaded'],
    [exception('SomethingElse', 502), 'overloaded'],
    [exception('ModelTimeoutException', 408), 'timeout'],
    [exception('AccessDeniedException', 403), 'auth'],
    [exception('AccessDeniedException', 400), 'auth'],
    [exception('UnrecognizedClientException', 403), 'auth'],
    [exception('InvalidSignatureException', 403), 'auth'],
    [exception('IncompleteSignature', 400), 'auth'],
    [exception('ExpiredTokenException', 403), 'auth'],
    [exception('InvalidIdentityTokenException', 400), 'auth'],
    [exception('SomethingElse', 403), 'auth'],
    [exception('ResourceNotFoundException', 404), 'configuration'],
    [exception('ValidationException', 400, 'The provided model identifier is invalid.'), 'configuration'],
    [
      exception('ValidationException', 400, 'Invocation of model ID m with on-demand throughput isn’t supported.'),
      'configuration',
    ],
    [exception('ValidationException', 400, 'Input is too long for requested model.'), 'context-too-long'],
    [
      exception(
        'ValidationException',
        400,
        'The model returned the following errors: prompt is too long: 9 tokens > 8',
      ),
      'context-too-long',
    ],
    [exception('ValidationException', 400, 'Too many input tokens. Max input tokens: 8'), 'context-too-long'],
    [
      exception('ValidationException', 400, "data retention mode 'default' is not available for this model"),
      'residency',
    ],
    [exception('ValidationException', 400, 'Malformed input request.'), 'bad-request'],
    [exception('SomethingElse', 418), 'bad-request'],
    [modelError(), 'overloaded'],
    [modelError(500), 'overloaded'],
    [modelError(429), 'rate-limited'],
    [modelError(400), 'bad-request'],
    [modelError(400, 'prompt is too long'), 'context-too-long'],
    [new ModelStreamErrorException({ $metadata: {}, message: '', originalStatusCode: 429 }), 'rate-limited'],
    [
      new ModelStreamErrorException({ $metadata: {}, message: '', originalMessage: 'Input is too long' }),
      'context-too-long',
    ],
    [named('throttlingException'), 'rate-limited'],
    [named('CredentialsProviderError'), 'auth'],
    [named('TokenProviderError'), 'auth'],
    [named('Error', { code: 'ENOENT' }), 'auth'],
    [named('SyntaxError', { $metadata: { httpStatusCode: 200 } }), 'protocol'],
    [named('SyntaxError', { $metadata: { httpStatusCode: 502 } }), 'overloaded'],
    [named('constructor', { $metadata: { httpStatusCode: 400 } }), 'bad-request'],
    [new VendorError('network'), 'network'],
    [new VendorError('residency'), 'residency'],
  ])('%s is: %s', (error, category) => {
    expect(bedrockErrorOf(error, false).category).toBe(category);
  });

  it.each([
    [new VendorError('network'), 'truncated'],
    [new VendorError('protocol'), 'protocol'],
    [named('Error'), 'protocol'],
    [named('TypeError'), 'protocol'],
  ] as const)('%s after the first event is: %s', (error, category) => {
    expect(bedrockErrorOf(error, true).category).toBe(category);
  });

  it('leaves its status, its id and when to come back, and no word', () => {
    const $response = { headers: { 'x-amzn-requestid': 'id-1', 'retry-after': '3' } };
    const error = Object.assign(exception('ThrottlingException', 429, 'words'), { $response });
    const told = bedrockErrorOf(error, false);
    expect(told).toMatchObject({ status: 429, requestId: 'id-1', retryAfterMs: 3_000 });
    expect(told.message).not.toContain('words');
    expect(told.cause).toBeUndefined();
  });
});
