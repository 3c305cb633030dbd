import { pause, untilAborted, within } from '../../src/kit/wait';

/** Whether a promise has settled by now. */
async function isOver(work: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  return (await Promise.race([work, Promise.resolve(open)])) !== open;
}

describe('waiting', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  describe('for a while', () => {
    it('ends when the time is over, and not before', async () => {
      const waiting = pause(100);
      jest.advanceTimersByTime(99);
      expect(await isOver(waiting)).toBe(false);
      jest.advanceTimersByTime(1);
      expect(await isOver(waiting)).toBe(true);
    });

    it('ends at once when it is given up, leaving no timer and no listener', async () => {
      const giveUp = new AbortController();
      const waiting = pause(100, giveUp.signal);
      const removed = jest.spyOn(giveUp.signal, 'removeEventListener');
      giveUp.abort();
      await waiting;
      expect([jest.getTimerCount(), removed.mock.calls.length]).toEqual([0, 1]);
    });

    it('does not begin where there is nothing to wait for', async () => {
      await pause(0);
      await pause(-5);
      await pause(100, AbortSignal.abort());
      expect(jest.getTimerCount()).toBe(0);
    });

    it('keeps the process only where it is not idle', () => {
      const made = jest.spyOn(globalThis, 'setTimeout');
      void pause(100);
      void pause(100, undefined, { idle: true });
      expect(made.mock.results.map(({ value }) => value.hasRef())).toEqual([true, false]);
      made.mockRestore();
    });
  });

  describe('for work, so long and no longer', () => {
    it('gives what came of it', async () => {
      expect(await within(Promise.resolve('done'), 100, 'late')).toBe('done');
      expect(jest.getTimerCount()).toBe(0);
    });

    it.each<[string, (work: { fail: () => void; stop: () => void }) => void]>([
      ['takes longer', () => jest.advanceTimersByTime(100)],
      ['fails', ({ fail }) => fail()],
      ['is broken off', ({ stop }) => stop()],
    ])('gives the other thing where it %s', async (_name, happen) => {
      const giveUp = new AbortController();
      const { promise, reject } = Promise.withResolvers<string>();
      const waiting = within(promise, 100, 'late', giveUp.signal);
      happen({ fail: () => reject(new Error('x')), stop: () => giveUp.abort() });
      expect(await waiting).toBe('late');
      expect(jest.getTimerCount()).toBe(0);
      reject(new Error('nobody waits any more'));
    });

    it('gives it also where it was broken off before', async () => {
      expect(await within(new Promise(() => undefined), 100, 'late', AbortSignal.abort())).toBe('late');
    });
  });

  describe('for work, until it is given up', () => {
    it('gives what came of it, or rejects as it does', async () => {
      const { signal } = new AbortController();
      expect(await untilAborted(Promise.resolve('done'), signal)).toBe('done');
      await expect(untilAborted(Promise.reject(new RangeError('x')), signal)).rejects.toThrow(RangeError);
    });

    it('rejects with the reason as soon as it is given up, whatever becomes of the work', async () => {
      const giveUp = new AbortController();
      const { promise, reject } = Promise.withResolvers<string>();
      const waiting = untilAborted(promise, giveUp.signal);
      giveUp.abort(new TypeError('enough'));
      await expect(waiting).rejects.toThrow('enough');
      reject(new Error('nobody waits any more'));
      await expect(
        untilAborted(new Promise(() => undefined), AbortSignal.abort(new TypeError('before'))),
      ).rejects.toThrow('before');
    });
  });
});
