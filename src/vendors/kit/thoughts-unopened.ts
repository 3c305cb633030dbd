/** What is known of one model: whether its prompt opens its thoughts, so that its answers only close them. */
export interface UnopenedThoughts {
  /** The words so far may be thoughts whose end will come. */
  mayBe(): boolean;
  /** They are, if their end did not come. */
  isLikely(): boolean;
  learn(opensElsewhere: boolean): void;
}

/**
 * Milliseconds for which the first words of a model are held back that nothing is known of: thoughts that nobody opened
 * are known by their end alone. Once in the life of the process.
 */
const HOLD_MS = 5_000;

/** Models whose makers' templates open the thoughts: DeepSeek-R1, QwQ, and those that have it in their name. */
const BY_NAME = /(?:^|[^a-z0-9])(?:r1|qwq)(?:$|[^a-z0-9])|think|reason/iu;

export interface UnopenedThoughtsByModel {
  /** For one answer of the model. */
  of(model: string): UnopenedThoughts;
}

/** Learns of each model by its answers. */
export function createUnopenedThoughts(now: () => number = () => performance.now()): UnopenedThoughtsByModel {
  const known = new Map<string, boolean>();
  return {
    of(model) {
      let since: number | undefined;
      return {
        mayBe() {
          const opensElsewhere = known.get(model);
          if (opensElsewhere !== undefined) return opensElsewhere;
          since ??= now();
          return BY_NAME.test(model) || now() - since < HOLD_MS;
        },
        isLikely: () => known.get(model) ?? BY_NAME.test(model),
        learn: (opensElsewhere) => void known.set(model, opensElsewhere),
      };
    },
  };
}

/** Of servers that take thoughts out themselves. */
export const NO_UNOPENED: UnopenedThoughts = { mayBe: () => false, isLikely: () => false, learn() {} };
