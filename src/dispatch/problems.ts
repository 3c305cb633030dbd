import type { DenyReason } from '../consent/consent';
import type { Problem } from '../model/problem';
import type { VendorError, VendorErrorCategory } from '../vendors/kit/vendor-error';

/** What the person is told for each way in which a vendor can fail. */
export const PROBLEM_OF_VENDOR_ERROR: Readonly<Record<VendorErrorCategory, Problem>> = {
  // We were hung up on before we hung up.
  cancelled: 'vendor-network',
  timeout: 'vendor-timeout',
  network: 'vendor-network',
  truncated: 'vendor-network',
  'rate-limited': 'vendor-rate-limited',
  quota: 'vendor-quota',
  overloaded: 'vendor-overloaded',
  auth: 'vendor-auth',
  configuration: 'vendor-configuration',
  residency: 'vendor-residency',
  'context-too-long': 'context-too-long',
  'blocked-input': 'blocked-input',
  'blocked-output': 'blocked-output',
  'bad-request': 'vendor-refused',
  protocol: 'vendor-unreadable',
  'unknown-ending': 'vendor-ended',
  unknown: 'unknown',
};

/** What the person is told for each denial; the ones missing here are met with a card, or with silence. */
export const PROBLEM_OF_DENIAL: Readonly<Record<Exclude<DenyReason, 'withdrawn' | 'not-a-person'>, Problem>> = {
  'ledger-unavailable': 'ledger-unavailable',
  blocked: 'denied-by-policy',
  residency: 'denied-residency',
  'notice-missing': 'denied-notice',
  'notice-expired': 'denied-notice',
  'standing-unknown': 'standing-unknown',
  external: 'denied-external',
};

/**
 * Failures after which another vendor may be asked, where nothing was shown yet: the vendor cannot answer now. Not
 * what it will not answer, what is stopped, and never what residency forbids.
 */
const GIVES_WAY: ReadonlySet<VendorErrorCategory> = new Set([
  'timeout',
  'network',
  'truncated',
  'rate-limited',
  'quota',
  'overloaded',
  'auth',
  'configuration',
  'protocol',
]);

/** So does a vendor that does not take how it is asked: whoever asks next meets the same. */
export function givesWay({ category, refused }: VendorError): boolean {
  return GIVES_WAY.has(category) || (category === 'bad-request' && refused !== undefined);
}
