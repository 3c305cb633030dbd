import { retryAfterOf } from './retry-after';
import { categoryOfStatus, plainId, VendorError, type VendorErrorCategory } from './vendor-error';

/**
 * What the SDK's exceptions mean, by name. Source: "ConverseStream, Errors", docs.aws.amazon.com/bedrock/latest/
 * APIReference, and "Common errors" there.
 */
const BY_NAME: Readonly<Record<string, VendorErrorCategory>> = {
  ThrottlingException: 'rate-limited',
  throttlingException: 'rate-limited',
  TooManyRequestsException: 'rate-limited',
  ServiceQuotaExceededException: 'quota',
  ServiceUnavailableException: 'overloaded',
  ModelNotReadyException: 'overloaded',
  InternalServerException: 'overloaded',
  InternalFailure: 'overloaded',
  ModelStreamErrorException: 'overloaded',
  ModelErrorException: 'overloaded',
  ModelTimeoutException: 'timeout',
  AccessDeniedException: 'auth',
  UnrecognizedClientException: 'auth',
  InvalidSignatureException: 'auth',
  IncompleteSignature: 'auth',
  ExpiredTokenException: 'auth',
  ExpiredToken: 'auth',
  InvalidClientTokenId: 'auth',
  MissingAuthenticationTokenException: 'auth',
  NotAuthorized: 'auth',
  OptInRequired: 'auth',
  CredentialsProviderError: 'auth',
  TokenProviderError: 'auth',
  ResourceNotFoundException: 'configuration',
  EgressRefusedError: 'residency',
  SyntaxError: 'protocol',
  TimeoutError: 'timeout',
  TypeError: 'network',
};

const TOO_LONG = /too long|too many (?:input )?tokens|context (?:length|window|limit)|maximum.{0,20}tokens/iu;
const RETENTION = /data[ _-]?retention/iu;
/** What the SDK's decoder of event streams throws, as plain errors. */
const BAD_FRAME = /checksum|truncated event message|message length|event stream|unrecognized header|too short/iu;

/** What an error of the AWS SDK means; `begun`: events had come. Its message is looked at, and never told. */
export function bedrockErrorOf(error: unknown, begun: boolean): VendorError {
  if (error instanceof VendorError) return error;
  const sdk = read(error);
  const category = categoryOf(sdk, error);
  return new VendorError(category === 'network' && begun ? 'truncated' : category, {
    ...(sdk.status !== undefined && { status: sdk.status }),
    ...(sdk.requestId !== undefined && { requestId: sdk.requestId }),
    ...(sdk.retryAfterMs !== undefined && { retryAfterMs: sdk.retryAfterMs }),
  });
}

function categoryOf({ name, status }: SdkError, error: unknown): VendorErrorCategory {
  const words = error instanceof Error ? error.message : '';
  if (/^validationexception$/iu.test(name) || status === 400) {
    if (RETENTION.test(words)) return 'residency';
    if (TOO_LONG.test(words)) return 'context-too-long';
  }
  if (/^validationexception$/iu.test(name)) return 'bad-request';
  const byName = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  // A page of a gateway makes the SDK fail by an error of JavaScript's.
  if (byName !== undefined && !(status !== undefined && /^(Syntax|Type)Error$/u.test(name))) return byName;
  if (BAD_FRAME.test(words)) return 'protocol';
  if (status === 200) return 'protocol';
  if (status !== undefined) return categoryOfStatus(status);
  return 'unknown';
}

interface SdkError {
  readonly name: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

function read(error: unknown): SdkError {
  const field = (of: unknown, key: string): unknown =>
    typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
  const metadata = field(error, '$metadata');
  const status = field(metadata, 'httpStatusCode');
  const headers = field(field(error, '$response'), 'headers');
  return {
    name: String(field(error, 'name') ?? 'unknown'),
    status: typeof status === 'number' ? status : undefined,
    requestId: plainId(field(metadata, 'requestId')),
    retryAfterMs: retryAfterOf((name) => {
      const value = field(headers, name);
      return typeof value === 'string' ? value : undefined;
    }),
  };
}
