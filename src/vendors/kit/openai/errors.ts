import { field } from '../../../kit/field';
import { retryAfterOf } from '../../../kit/retry-after';
import { isFailure } from '../../../model/errors';
import { COMMON_ERRORS, COMMON_READER } from '../common-errors';
import type { ErrorReader } from '../error-table';
import { readError, type ToldError, tellsTooLong, withRefused } from '../told-error';
import { categoryOfStatus, plainId, VendorError, type VendorErrorCategory } from '../vendor-error';

/** OpenAI's codes are those that everybody else speaks as well. */
export const OPENAI_ERRORS = COMMON_ERRORS;

/** The parts of the SDK's errors that are read here. Its messages and bodies are looked at, and never told. */
interface SdkError {
  readonly name: string;
  readonly status: number | undefined;
  readonly told: ToldError;
  readonly requestId: string | undefined;
  readonly headers: Headers | undefined;
}

/** How an SDK's errors are read, where a vendor has more to say than OpenAI's own codes. */
export interface SdkErrorReading {
  readonly errors: ErrorReader;
  /** The id of a request, where its SDK does not know the vendor's own head. */
  requestIdIn?(headers: Headers): string | null | undefined;
}

/**
 * What an error of the `openai` SDK (v7) means, or of another one by the same maker; `begun`: events had come.
 * Source: "Error codes", developers.openai.com/api/docs/guides/error-codes.
 */
export function vendorErrorOf(
  error: unknown,
  begun: boolean,
  { errors, requestIdIn }: SdkErrorReading = { errors: COMMON_READER },
): VendorError {
  if (error instanceof VendorError) return error;
  // The SDK wraps what our own way out throws.
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof VendorError) return cause;
  if (isFailure(error, 'egress') || isFailure(cause, 'egress')) return new VendorError('residency');
  const sdk = read(error);
  const [category, refused] = withRefused(categoryOf(sdk, errors), sdk.told);
  const ownId = sdk.headers === undefined ? undefined : requestIdIn?.(sdk.headers);
  return new VendorError(category === 'network' && begun ? 'truncated' : category, {
    ...refused,
    status: sdk.status,
    requestId: plainId(ownId) ?? sdk.requestId,
    retryAfterMs: retryAfterOf((name) => sdk.headers?.get(name)),
    vendorCode: errors.writtenOf(sdk.told.codes),
  });
}

function categoryOf({ name, status, told }: SdkError, errors: ErrorReader): VendorErrorCategory {
  const meaning = errors.meaningOf(told);
  if (meaning !== undefined) return meaning;
  if (status !== undefined && status !== 401 && status !== 403 && tellsTooLong(told.words)) return 'context-too-long';
  // Gateways hand on another server's refusal under a status of their own.
  const inner = told.status === undefined ? undefined : categoryOfStatus(told.status);
  if (status !== undefined) return inner === 'rate-limited' ? inner : categoryOfStatus(status);
  switch (name) {
    case 'APIUserAbortError':
    case 'AbortError':
      return 'cancelled';
    case 'APIConnectionTimeoutError':
    case 'TimeoutError':
      return 'timeout';
    case 'SyntaxError':
    case 'OpenAIError':
      return 'protocol';
    case 'APIConnectionError':
    case 'TypeError':
    case 'Error':
      return 'network';
    default:
      return 'unknown';
  }
}

function read(error: unknown): SdkError {
  const name = error instanceof Error ? error.constructor.name || error.name : 'unknown';
  const status = field(error, 'status');
  const headers = field(error, 'headers');
  return {
    name,
    status: typeof status === 'number' ? status : undefined,
    told: readError(field(error, 'error')),
    requestId: plainId(field(error, 'requestID')),
    headers: headers instanceof Headers ? headers : undefined,
  };
}
