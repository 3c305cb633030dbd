import { setImmediate as nextRound } from 'node:timers/promises';

let test = 0;
afterEach(() => {
  test += 1;
});

/** Resolves once it is so, looked at in each round of the event loop; rejects where the test is over before. */
export async function until(isSo: () => boolean): Promise<void> {
  const mine = test;
  while (!isSo()) {
    if (test !== mine) throw new Error('The test is over.');
    await nextRound();
  }
}
