import process from 'node:process';
import type { Log } from '../log/log';

/** One step of stopping. What it gives is waited for; where it rejects, the program ends at once. */
export type StopStep = () => unknown;

/**
 * Stops the program when it is told to (SIGINT, SIGTERM): one step after the other, in this order, and then it ends
 * with 0. It ends with 1 where a step fails, and where it is told a second time.
 *
 * @example
 * stopOnSignals([() => server.stop(), () => store.close()], log);
 */
export function stopOnSignals(steps: readonly StopStep[], log: Log): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info('stopping', { signal });
      void inOrder(steps).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
}

async function inOrder(steps: readonly StopStep[]): Promise<void> {
  for (const step of steps) await step();
}
