import { DejirenError } from '../../model/errors';
import type { Refused } from './refused';

/** Why a vendor gave no answer, or no whole answer; see `docs/vendors.md` for what maps to each. */
export type VendorErrorCategory =
  | 'cancelled'
  | 'timeout'
  | 'network'
  | 'truncated'
  | 'rate-limited'
  | 'quota'
  | 'overloaded'
  | 'auth'
  | 'configuration'
  | 'residency'
  | 'context-too-long'
  | 'blocked-input'
  | 'blocked-output'
  | 'bad-request'
  | 'protocol'
  /** It ended the answer for a reason that is in no list of ours: no success, as a filter could be new. */
  | 'unknown-ending'
  | 'unknown';

/** What is known of a failure beside its category. */
export interface VendorErrorDetails {
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** What of the request the vendor refused, where it can be asked without it. */
  readonly refused?: Refused | undefined;
  /** The vendor's own code, as our list of codes writes it (`common-errors.ts`), for the operator's log. */
  readonly vendorCode?: string | undefined;
}

/**
 * The only error that leaves a connector. It carries a category, a status, a request id and a code from our own list,
 * and never a word of the vendor's: a vendor's error text can echo the prompt.
 */
export class VendorError extends DejirenError<'vendor', VendorErrorCategory> {
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly vendorCode: string | undefined;
  readonly refused: Refused | undefined;

  constructor(category: VendorErrorCategory, details: VendorErrorDetails = {}) {
    super('VendorError', 'vendor', category);
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.vendorCode = details.vendorCode;
    this.refused = details.refused;
  }

  get category(): VendorErrorCategory {
    return this.code;
  }
}

/** A request id as it may be logged: short, and of the characters that ids are made of. */
export function plainId(id: unknown): string | undefined {
  return typeof id === 'string' && /^[\w.:-]{1,128}$/u.test(id) ? id : undefined;
}

/** What a status means where the vendor says nothing better. */
export function categoryOfStatus(status: number): VendorErrorCategory {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'quota';
  if (status === 404) return 'configuration';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 413) return 'context-too-long';
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'overloaded';
  // No refusal and no answer either.
  return status >= 400 ? 'bad-request' : 'protocol';
}
