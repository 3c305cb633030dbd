import { RecentMap } from '../kit/recent-map';

/** Wrong guesses that are heard at once, and milliseconds until one more is. */
interface Allowance {
  readonly atOnce: number;
  readonly everyMs: number;
}

export interface GuessLimits {
  readonly perAddress: Allowance;
  readonly altogether: Allowance;
  /** Addresses that are remembered; the one that was not heard of for longest is forgotten first. */
  readonly addresses: number;
}

const GUESS_LIMITS: GuessLimits = {
  perAddress: { atOnce: 10, everyMs: 6_000 },
  altogether: { atOnce: 100, everyMs: 1_000 },
  addresses: 1_024,
};

/** Counts the wrong guesses at a secret. Nobody is kept out for good: what was used up comes back with time. */
export interface Guesses {
  /** Milliseconds until the address may guess; 0 where it may now. */
  waitOf(address: string): number;
  /** Counts one; `true` where it was the last that the address, or everybody, had. */
  wrong(address: string): boolean;
  /** The address knew the secret: what others use up is no longer its concern. */
  right(address: string): void;
}

export function createGuesses(now: () => number, limits: GuessLimits = GUESS_LIMITS): Guesses {
  const { perAddress, altogether, addresses } = limits;
  const used = new RecentMap<string, Bucket>(addresses);
  const known = new RecentMap<string, true>(addresses);
  const everybody = createBucket(altogether, now);

  const bucketOf = (address: string): Bucket => used.get(address) ?? createBucket(perAddress, now);

  return {
    waitOf(address) {
      const key = networkOf(address);
      const own = used.get(key)?.waitMs() ?? 0;
      return known.get(key) === true ? own : Math.max(own, everybody.waitMs());
    },
    wrong(address) {
      const key = networkOf(address);
      const bucket = bucketOf(key);
      used.set(key, bucket);
      const isOwnLast = bucket.take();
      return everybody.take() || isOwnLast;
    },
    right(address) {
      known.set(networkOf(address), true);
    },
  };
}

interface Bucket {
  waitMs(): number;
  /** `true` where nothing is left. */
  take(): boolean;
}

function createBucket({ atOnce, everyMs }: Allowance, now: () => number): Bucket {
  /** When all of it is there again. */
  let fullAt = now();
  const waitMs = (): number => Math.max(0, fullAt - (atOnce - 1) * everyMs - now());
  return {
    waitMs,
    take() {
      fullAt = Math.max(fullAt, now()) + everyMs;
      return waitMs() > 0;
    },
  };
}

/** What one client can have at will: an address of IPv4, or the 64 bits in front of one of IPv6. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(?<four>[\d.]+)$/iu.exec(address)?.groups?.four;
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [front = '', back = ''] = address.toLowerCase().split('::');
  const before = front === '' ? [] : front.split(':');
  const after = back.split(':');
  const zeros = Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after].slice(0, 4).join(':');
}
