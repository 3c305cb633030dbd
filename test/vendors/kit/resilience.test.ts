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

  it('is never made once a word was given', async () => {
    const { connector, state } = scriptedVendor([delta('a'), new VendorError('network')], [delta('b'), finish]);
    const heard = await listen(withRetries(connector, quick), promptOf('Hi'), patient());
    expect(heard).toMatchObject({ words: 'a', error: { category: 'network' } });
    expect(state.attempts).toBe(1);
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
