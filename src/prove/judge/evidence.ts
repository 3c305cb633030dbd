import type { Case, ProvenVendor } from '../plan/matrix';
import type { StandPlan } from '../plan/stand-plan';
import type { Heard, Received } from '../play/seat';
import type { CallFinding } from '../watch/calls';
import type { Canaries } from '../watch/canaries';
import type { RowFinding } from '../watch/database';
import type { FileFinding } from '../watch/files';
import type { MemoryFinding } from '../watch/memory';
import type { Search } from '../watch/search';
import type { Act } from './consent-model';

/** A request as a vendor got it. */
export interface VendorRequest {
  readonly vendor: ProvenVendor;
  /** The how many-th of this vendor. */
  readonly index: number;
  readonly body: string;
  /** Its head, with what belongs to this vendor left out. */
  readonly head: string;
  /** What of it is not as it was promised. */
  readonly faults: readonly string[];
  /** The how many-th of all answers that vendors began is the one to it; undefined where none did. */
  readonly answered: number | undefined;
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
  /** Who said what to whose notice, and what the organisation's rules were, in the order in which it was. */
  readonly acts: readonly Act[];
  /** All that the platforms got from the program. */
  readonly received: readonly Received[];
  readonly played: readonly Case[];
  /** Cases whose person was erased, and whose key is still in the database. */
  readonly keptKeys: readonly string[];
}
