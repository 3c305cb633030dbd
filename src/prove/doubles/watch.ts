/** How often a condition on something besides the double is looked at. */
const LOOK_MS = 20;

export interface Watch {
  /** Something may have changed. */
  changed(): void;
  /** Resolves once the condition holds, and rejects when it did not within the time, or threw. */
  until(holds: () => boolean, withinMs?: number): Promise<void>;
}

/** Waiting for conditions: looked at after each call that arrives, many calls at once as one. */
export function createWatch(): Watch {
  const watchers = new Set<() => void>();
  let due = false;
  return {
    changed(): void {
      if (due || watchers.size === 0) return;
      due = true;
      setImmediate(() => {
        due = false;
        for (const watcher of [...watchers]) watcher();
      });
    },
    async until(holds: () => boolean, withinMs = 15_000): Promise<void> {
      if (holds()) return;
      await new Promise<void>((resolve, reject) => {
        const end = (settle: () => void): void => {
          clearTimeout(timer);
          clearInterval(again);
          watchers.delete(look);
          settle();
        };
        const look = (): void => {
          try {
            if (holds()) end(resolve);
          } catch (error) {
            end(() => reject(error));
          }
        };
        const again = setInterval(look, LOOK_MS);
        const timer = setTimeout(() => end(() => reject(new Error('the condition never held'))), withinMs);
        watchers.add(look);
      });
    },
  };
}
