import { RecentMap } from '../../src/kit/recent-map';

/**
 * What a platform told of people, in memory: of so many, for so long. Whoever asks while the platform is being asked
 * waits for the same answer; what it did not tell is asked again.
 */
export interface KnownPeople<Known> {
  /**
   * Gives what is known under a key, or asks. `place`: the conversation by which the platform is asked, where it matters.
   * Rejects only where `ask` does.
   */
  find(key: string, ask: () => Promise<Known>, place?: string): Promise<Known>;
  /** Forgets those of whom the platform was asked in a conversation. */
  forgetPlace(place: string): void;
  clear(): void;
}

export interface KnownPeopleParts<Known> {
  /** Whether the platform told; what it did not tell is not kept. */
  readonly isTold: (known: Known) => boolean;
  readonly now: () => number;
}

interface Kept<Known> {
  readonly until: number;
  readonly place: string | undefined;
  readonly answer: Promise<Known>;
}

const KEPT = 2_000;
const KEPT_MS = 600_000;

/**
 * Remembers two thousand people for ten minutes each.
 *
 * @example
 * const known = createKnownPeople<Member>({ isTold: ({ membership }) => membership !== 'unknown', now });
 * const member = await known.find(JSON.stringify([tenant, user]), () => askPlatform(user));
 */
export function createKnownPeople<Known>({ isTold, now }: KnownPeopleParts<Known>): KnownPeople<Known> {
  const kept = new RecentMap<string, Kept<Known>>(KEPT);

  async function keepIfTold(key: string, asked: Promise<Known>): Promise<Known> {
    let told = false;
    try {
      const known = await asked;
      told = isTold(known);
      return known;
    } finally {
      if (!told && kept.get(key)?.answer === asked) kept.delete(key);
    }
  }

  return {
    find(key, ask, place) {
      const known = kept.get(key);
      if (known !== undefined && known.until > now()) return known.answer;
      const answer = ask();
      kept.set(key, { until: now() + KEPT_MS, place, answer });
      return keepIfTold(key, answer);
    },
    forgetPlace(place) {
      for (const [key, one] of kept) if (one.place === place) kept.delete(key);
    },
    clear: () => kept.clear(),
  };
}
