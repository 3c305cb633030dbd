import { createSettling } from '../../../src/vendors/kit/settling';

/** A stream that brings nothing more until it is hung up on. */
function silent() {
  let end = (): void => {};
  const events: AsyncIterator<string> = {
    next: () =>
      new Promise((resolve) => {
        end = () => resolve({ done: true, value: undefined });
      }),
  };
  return { events, end: () => end() };
}

/** Milliseconds after which a stream that stays open is hung up on. */
async function waited(hear: (settling: ReturnType<typeof createSettling>) => void | Promise<void>) {
  const { events, end } = silent();
  const settling = createSettling(end);
  await hear(settling);
  const from = performance.now();
  const next = settling.next(events);
  await jest.advanceTimersByTimeAsync(60_000);
  const late = settling.isSettled();
  end();
  await next;
  return { settling, late, from };
}

describe('a stream that may stay open', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is waited for as it is while the vendor said nothing of its end', async () => {
    const { late, settling } = await waited(({ hear }) => hear('words', undefined));
    expect(late).toBe(false);
    expect(settling.isDoubted()).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    ['its last event', { isLast: true }, 500],
    ['a reason to end', {}, 10_000],
    ['a reason that is expressly not the last event', { isLast: false }, 10_000],
  ])('is hung up on after %s', async (_what, ending, ms) => {
    const { events, end } = silent();
    const settling = createSettling(end);
    settling.hear('', ending);
    const next = settling.next(events);
    await jest.advanceTimersByTimeAsync(ms - 1);
    expect(settling.isSettled()).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(settling.isSettled()).toBe(true);
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it.each([
    ['words, which begin the time again, and make it longer', 'x', {}, 20_000],
    ['a sign of life, which does not', '', {}, 10_000 - 4_000],
    ['its last event, which makes it short', '', { isLast: true }, 500],
  ])('is waited for after a reason to end, and then %s', async (_what, words, ending, ms) => {
    const { events, end } = silent();
    const settling = createSettling(end);
    settling.hear('', {});
    await jest.advanceTimersByTimeAsync(4_000);
    settling.hear(words, ending);
    const next = settling.next(events);
    await jest.advanceTimersByTimeAsync(ms - 1);
    expect(settling.isSettled()).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(settling.isSettled()).toBe(true);
    expect(settling.isDoubted()).toBe(words !== '');
    await next;
  });

  it('has its reason doubted by words that follow it alone: not by those that come with it', () => {
    const settling = createSettling(() => {});
    settling.hear('with it', {});
    expect(settling.isDoubted()).toBe(false);
    settling.hear('', {});
    expect(settling.isDoubted()).toBe(false);
    settling.hear('after it', {});
    expect(settling.isDoubted()).toBe(true);
  });

  it('leaves no timer behind where its next event comes in time', async () => {
    const settling = createSettling(() => {});
    settling.hear('', {});
    async function* soon(): AsyncGenerator<string> {
      yield 'more';
    }
    expect(await settling.next(soon())).toEqual({ done: false, value: 'more' });
    expect(jest.getTimerCount()).toBe(0);
    expect(settling.isSettled()).toBe(false);
  });
});
