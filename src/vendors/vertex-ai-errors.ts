import { retryAfterOf } from './retry-after';
import { categoryOfStatus, plainId, VendorError, type VendorErrorCategory } from './vendor-error';

/** Source: "google.rpc.Code", github.com/googleapis/googleapis. */
const BY_STATUS: Readonly<Record<string, VendorErrorCategory>> = {
  RESOURCE_EXHAUSTED: 'rate-limited',
  UNAVAILABLE: 'overloaded',
  INTERNAL: 'overloaded',
  UNKNOWN: 'overloaded',
  ABORTED: 'overloaded',
  DATA_LOSS: 'overloaded',
  DEADLINE_EXCEEDED: 'timeout',
  UNAUTHENTICATED: 'auth',
  PERMISSION_DENIED: 'auth',
  NOT_FOUND: 'configuration',
  UNIMPLEMENTED: 'configuration',
  FAILED_PRECONDITION: 'configuration',
};

const TOO_LONG = /token count|too many tokens|exceeds the maximum (?:number of )?tokens|context (?:length|window)/iu;
const BILLING = /billing/iu;

/** What an error object of Google's APIs means; undefined where there is none. Its words are looked at, never told. */
export function categoryOfGoogleError(body: unknown): VendorErrorCategory | undefined {
  const error = field(body, 'error');
  if (typeof error !== 'object' || error === null) return undefined;
  const [status, code, message] = [field(error, 'status'), field(error, 'code'), String(field(error, 'message') ?? '')];
  if (status === 'INVALID_ARGUMENT' || code === 400) return TOO_LONG.test(message) ? 'context-too-long' : 'bad-request';
  if (BILLING.test(message) && (status === 'PERMISSION_DENIED' || status === 'RESOURCE_EXHAUSTED')) return 'quota';
  const known = typeof status === 'string' && Object.hasOwn(BY_STATUS, status) ? BY_STATUS[status] : undefined;
  return known ?? (typeof code === 'number' ? categoryOfStatus(code) : 'unknown');
}

/** Longer bodies of errors are no errors of Google's. */
const MAX_BYTES = 64 * 1024;

/** Reads the answer of a server that refused. */
export async function refusalOf(response: Response): Promise<VendorError> {
  const words = await response.text().catch(() => '');
  let category: VendorErrorCategory | undefined;
  try {
    const body: unknown = words.length > MAX_BYTES ? undefined : JSON.parse(words);
    category = categoryOfGoogleError(Array.isArray(body) ? body[0] : body);
  } catch {
    // A page of a gateway: the status tells.
  }
  const retryAfterMs = retryAfterOf((name) => response.headers.get(name));
  const requestId = requestIdOf(response);
  return new VendorError(category ?? statusCategory(response.status), {
    status: response.status,
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** Google names no request in its documents; its front ends send one of these. */
export function requestIdOf({ headers }: Response): string | undefined {
  return plainId(headers.get('x-request-id') ?? headers.get('x-cloud-trace-context'));
}

/** What went wrong on the way, or while an answer came. */
export function vertexErrorOf(error: unknown, begun: boolean): VendorError {
  if (error instanceof VendorError) return error;
  const name = error instanceof Error ? error.name : 'unknown';
  if (name === 'EgressRefusedError') return new VendorError('residency');
  if (name === 'TypeError' || name === 'AbortError') return new VendorError(begun ? 'truncated' : 'network');
  if (name === 'TimeoutError') return new VendorError('timeout');
  const status = field(error, 'status');
  if (name === 'ApiError' && typeof status === 'number') return new VendorError(statusCategory(status));
  // What the packages throw of their own is about events that they cannot read.
  return new VendorError('protocol');
}

function statusCategory(status: number): VendorErrorCategory {
  return status === 504 ? 'timeout' : categoryOfStatus(status);
}

function field(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
}
