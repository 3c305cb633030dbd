import { sealText } from '../../../src/model/text';
import type { StreamPart } from '../../../src/vendors/connector';
import { RETRIES, withDeadlines, withRetries } from '../../../src/vendors/kit/resilience';
import { VendorError, type VendorErrorCategory } from '../../../src/vendors/kit/vendor-error';
import { listen, promptOf, scriptedVendor } from '../../support/vendors';

const delta = (words: string): StreamPart => ({ type: 'delta', text: sealText(words) });
const finish: StreamPart = { type: 'finish', reason: 'complete' };
const life: StreamPart = { type: 'life' };

describe('the patience with a vendor', () => {
  const patient = (): AbortSignal => new AbortController().signal;
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const deadlines = { silenceMs: 60, firstDeltaMs: 120, betweenDeltasMs: 30, wholeMs: 300 };

  it('lets a slow but steady answer pass', async () => {
    const { connector } = scriptedVendor([59, delta('a'), 29, delta('b'), 29, delta('c'), 29, finish]);
    const heard = listen(withDeadlines(connector, deadlines), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(200);
    expect(await heard).toMatchObject({ words: 'abc', finish, error: undefined });
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    ['the first sign of life', [61, life, delta('a'), finish], ''],
    [
      'the first delta of one that thinks',
      [life, ...Array.from({ length: 12 }, () => [10, life]).flat(), delta('a')],
      '',
    ],
    ['the first delta of one that went silent', [59, life, 62, delta('a'), finish], ''],
    ['the next delta', [delta('a'), 31, delta('b'), finish], 'a'],
    ['the next delta of one that thought before', [life, delta('a'), 31, delta('b'), finish], 'a'],
    [
      'the whole answer',
      [delta('a'), ...Array.from({ length: 40 }, () => [20, delta('.')]).flat(), finish],
      /^a\.{14}$/,
    ],
  ] as const)('ends when %s takes too long', async (_what, steps, words) => {
    const { connector, state } = scriptedVendor(steps);
    const heard = listen(withDeadlines(connector, deadlines), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await heard).toMatchObject({ error: { category: 'timeout' }, finish: undefined });
    expect((await heard).words).toMatch(words === '' ? /^$/ : words);
    expect(state.aborted).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    ['thinks', [50, life, ...Array.from({ length: 11 }, () => [6, life]).flat(), delta('a'), finish]],
    ['thinks without a word of it', [1, life, 118, delta('a'), finish]],
    ['took the question', [1, { type: 'life', isOpening: true }, 118, delta('a'), finish]],
    ['thinks between two deltas', [delta('a'), ...Array.from({ length: 9 }, () => [29, life]).flat(), finish]],
  ] as const)('waits for a vendor that %s', async (_what, steps) => {
    const { connector, state } = scriptedVendor(steps);
    const guarded = withRetries(withDeadlines(connector, deadlines));
    const heard = listen(guarded, promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await heard).toMatchObject({ words: 'a', finish, error: undefined });
    expect(state.attempts).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not wait longer for a sign of life than for the first delta', async () => {
    const { connector } = scriptedVendor([61, delta('a'), finish]);
    const impatient = withDeadlines(connector, { ...deadlines, silenceMs: 300, firstDeltaMs: 60 });
    const heard = listen(impatient, promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(61);
    expect((await heard).error).toMatchObject({ category: 'timeout' });
  });

  it.each([
    ['said nothing at all', [61, delta('a'), finish]],
    ['was at work', [10, life, 111, delta('a'), finish]],
  ] as const)('asks nobody again that %s when it ended: it may be paid for', async (_what, steps) => {
    const { connector, state } = scriptedVendor(steps);
    const heard = listen(withRetries(withDeadlines(connector, deadlines)), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(5_000);
    expect((await heard).error).toMatchObject({ category: 'timeout' });
    expect(state.attempts).toBe(1);
  });

  it('does not hold it against the vendor that the reader takes its time', async () => {
    const { connector } = scriptedVendor([delta('a'), delta('b'), finish]);
    const parts: string[] = [];
    const reading = (async () => {
      for await (const part of withDeadlines(connector, deadlines).stream(promptOf('Hi'), patient())) {
        parts.push(part.type);
        await new Promise((resolve) => setTimeout(resolve, 90));
      }
    })();
    await jest.advanceTimersByTimeAsync(1_000);
    await reading;
    expect(parts).toEqual(['delta', 'delta', 'finish']);
  });

  it('tells Stop from a timeout', async () => {
    const { connector } = scriptedVendor([1_000]);
    const stop = new AbortController();
    const heard = listen(withDeadlines(connector, deadlines), promptOf('Hi'), stop.signal);
    await jest.advanceTimersByTimeAsync(10);
    stop.abort();
    expect((await heard).error).toMatchObject({ category: 'cancelled' });
  });

  it('leaves no timer behind where the vendor fails while it is waited for', async () => {
    const { connector } = scriptedVendor([10, new VendorError('network')]);
    const heard = listen(withDeadlines(connector, deadlines), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(10);
    expect((await heard).error).toMatchObject({ category: 'network' });
    expect(jest.getTimerCount()).toBe(0);
  });

  /** What a vendor is given to give up by, while it answers as the test says. */
  function watched(parts: AsyncIterator<StreamPart>) {
    const { connector } = scriptedVendor([]);
    const state: { signal: AbortSignal | undefined } = { signal: undefined };
    const stream: typeof connector.stream = (_prompt, signal) => {
      state.signal = signal;
      return { [Symbol.asyncIterator]: () => parts };
    };
    return { connector: { ...connector, stream }, state };
  }
  const ended: AsyncIterator<StreamPart> = { next: async () => ({ done: true, value: undefined }) };

  it('lets the vendor know at once of a stop that came before it was asked, and not of one that comes after it', async () => {
    const before = watched(ended);
    withDeadlines(before.connector, deadlines).stream(promptOf('Hi'), AbortSignal.abort())[Symbol.asyncIterator]();
    expect(before.state.signal?.aborted).toBe(true);

    const stop = new AbortController();
    const after = watched(ended);
    await listen(withDeadlines(after.connector, deadlines), promptOf('Hi'), stop.signal);
    stop.abort();
    expect(after.state.signal?.aborted).toBe(false);
  });

  it('lets a reader leave, and the vendor’s stream with it where that can be left', async () => {
    let left = 0;
    const parts = {
      ...ended,
      return: async () => {
        left += 1;
        return { done: true, value: undefined } as const;
      },
    };
    for (const kind of [withDeadlines, withRetries])
      for (const one of [parts, ended]) {
        const reader = kind(watched(one).connector).stream(promptOf('Hi'), patient())[Symbol.asyncIterator]();
        await reader.next();
        expect(await reader.return?.()).toStrictEqual({ done: true, value: undefined });
        const never = kind(watched(one).connector).stream(promptOf('Hi'), patient())[Symbol.asyncIterator]();
        expect(await never.return?.()).toStrictEqual({ done: true, value: undefined });
      }
    expect(left).toBe(3);
  });

  it.each([
    ['a sign of life for a minute', [60_000], 59_999],
    ['the first words for five minutes', [1, life, 300_000], 299_999],
    ['more words for half a minute', [delta('a'), 30_000], 29_999],
  ])('waits for %s where it is told nothing else', async (_what, steps, ms) => {
    const { connector, state } = scriptedVendor([...steps, delta('b'), finish]);
    const heard = listen(withDeadlines(connector), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(ms);
    expect(state.aborted).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect((await heard).error).toMatchObject({ category: 'timeout' });
  });

  it('waits for a whole answer for ten minutes where it is told nothing else', async () => {
    const { connector, state } = scriptedVendor([
      delta('a'),
      ...Array.from({ length: 100 }, () => [20_000, delta('.')]).flat(),
    ]);
    const heard = listen(withDeadlines(connector), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(599_999);
    expect(state.aborted).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    expect((await heard).error).toMatchObject({ category: 'timeout' });
  });

  it('leaves no timer behind when the reader leaves early', async () => {
    const { connector } = scriptedVendor([delta('a'), 1_000]);
    for await (const _part of withDeadlines(connector, deadlines).stream(promptOf('Hi'), patient())) break;
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('another try', () => {
  const patient = (): AbortSignal => new AbortController().signal;
  const quick = { ...RETRIES, again: 2, pauseMs: 100, longestPauseMs: 1_000, random: () => 1 };
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it.each<VendorErrorCategory>(['timeout', 'network', 'truncated', 'rate-limited', 'overloaded', 'protocol'])(
    'is made after %s before the first delta',
    async (category) => {
      const { connector, state } = scriptedVendor([new VendorError(category)], [delta('a'), finish]);
      const heard = listen(withRetries(connector, quick), promptOf('Hi'), patient());
      await jest.advanceTimersByTimeAsync(100);
      expect(await heard).toMatchObject({ words: 'a', finish, error: undefined });
      expect(state.attempts).toBe(2);
    },
  );

  it.each<VendorErrorCategory>([
    'cancelled',
    'quota',
    'auth',
    'configuration',
    'residency',
    'context-too-long',
    'blocked-input',
    'blocked-output',
    'bad-request',
    'unknown',
  ])('is not made after %s', async (category) => {
    const { connector, state } = scriptedVendor([new VendorError(category)], [delta('a'), finish]);
    const heard = await listen(withRetries(connector, quick), promptOf('Hi'), patient());
    expect(heard.error).toMatchObject({ category });
    expect(state.attempts).toBe(1);
  });

  it.each<VendorErrorCategory>(['timeout', 'network', 'truncated', 'rate-limited', 'overloaded', 'protocol'])(
    'is never made after %s of a vendor that thought',
    async (category) => {
      const thinks = { type: 'life', isThought: true } as const;
      const { connector, state } = scriptedVendor([thinks, life, new VendorError(category)], [delta('a'), finish]);
      const heard = await listen(withRetries(connector, quick), promptOf('Hi'), patient());
      expect(heard.error).toMatchObject({ category });
      expect(state.attempts).toBe(1);
    },
  );

  it.each<VendorErrorCategory>(['timeout', 'network', 'truncated', 'protocol'])(
    'is never made after %s of a vendor that sent an event: it may have been at work',
    async (category) => {
      const { connector, state } = scriptedVendor([life, new VendorError(category)], [delta('a'), finish]);
      const heard = await listen(withRetries(connector, quick), promptOf('Hi'), patient());
      expect(heard.error).toMatchObject({ category });
      expect(state.attempts).toBe(1);
    },
  );

  it.each<VendorErrorCategory>(['rate-limited', 'overloaded'])(
    'is made after %s of a vendor that sent an event and did not think',
    async (category) => {
      const { connector, state } = scriptedVendor([life, life, new VendorError(category)], [life, delta('a'), finish]);
      const heard = listen(withRetries(connector, quick), promptOf('Hi'), patient());
      await jest.advanceTimersByTimeAsync(100);
      expect(await heard).toMatchObject({ words: 'a', finish, error: undefined });
      expect(state.attempts).toBe(2);
    },
  );

  it('is made of a vendor that took the question and did nothing more, and gives what comes then', async () => {
    const opening: StreamPart = { type: 'life', isOpening: true };
    const { connector, state } = scriptedVendor(
      [opening, new VendorError('network')],
      [opening, new VendorError('protocol')],
      [opening, delta('a'), new VendorError('network')],
      [delta('b'), finish],
    );
    const heard = listen(withRetries(connector, quick), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await heard).toMatchObject({ words: 'a', error: { category: 'network' } });
    expect(state.attempts).toBe(3);
  });

  it('does not begin when so much time has passed since the first', async () => {
    const { connector, state } = scriptedVendor([800, new VendorError('overloaded')]);
    const heard = listen(withRetries(connector, { ...quick, withinMs: 1_000 }), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(5_000);
    expect((await heard).error).toMatchObject({ category: 'overloaded' });
    expect(state.attempts).toBe(2);
  });

  it.each(['network', 'overloaded'] as const)('is never made once a word was given: %s', async (category) => {
    const { connector, state } = scriptedVendor([delta('a'), new VendorError(category)], [delta('b'), finish]);
    const heard = await listen(withRetries(connector, quick), promptOf('Hi'), patient());
    expect(heard).toMatchObject({ words: 'a', error: { category } });
    expect(state.attempts).toBe(1);
  });

  it('is not made of an answer that ends without a word', async () => {
    const { connector, state } = scriptedVendor([], [delta('b'), finish]);
    expect(await listen(withRetries(connector, quick), promptOf('Hi'), patient())).toMatchObject({
      words: '',
      error: undefined,
    });
    expect(state.attempts).toBe(1);
  });

  it.each([
    [200, 2],
    [199, 1],
  ])('does not begin after its time, its pause included: within %i ms, %i attempts', async (withinMs, attempts) => {
    const { connector, state } = scriptedVendor([100, new VendorError('overloaded')], [delta('a'), finish]);
    const heard = listen(withRetries(connector, { ...quick, withinMs }), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(1_000);
    await heard;
    expect(state.attempts).toBe(attempts);
  });

  it('may come after half of the pause, by chance', async () => {
    const { connector, state } = scriptedVendor([new VendorError('overloaded')], [finish]);
    const heard = listen(withRetries(connector, { ...quick, random: () => 0 }), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(49);
    expect(state.attempts).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect((await heard).finish).toEqual(finish);
  });

  it('is made twice, after at most half a second and a second, where it is told nothing else', async () => {
    const { connector, state } = scriptedVendor([new VendorError('overloaded')]);
    const heard = listen(withRetries(connector), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(249);
    expect(state.attempts).toBe(1);
    await jest.advanceTimersByTimeAsync(251);
    expect(state.attempts).toBe(2);
    await jest.advanceTimersByTimeAsync(1_000);
    await heard;
    expect(state.attempts).toBe(3);
    const late = scriptedVendor([new VendorError('rate-limited', { retryAfterMs: 15_001 })], [finish]);
    expect((await listen(withRetries(late.connector), promptOf('Hi'), patient())).error).toBeDefined();
  });

  it('waits longer each time, then gives up with what the vendor said last', async () => {
    const { connector, state } = scriptedVendor([new VendorError('overloaded', { status: 503 })]);
    const heard = listen(withRetries(connector, quick), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(99);
    expect(state.attempts).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(state.attempts).toBe(2);
    await jest.advanceTimersByTimeAsync(199);
    expect(state.attempts).toBe(2);
    await jest.advanceTimersByTimeAsync(1);
    expect((await heard).error).toMatchObject({ category: 'overloaded', status: 503 });
    expect(state.attempts).toBe(3);
  });

  it('comes when the vendor said, and not at all when that is too late', async () => {
    const soon = scriptedVendor([new VendorError('rate-limited', { retryAfterMs: 900 })], [finish]);
    const heard = listen(withRetries(soon.connector, quick), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(899);
    expect(soon.state.attempts).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect((await heard).finish).toEqual(finish);

    const last = scriptedVendor([new VendorError('rate-limited', { retryAfterMs: 1_000 })], [finish]);
    const waited = listen(withRetries(last.connector, quick), promptOf('Hi'), patient());
    await jest.advanceTimersByTimeAsync(1_000);
    expect((await waited).finish).toEqual(finish);

    const late = scriptedVendor([new VendorError('rate-limited', { retryAfterMs: 1_001 })], [finish]);
    const told = await listen(withRetries(late.connector, quick), promptOf('Hi'), patient());
    expect(told.error).toMatchObject({ category: 'rate-limited', retryAfterMs: 1_001 });
    expect(late.state.attempts).toBe(1);
  });

  it('is called off by Stop while it waits', async () => {
    const { connector, state } = scriptedVendor([new VendorError('overloaded')]);
    const stop = new AbortController();
    const heard = listen(withRetries(connector, quick), promptOf('Hi'), stop.signal);
    await jest.advanceTimersByTimeAsync(50);
    stop.abort();
    await jest.advanceTimersByTimeAsync(1_000);
    expect((await heard).error).toMatchObject({ category: 'cancelled' });
    expect(state.attempts).toBe(1);
  });

  it('asks whether it may before every further attempt, and takes no for an answer', async () => {
    const { connector, state } = scriptedVendor([new VendorError('overloaded')], [delta('a'), finish]);
    let asked = 0;
    const parts = withRetries(connector, { ...RETRIES, pauseMs: 10, random: () => 0 }).stream(
      promptOf('Hi'),
      patient(),
      async () => {
        asked += 1;
        return false;
      },
    );
    const heard = parts[Symbol.asyncIterator]().next();
    const failed = expect(heard).rejects.toMatchObject({ category: 'overloaded' });
    await jest.advanceTimersByTimeAsync(100);
    await failed;
    expect([asked, state.attempts]).toEqual([1, 1]);
  });
});
