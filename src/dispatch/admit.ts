import type { InputRegister } from '../model/inputs';
import type { Turn } from '../model/turn';

export interface TurnLimits {
  /** Questions that one person may ask within an hour. */
  readonly personPerHour: number;
  /** Questions that one tenant may ask within an hour. */
  readonly tenantPerHour: number;
}

export type Admission = 'admitted' | 'duplicate' | 'person-limit' | 'tenant-limit';

/** Questions are inputs that are counted as well. */
export interface TurnRegister extends InputRegister {
  /**
   * Takes the turn in one atomic step, so that a question delivered several times, at once or to several
   * replicas, is admitted exactly once. A turn over a limit is taken too: its redelivery is a duplicate.
   */
  admit(turn: Turn, limits: TurnLimits, nowMs: number): Promise<Admission>;
}

/** A turn as the register knows it. */
export function inputOf({ id, person: { platform, tenant } }: Pick<Turn, 'id' | 'person'>) {
  return { platform, tenant, id };
}
