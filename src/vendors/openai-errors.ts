import { VendorError, type VendorErrorCategory } from './vendor-error';

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
 * What an error of the `openai` SDK (v7) means. Our own state comes first: once `signal` is aborted, everything is
 * `cancelled`. Source: "Error codes", developers.openai.com/api/docs/guides/error-codes.
 */
export function vendorErrorOf(
  error: unknown,
  signal: AbortSignal,
  { begun, requestId: opened }: { readonly begun: boolean; readonly requestId: string | undefined },
): VendorError {
  if (signal.aborted) return new VendorError('cancelled');
  if (error instanceof VendorError)
    return opened === undefined ? error : new VendorError(error.category, { requestId: opened });
  // The SDK wraps what our own way out throws.
  if (error instanceof Error && error.cause instanceof VendorError) return error.cause;
  const sdk = read(error);
  const category = categoryOf(sdk);
  const requestId = sdk.requestId ?? opened;
  const retryAfterMs = retryAfterOf(sdk.headers);
  return new VendorError(category === 'network' && begun ? 'truncated' : category, {
    ...(sdk.status !== undefined && { status: sdk.status }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Whether a server refused the request as malformed, for no reason that it named by a code known here. */
export function isBadRequest(error: unknown): boolean {
  return categoryOf(read(error)) === 'bad-request';
}

/** A request id as it may be logged: short, and of the characters that ids are made of. */
export function plainId(id: unknown): string | undefined {
  return typeof id === 'string' && /^[\w.:-]{1,128}$/u.test(id) ? id : undefined;
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

function categoryOfStatus(status: number): VendorErrorCategory {
  if (status === 401 || status === 403) return 'auth';
  if (status === 404) return 'configuration';
  if (status === 408) return 'timeout';
  if (status === 413) return 'context-too-long';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'overloaded';
  return status >= 400 ? 'bad-request' : 'unknown';
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

/** `retry-after-ms`, or `retry-after` in seconds or as a date. Source: RFC 9110, section 10.2.3. */
function retryAfterOf(headers: Headers | undefined): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const after = headers?.get('retry-after');
  if (after === null || after === undefined || after === '') return undefined;
  const seconds = Number(after);
  if (seconds >= 0) return seconds * 1_000;
  const date = Date.parse(after.slice(0, 64));
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
