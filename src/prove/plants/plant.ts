import type { FindingKind } from '../judge/findings';
import type { Row, StandPlan } from '../plan/stand-plan';
import type { Field } from '../watch/canaries';

/** A leak that can be planted in the running program, and the finding that it must turn up as. */
export interface Plant {
  readonly name: string;
  readonly says: string;
  readonly kind: FindingKind;
  /** Where it must be found; `undefined`: anywhere. */
  readonly place?: RegExp;
  readonly field: Field | undefined;
  readonly look?: 'memory';
  /** It is seen in the system calls alone. */
  readonly needsStrace?: true;
  /** The cases that are played, where the leak needs others than the usual ones. */
  readonly rows?: readonly Partial<Row>[];
  readonly stand?: Partial<Pick<StandPlan, 'restarts' | 'mode' | 'end' | 'surroundings'>>;
  /** What becomes of a place in the program's own text; without it a module of this folder has the leak. */
  readonly change?: readonly [place: RegExp, becomes: string];
}
