import { field } from '../../kit/field';
import { retryAfterOf } from '../../kit/retry-after';
import { isFailure } from '../../model/errors';
import { COMMON_ERRORS } from '../kit/common-errors';
import { type ErrorTable, errorReaderOf, type ToldFailure } from '../kit/error-table';
import { withRefused } from '../kit/told-error';
import { categoryOfStatus, plainId, VendorError } from '../kit/vendor-error';

const TOO_LONG = /token count|too many tokens|exceeds the maximum (?:number of )?tokens|context (?:length|window)/iu;
const BILLING = /billing/iu;

/**
 * Google's codes and, before them, the reasons that its own rules refuse by.
 * Sources: "google.rpc.Code" and "google.api.ErrorReason", github.com/googleapis/googleapis.
 */
export const VERTEX_ERRORS: ErrorTable = {
  codes: {
    residency: [
      'SECURITY_POLICY_VIOLATED',
      'LOCATION_POLICY_VIOLATED',
      'LOCATION_ORG_POLICY_VIOLATED',
      'ORG_RESTRICTION_VIOLATION',
    ],
    quota: ['BILLING_DISABLED'],
    'rate-limited': ['RESOURCE_EXHAUSTED'],
    overloaded: ['UNAVAILABLE', 'INTERNAL', 'UNKNOWN', 'ABORTED', 'DATA_LOSS'],
    network: ['CANCELLED'],
    timeout: ['DEADLINE_EXCEEDED'],
    auth: ['UNAUTHENTICATED', 'PERMISSION_DENIED'],
    configuration: ['NOT_FOUND', 'UNIMPLEMENTED', 'FAILED_PRECONDITION'],
    'bad-request': ['INVALID_ARGUMENT'],
  },
  words: [
    { code: /^(permissiondenied|resourceexhausted)$/u, words: BILLING, means: 'quota' },
    { code: /^invalidargument$/u, words: TOO_LONG, means: 'context-too-long' },
  ],
};

const errors = errorReaderOf(VERTEX_ERRORS, COMMON_ERRORS);

/** What is read of an error of Google's APIs. Its words are looked at, never told. */
interface GoogleError {
  readonly status: string | undefined;
  readonly code: number | undefined;
  readonly message: string;
  readonly reason: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
}

/** The failure that a chunk in mid-answer tells in the shape of Google's APIs, if any. */
export function chunkErrorOf(chunk: unknown): VendorError | undefined {
  const error = readError(chunk);
  if (error === undefined || (error.code === undefined && errors.meaningOf(toldBy(error)) === undefined))
    return undefined;
  return vendorErrorOf(error, {});
}

/** Longer bodies of errors are no errors of Google's. */
const MAX_CHARACTERS = 64 * 1024;

/** Reads the answer of a server that refused. */
export async function refusalOf(response: Response): Promise<VendorError> {
  const words = await response.text().catch(() => '');
  return vendorErrorOf(readError(parse(words)), {
    status: response.status,
    requestId: requestIdOf(response),
    retryAfterMs: retryAfterOf((name) => response.headers.get(name)),
  });
}

/** Google names no request in its headers' documents; its front ends and gateways send one of these. */
export function requestIdOf({ headers }: Response): string | undefined {
  return plainId(headers.get('x-request-id') ?? headers.get('x-cloud-trace-context'));
}

/** What went wrong on the way, or while an answer came. */
export function vertexErrorOf(error: unknown, begun: boolean): VendorError {
  if (error instanceof VendorError) return error;
  if (isFailure(error, 'egress')) return new VendorError('residency');
  const name = field(error, 'name');
  if (name === 'TypeError' || name === 'AbortError') return new VendorError(begun ? 'truncated' : 'network');
  if (name === 'TimeoutError') return new VendorError('timeout');
  // What the packages throw of their own is about an answer that is none.
  return new VendorError('protocol');
}

interface Http {
  readonly status?: number;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

function vendorErrorOf(error: GoogleError | undefined, http: Http): VendorError {
  const status = http.status ?? error?.code;
  const told = error === undefined ? undefined : errors.meaningOf(toldBy(error));
  const plain = told ?? (status === undefined ? 'unknown' : categoryOfStatus(status));
  const [category, refused] = withRefused(plain, { params: [], words: error?.message ?? '' });
  return new VendorError(category, {
    ...refused,
    status,
    requestId: http.requestId ?? error?.requestId,
    retryAfterMs: http.retryAfterMs ?? error?.retryAfterMs,
    vendorCode: errors.writtenOf([error?.reason, error?.status]),
  });
}

/** The reason says more than the code beside it. A 400 whose code is left out is an invalid argument. */
function toldBy({ reason, status, code, message }: GoogleError): ToldFailure {
  return { codes: [reason, status ?? (code === 400 ? 'INVALID_ARGUMENT' : undefined)], words: message };
}

/** Google's APIs send `{"error": …}`, or a list that holds it. Source: AIP-193, google.aip.dev/193. */
function readError(body: unknown): GoogleError | undefined {
  const error = field(Array.isArray(body) ? body[0] : body, 'error');
  if (typeof error !== 'object' || error === null) return undefined;
  const status = field(error, 'status');
  const code = field(error, 'code');
  const given = field(error, 'details');
  const details: readonly unknown[] = Array.isArray(given) ? given : [];
  const detail = (type: string, key: string): unknown =>
    field(
      details.find((one) => field(one, '@type') === `type.googleapis.com/google.rpc.${type}`),
      key,
    );
  return {
    status: typeof status === 'string' ? status : undefined,
    code: typeof code === 'number' && Number.isInteger(code) ? code : undefined,
    message: String(field(error, 'message') ?? ''),
    reason: plainId(detail('ErrorInfo', 'reason')),
    requestId: plainId(detail('RequestInfo', 'requestId')),
    retryAfterMs: millisecondsOf(detail('RetryInfo', 'retryDelay')),
  };
}

/** Source: "google.protobuf.Duration", protobuf.dev/reference/protobuf/google.protobuf: `3.5s`. */
function millisecondsOf(duration: unknown): number | undefined {
  const seconds = typeof duration === 'string' ? /^(\d{1,6}(?:\.\d{1,9})?)s$/u.exec(duration)?.[1] : undefined;
  return seconds === undefined ? undefined : Number(seconds) * 1_000;
}

/** Nothing where it is no JSON: a page of a gateway. */
function parse(words: string): unknown {
  try {
    return words.length > MAX_CHARACTERS ? undefined : JSON.parse(words);
  } catch {
    return undefined;
  }
}
