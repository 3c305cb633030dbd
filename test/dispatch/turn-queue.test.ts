import { setImmediate as nextRound } from 'node:timers/promises';
import { createTurnQueue } from '../../src/dispatch/turn-queue';

describe('the turn queue', () => {
  it('starts at most one piece of work in a round of the event loop', async () => {
    const queue = createTurnQueue({ running: 10, waiting: 10 });
    const started: number[] = [];
    for (const id of [1, 2, 3])
      queue.add(async () => {
        started.push(id);
        await new Promise(() => {});
      });
    expect(started).toEqual([]);
    const seen: number[] = [];
    while (started.length < 3) {
      await nextRound();
      seen.push(started.length);
    }
    expect(started).toEqual([1, 2, 3]);
    expect(seen.every((count, index) => count - (seen[index - 1] ?? 0) <= 1)).toBe(true);
  });

  it('runs no more at once than it may, and starts the next when one ends', async () => {
    const queue = createTurnQueue({ running: 2, waiting: 10 });
    const ends: (() => void)[] = [];
    let running = 0;
    let most = 0;
    const done: Promise<void>[] = [];
    for (let id = 0; id < 6; id += 1)
      done.push(
        new Promise((resolve) => {
          queue.add(async () => {
            running += 1;
            most = Math.max(most, running);
            await new Promise<void>((end) => ends.push(end));
            running -= 1;
            resolve();
          });
        }),
      );
    let ended = 0;
    while (ended < 6) {
      await nextRound();
      if (running < Math.min(2, 6 - ended)) continue;
      ends[ended]?.();
      ended += 1;
    }
    await Promise.all(done);
    expect(most).toBe(2);
  });

  it('refuses work beyond what may wait, and takes it again once there is room', async () => {
    const queue = createTurnQueue({ running: 1, waiting: 2 });
    let finished = 0;
    const work = async (): Promise<void> => {
      finished += 1;
    };
    expect([queue.add(work), queue.add(work), queue.add(work)]).toEqual([true, true, false]);
    while (finished < 2) await nextRound();
    expect(queue.add(work)).toBe(true);
  });

  it('keeps its order over thousands of pieces', async () => {
    const queue = createTurnQueue({ running: 1, waiting: 5_000 });
    const order: number[] = [];
    for (let id = 0; id < 3_000; id += 1)
      queue.add(async () => {
        order.push(id);
      });
    while (order.length < 3_000) await nextRound();
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  it('gives the place of work that failed to the next', async () => {
    const queue = createTurnQueue({ running: 1, waiting: 2 });
    let finished = false;
    queue.add(async () => {
      throw new Error('broke');
    });
    queue.add(async () => {
      finished = true;
    });
    while (!finished) await nextRound();
    expect(finished).toBe(true);
  });
});
