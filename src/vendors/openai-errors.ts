import { retryAfterOf } from './retry-after';
import { categoryOfStatus, plainId, VendorError, type VendorErrorCategory } from './vendor-error';

/** The parts of the SDK's errors that are read here. Its messages and bodies are not: they can echo the prompt. */
interface SdkError {
  readonly name: string;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly type: string | undefined;
  readonly requestId: string | undefined;
  readonly headers: Headers | undefined;
  /** The message says that the prompt does not fit, as vLLM and LM Studio do in words only. */
  readonly tellsTooLong: boolean;
}

const BY_CODE: Readonly<Record<string, VendorErrorCategory>> = {
  insufficient_quota: 'quota',
  billing_hard_limit_reached: 'quota',
  billing_not_active: 'quota',
  rate_limit_exceeded: 'rate-limited',
  context_length_exceeded: 'context-too-long',
  string_above_max_length: 'context-too-long',
  content_filter: 'blocked-input',
  content_policy_violation: 'blocked-input',
  invalid_prompt: 'blocked-input',
  bio_policy: 'blocked-input',
  misalignment_policy_violation: 'blocked-input',
  exceed_context_size_error: 'context-too-long',
  data_residency_mismatch: 'residency',
  model_not_found: 'configuration',
  invalid_api_key: 'auth',
  server_error: 'overloaded',
  server_is_overloaded: 'overloaded',
  slow_down: 'rate-limited',
};

/**
 * What an error of the `openai` SDK (v7) means; `begun`: events had come.
 * Source: "Error codes", developers.openai.com/api/docs/guides/error-codes.
 */
export function vendorErrorOf(error: unknown, begun: boolean): VendorError {
  if (error instanceof VendorError) return error;
  // The SDK wraps what our own way out throws.
  if (error instanceof Error && error.cause instanceof VendorError) return error.cause;
  const sdk = read(error);
  const category = categoryOf(sdk);
  const retryAfterMs = retryAfterOf((name) => sdk.headers?.get(name));
  return new VendorError(category === 'network' && begun ? 'truncated' : category, {
    ...(sdk.status !== undefined && { status: sdk.status }),
    ...(sdk.requestId !== undefined && { requestId: sdk.requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Whether a server refused the request as malformed, for no reason that it named by a code known here. */
export function isBadRequest(error: unknown): boolean {
  return categoryOf(read(error)) === 'bad-request';
}

/** What an error code in mid-stream or in a failed response means. */
export function categoryOfCode(code: string | null | undefined): VendorErrorCategory {
  return (code !== null && code !== undefined && Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined) ?? 'unknown';
}

function categoryOf({ name, status, code, type, tellsTooLong }: SdkError): VendorErrorCategory {
  const byCode = categoryOfCode(code);
  if (byCode !== 'unknown') return byCode;
  const byType = categoryOfCode(type);
  if (byType !== 'unknown') return byType;
  if (status === 400 && tellsTooLong) return 'context-too-long';
  if (status !== undefined) return categoryOfStatus(status);
  switch (name) {
    case 'APIUserAbortError':
    case 'AbortError':
      return 'cancelled';
    case 'APIConnectionTimeoutError':
    case 'TimeoutError':
      return 'timeout';
    case 'EgressRefusedError':
      return 'residency';
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
  const cause = error instanceof Error && 'cause' in error ? error.cause : undefined;
  const refused = cause instanceof Error && cause.name === 'EgressRefusedError';
  const name = refused ? cause.name : error instanceof Error ? error.constructor.name || error.name : 'unknown';
  const field = (key: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  const code = field('code');
  // Look-alikes give the status as the code of an error in mid-stream.
  const status = field('status') ?? code;
  const headers = field('headers');
  return {
    name,
    status: typeof status === 'number' ? status : undefined,
    code: plainId(code),
    type: plainId(field('type')),
    requestId: plainId(field('requestID')),
    headers: headers instanceof Headers ? headers : undefined,
    tellsTooLong: error instanceof Error && /context (?:length|size|window)|maximum context/iu.test(error.message),
  };
}
