import type { Canaries } from './canaries';
import type { Moment } from './drive';
import type { Case, ProvenVendor, StandPlan } from './plan';
import type { Search } from './search';
import type { Heard, Received } from './seat';
import type { CallFinding } from './watch-calls';
import type { RowFinding } from './watch-database';
import type { FileFinding } from './watch-files';
import type { MemoryFinding } from './watch-memory';

/** A request as a vendor got it. */
export interface VendorRequest {
  readonly vendor: ProvenVendor;
  /** The how many-th of this vendor. */
  readonly index: number;
  readonly body: string;
  /** Its head, with what belongs to this vendor left out. */
  readonly head: string;
}

/** Everything that one run of the program left behind, wherever it was looked for. */
export interface Evidence {
  readonly plan: StandPlan;
  readonly canaries: Canaries;
  readonly search: Search;
  readonly streams: { readonly stdout: Buffer; readonly stderr: Buffer };
  readonly files: readonly FileFinding[];
  readonly rows: readonly RowFinding[];
  readonly calls: readonly CallFinding[];
  readonly memory: readonly MemoryFinding[];
  readonly pages: readonly Heard[];
  readonly answers: readonly Heard[];
  readonly requests: readonly VendorRequest[];
  readonly moments: readonly Moment[];
  /** All that the platforms got from the program. */
  readonly received: readonly Received[];
  readonly played: readonly Case[];
}
