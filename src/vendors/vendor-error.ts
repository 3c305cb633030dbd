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
  | 'unknown';

/**
 * The only error that leaves a connector. It carries a category, a status and a request id, and never a word of
 * the vendor's: a vendor's error text can echo the prompt.
 */
export class VendorError extends Error {
  readonly category: VendorErrorCategory;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    category: VendorErrorCategory,
    details: { readonly status?: number; readonly requestId?: string; readonly retryAfterMs?: number } = {},
  ) {
    super(`vendor error: ${category}`);
    this.name = 'VendorError';
    this.category = category;
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
  }
}
