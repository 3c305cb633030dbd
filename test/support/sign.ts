import type { Timers } from '../../adapters/kit/timers';
import type { WorkSign } from '../../src/model/adapter';

/** A sign that nobody sees. */
export const noSign: WorkSign = { show() {}, hide: async () => {} };

/** A clock that stands still until it is wound. */
export function aClock(): Timers & { wind(ms: number): void; readonly waiting: number } {
  let now = 0;
  const due = new Set<{ readonly at: number; readonly work: () => void }>();
  return {
    after(ms, work) {
      const one = { at: now + ms, work };
      due.add(one);
      return () => due.delete(one);
    },
    wind(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...due].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at);
        if (next === undefined) break;
        due.delete(next);
        now = next.at;
        next.work();
      }
      now = until;
    },
    get waiting() {
      return due.size;
    },
  };
}
