import type { Turn } from '../chat/turn';

export interface TurnLimits {
  /** Questions that one person may ask within an hour. */
  readonly personPerHour: number;
  /** Questions that one tenant may ask within an hour. */
  readonly tenantPerHour: number;
}

export type Admission = 'admitted' | 'duplicate' | 'person-limit' | 'tenant-limit';

/** Remembers which turns were taken, as keyed hashes with an expiry; nothing of what was asked. */
export interface TurnRegister {
  /**
   * Takes the turn in one atomic step, so that a question delivered several times, at once or to several
   * replicas, is admitted exactly once. A turn over a limit is remembered too: its redelivery is a duplicate.
   */
  admit(turn: Turn, limits: TurnLimits, nowMs: number): Promise<Admission>;
}
