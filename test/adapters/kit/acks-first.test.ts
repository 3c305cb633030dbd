import { setImmediate as nextRound } from 'node:timers/promises';
import { createAcksFirst } from '../../../adapters/kit/acks-first';

async function rounds(count: number, before: () => void = () => {}): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    before();
    await nextRound();
  }
}

describe('work on what was acknowledged', () => {
  it('waits for the rounds that bring no request, and is done in order, one a round', async () => {
    const done: number[] = [];
    // However slow the machine is: no time passes here.
    const queue = createAcksFirst(
      (item: number) => done.push(item),
      () => 0,
    );
    for (const item of [1, 2, 3]) queue.add(item);
    expect(done).toEqual([]);
    await rounds(3, () => queue.requestCame());
    expect(done).toEqual([]);
    await rounds(2);
    expect(done.length).toBeLessThanOrEqual(2);
    await rounds(4);
    expect(done).toEqual([1, 2, 3]);
  });

  it('is begun all the same where requests never cease', async () => {
    const done: number[] = [];
    let ms = 0;
    const queue = createAcksFirst(
      (item: number) => done.push(item),
      () => ms,
    );
    queue.add(1);
    ms = 100;
    await rounds(3, () => queue.requestCame());
    expect(done).toEqual([]);
    ms = 101;
    await rounds(2, () => queue.requestCame());
    expect(done).toEqual([1]);
  });

  it('has a bound, and room again once it is done', async () => {
    const queue = createAcksFirst(() => {});
    for (let item = 0; item < 10_000; item += 1) queue.add(item);
    expect(queue.isFull).toBe(true);
    await rounds(3);
    expect(queue.isFull).toBe(false);
  });
});
