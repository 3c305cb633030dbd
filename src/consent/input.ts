/**
 * Something that a person did on a platform: a message, a command, a press of a button.
 *
 * Platforms deliver the same act again where an acknowledgement was lost, and whoever captured a signed request can
 * send it again; so an act is known by what its platform identifies it by, and never by how it was delivered.
 */
export interface Input {
  /**
   * The same in every delivery of the act, and in none of another act of the tenant's. Undefined where the platform
   * does not tell it: then every delivery is an act.
   */
  readonly id: string | undefined;
  /** When it was done, by the platform's word; undefined where the platform does not tell. */
  readonly told?: ToldAt;
}

/**
 * When something was done, by one of a platform's clocks. It is compared with other times of platforms alone: our own
 * clock may be minutes off.
 */
export interface ToldAt {
  /** Which of the platform's clocks it was; two clocks of one platform tell the time alike, but not as exactly. */
  readonly clock: string;
  /** Seconds, with their fraction. */
  readonly at: number;
  /** It is delivered at once or not at all, and its clock tells whole seconds. */
  readonly live: boolean;
}

/** What a decision does: agrees, takes back, or chooses a vendor. */
export type Did = 'gave' | 'took' | 'chose';

/** A decision that was taken earlier. */
export interface ToldDecision extends Pick<ToldAt, 'clock' | 'at'> {
  readonly did: Did;
}

/**
 * Whether a decision was made before another one about the same vendor that has been taken already: it came late, and
 * must not override what the person said since.
 *
 * Where the order is not certain, the withdrawal wins: an agreement is passed over where it may be older than a
 * withdrawal, and a withdrawal only where one clock says so.
 */
export function isOutdated(did: Did, told: ToldAt | undefined, taken: readonly ToldDecision[]): boolean {
  if (told === undefined) return false;
  return taken.some((other) => {
    if ((did === 'chose') !== (other.did === 'chose')) return false;
    const sameClock = other.clock === told.clock;
    if (did === 'gave' && other.did === 'took') return mayPrecede(told, other, sameClock);
    return sameClock && told.at < other.at;
  });
}

function mayPrecede(agreement: ToldAt, withdrawal: ToldDecision, sameClock: boolean): boolean {
  // What is delivered at once came in the order in which it was said.
  if (agreement.live) return sameClock && agreement.at < withdrawal.at;
  // A clock of whole seconds may mean any moment of its second.
  return agreement.at <= withdrawal.at + (sameClock ? 0 : 1);
}
