import type { RemoteVendor } from './vendors';

/** A fault of the program's that only one vendor's wire shows. */
export interface WireFault {
  readonly vendor: RemoteVendor;
  readonly name: string;
  readonly says: string;
  /** Where it is planted in the built program, and what stands there then. */
  readonly change: readonly [place: RegExp, becomes: string];
  /** What the finding has to name. */
  readonly shows: RegExp;
}
