import { field } from '../../kit/field';
import { retryAfterOf } from '../../kit/retry-after';
import type { ErrorTable } from '../kit/error-table';
import { withRefused } from '../kit/told-error';
import { categoryOfCode, plainCodeOf } from '../kit/vendor-codes';
import { categoryOfStatus, plainId, VendorError, type VendorErrorCategory } from '../kit/vendor-error';

/**
 * What the exceptions of Bedrock, of STS and of the chain of credentials mean: by their names in lower case, without
 * `exception` at the end. Sources: "ConverseStream, Errors" and "Common Error Types",
 * docs.aws.amazon.com/bedrock/latest/APIReference; "Troubleshooting Amazon Bedrock API Error Codes", the user guide's
 * troubleshooting-api-error-codes.html; "AssumeRoleWithWebIdentity, Errors", docs.aws.amazon.com/STS/latest/APIReference.
 */
const BY_NAME: Readonly<Record<string, VendorErrorCategory>> = {
  throttling: 'rate-limited',
  toomanyrequests: 'rate-limited',
  servicequotaexceeded: 'quota',
  serviceunavailable: 'overloaded',
  modelnotready: 'overloaded',
  internalserver: 'overloaded',
  internalfailure: 'overloaded',
  modeltimeout: 'timeout',
  accessdenied: 'auth',
  unrecognizedclient: 'auth',
  invalidsignature: 'auth',
  incompletesignature: 'auth',
  invalidclienttokenid: 'auth',
  expiredtoken: 'auth',
  missingauthenticationtoken: 'auth',
  notauthorized: 'auth',
  optinrequired: 'auth',
  invalididentitytoken: 'auth',
  idprejectedclaim: 'auth',
  regiondisabled: 'auth',
  credentialsprovidererror: 'auth',
  tokenprovidererror: 'auth',
  resourcenotfound: 'configuration',
};

/** What Bedrock tells in words only, beside names that say less: the first that fits. */
const BY_WORDS: readonly (readonly [name: RegExp, words: RegExp, category: VendorErrorCategory])[] = [
  // "data retention mode 'default' is not available for this model"
  [/^validation$/u, /data[ _-]?retention/iu, 'residency'],
  // "Input is too long for requested model.", "prompt is too long: 200049 tokens > 200000 maximum"
  [
    /^(validation|model(stream)?error)$/u,
    /too long|too many (input )?tokens|context (length|window)/iu,
    'context-too-long',
  ],
  // "The provided model identifier is invalid.", "Invocation of model ID … with on-demand throughput isn’t supported."
  [/^validation$/u, /model identifier is invalid|on-demand throughput|guardrail identifier/iu, 'configuration'],
  // "Too many tokens per day, please wait before trying again."
  [/^throttling$/u, /per day/iu, 'quota'],
];

export const BEDROCK_ERRORS: ErrorTable = { codes: {} };

/** What an error of the AWS SDK means; `begun`: events had come. Its message is looked at, and never told. */
export function bedrockErrorOf(error: unknown, begun: boolean): VendorError {
  if (error instanceof VendorError && !('$metadata' in error) && error.category !== 'network') return error;
  const sdk = read(error);
  const [category, refused] =
    error instanceof VendorError
      ? [error.category, {}]
      : withRefused(categoryOf(sdk, begun), { params: [], words: sdk.words });
  const vendorCode = plainCodeOf([sdk.name, `${sdk.name}Exception`]);
  return new VendorError(category === 'network' && begun ? 'truncated' : category, {
    ...refused,
    ...(sdk.status !== undefined && { status: sdk.status }),
    ...(sdk.requestId !== undefined && { requestId: sdk.requestId }),
    ...(sdk.retryAfterMs !== undefined && { retryAfterMs: sdk.retryAfterMs }),
    ...(vendorCode !== undefined && { vendorCode }),
  });
}

function categoryOf({ name, words, status, modelStatus }: SdkError, begun: boolean): VendorErrorCategory {
  const byWords = BY_WORDS.find(([named, said]) => named.test(name) && said.test(words));
  if (byWords !== undefined) return byWords[2];
  if (name === 'validation') return 'bad-request';
  if (name === 'modelerror' || name === 'modelstreamerror') return categoryOfModel(modelStatus);
  const byName = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (byName !== undefined) return byName;
  if (status !== undefined && status >= 300) return categoryOfStatus(status);
  const byCode = categoryOfCode(name);
  if (byCode !== undefined) return byCode;
  // The wire's own faults come as `VendorError`s. What is left is an answer that the SDK could not read or, where
  // there was none, a question that it could not sign.
  return begun || status !== undefined ? 'protocol' : 'auth';
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
