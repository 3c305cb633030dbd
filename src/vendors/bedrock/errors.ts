import { field } from '../../kit/field';
import { retryAfterOf } from '../../kit/retry-after';
import { COMMON_ERRORS } from '../kit/common-errors';
import { type ErrorTable, errorReaderOf } from '../kit/error-table';
import { withRefused } from '../kit/told-error';
import { categoryOfStatus, plainId, VendorError, type VendorErrorCategory } from '../kit/vendor-error';

/**
 * What the exceptions of Bedrock, of STS and of the chain of credentials mean. Sources: "ConverseStream, Errors" and
 * "Common Error Types", docs.aws.amazon.com/bedrock/latest/APIReference; "Troubleshooting Amazon Bedrock API Error Codes",
 * the user guide's troubleshooting-api-error-codes.html; "AssumeRoleWithWebIdentity, Errors",
 * docs.aws.amazon.com/STS/latest/APIReference.
 */
export const BEDROCK_ERRORS: ErrorTable = {
  codes: {
    'rate-limited': ['ThrottlingException', 'TooManyRequestsException'],
    quota: ['ServiceQuotaExceededException'],
    overloaded: [
      'ServiceUnavailableException',
      'ModelNotReadyException',
      'InternalServerException',
      'InternalFailureException',
    ],
    timeout: ['ModelTimeoutException'],
    auth: [
      'AccessDeniedException',
      'UnrecognizedClientException',
      'InvalidSignatureException',
      'IncompleteSignatureException',
      'InvalidClientTokenIdException',
      'ExpiredTokenException',
      'MissingAuthenticationTokenException',
      'NotAuthorizedException',
      'OptInRequiredException',
      'InvalidIdentityTokenException',
      'IDPRejectedClaimException',
      'RegionDisabledException',
      'CredentialsProviderError',
      'TokenProviderError',
    ],
    configuration: ['ResourceNotFoundException'],
    'bad-request': ['ValidationException'],
  },
  words: [
    // "data retention mode 'default' is not available for this model"
    { code: /^validation/u, words: /data[ _-]?retention/iu, means: 'residency' },
    // "Input is too long for requested model.", "prompt is too long: 200049 tokens > 200000 maximum"
    {
      code: /^(validation|model(stream)?error)/u,
      words: /too long|too many (input )?tokens|context (length|window)/iu,
      means: 'context-too-long',
    },
    // "The provided model identifier is invalid.", "Invocation of model ID … with on-demand throughput isn’t supported."
    {
      code: /^validation/u,
      words: /model identifier is invalid|on-demand throughput|guardrail identifier/iu,
      means: 'configuration',
    },
    // "Too many tokens per day, please wait before trying again."
    { code: /^throttling/u, words: /per day/iu, means: 'quota' },
  ],
};

const errors = errorReaderOf(BEDROCK_ERRORS, COMMON_ERRORS);

/** What an error of the AWS SDK means; `begun`: events had come. Its message is looked at, and never told. */
export function bedrockErrorOf(error: unknown, begun: boolean): VendorError {
  if (error instanceof VendorError && !('$metadata' in error) && error.category !== 'network') return error;
  const sdk = read(error);
  const [category, refused] =
    error instanceof VendorError
      ? [error.category, {}]
      : withRefused(categoryOf(sdk, begun), { params: [], words: sdk.words });
  return new VendorError(category === 'network' && begun ? 'truncated' : category, {
    ...refused,
    status: sdk.status,
    requestId: sdk.requestId,
    retryAfterMs: sdk.retryAfterMs,
    vendorCode: errors.writtenOf(codesOf(sdk)),
  });
}

function categoryOf(sdk: SdkError, begun: boolean): VendorErrorCategory {
  const { name, words, status, modelStatus } = sdk;
  const isOfModel = name === 'modelerror' || name === 'modelstreamerror';
  const meaning = errors.meaningOf({ codes: codesOf(sdk), words });
  // Of a failed model the words may say more than its status, and its name says less.
  if (isOfModel && meaning !== 'context-too-long') return categoryOfModel(modelStatus);
  if (meaning !== undefined) return meaning;
  if (status !== undefined && status >= 300) return categoryOfStatus(status);
  // The wire's own faults come as `VendorError`s. What is left is an answer that the SDK could not read or, where
  // there was none, a question that it could not sign.
  return begun || status !== undefined ? 'protocol' : 'auth';
}

/** AWS writes the same name with `Exception` at its end and without. */
function codesOf({ name }: SdkError): readonly string[] {
  return [name, `${name}Exception`];
}

/** What the model's own status, behind Bedrock's 424, says of the question. */
function categoryOfModel(status: number | undefined): VendorErrorCategory {
  if (status === 429) return 'rate-limited';
  return status !== undefined && status >= 400 && status < 500 ? 'bad-request' : 'overloaded';
}

interface SdkError {
  readonly name: string;
  readonly words: string;
  readonly status: number | undefined;
  readonly modelStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

function read(error: unknown): SdkError {
  const metadata = field(error, '$metadata');
  const headers = field(field(error, '$response'), 'headers');
  const header = (name: string): string | undefined => text(field(headers, name));
  return {
    name: (text(field(error, 'name')) ?? '').toLowerCase().replace(/exception$/u, ''),
    words: `${text(field(error, 'message')) ?? ''} ${text(field(error, 'originalMessage')) ?? ''}`,
    status: number(field(metadata, 'httpStatusCode')),
    modelStatus: number(field(error, 'originalStatusCode')),
    // An exception that is the first event has no metadata.
    requestId: plainId(field(metadata, 'requestId') ?? header('x-amzn-requestid')),
    retryAfterMs: retryAfterOf(header),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
