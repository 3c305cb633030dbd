import { sealText } from '../../../src/model/text';
import type { StreamPart } from '../../../src/vendors/connector';
import { withBreaker } from '../../../src/vendors/kit/breaker';
import { VendorError, type VendorErrorCategory } from '../../../src/vendors/kit/vendor-error';
import { listen, promptOf, scriptedVendor } from '../../support/vendors';

const OPTIONS = { failures: 3, firstPauseMs: 1_000, longestPauseMs: 4_000 };
const patient = (): AbortSignal => new AbortController().signal;
const whole: readonly StreamPart[] = [
  { type: 'delta', text: sealText('Hi') },
  { type: 'finish', reason: 'complete' },
];
const fails = (category: VendorErrorCategory): readonly VendorError[] => [new VendorError(category)];

describe('the breaker of a route', () => {
  let told: string[];
  const listener = { onBroken: () => void told.push('broken'), onRestored: () => void told.push('restored') };

  beforeEach(() => {
    told = [];
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  async function ask(
    connector: ReturnType<typeof withBreaker>,
    times: number,
    signal = patient(),
  ): Promise<readonly unknown[]> {
    const heard: unknown[] = [];
    for (let time = 0; time < times; time += 1) {
      const { error, words } = await listen(connector, promptOf('Hi'), signal);
      heard.push(error instanceof VendorError ? error.category : words);
    }
    return heard;
  }

  it('leaves a route alone that failed several times in a row, and tells the operator once', async () => {
    const { connector, state } = scriptedVendor(fails('network'));
    const guarded = withBreaker(connector, listener, OPTIONS);
    expect(await ask(guarded, 5)).toEqual(['network', 'network', 'network', 'overloaded', 'overloaded']);
    expect(state.attempts).toBe(3);
    expect(told).toEqual(['broken']);
  });

  it('tries one answer after a pause, and all of them once it came', async () => {
    const { connector, state } = scriptedVendor(fails('timeout'), fails('timeout'), fails('timeout'), whole);
    const guarded = withBreaker(connector, listener, OPTIONS);
    await ask(guarded, 3);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(await ask(guarded, 2)).toEqual(['Hi', 'Hi']);
    expect(state.attempts).toBe(5);
    expect(told).toEqual(['broken', 'restored']);
  });

  it('takes no sign of its own for one of the vendor’s, where an answer is waited for that never comes', async () => {
    const { connector, state } = scriptedVendor([{ type: 'life', isOurs: true }, new VendorError('timeout')]);
    const guarded = withBreaker(connector, listener, OPTIONS);
    expect(await ask(guarded, 4)).toEqual(['timeout', 'timeout', 'timeout', 'overloaded']);
    expect(state.attempts).toBe(3);
  });

  it('lets nobody wait for the trial of another', async () => {
    const { connector } = scriptedVendor(fails('timeout'), fails('timeout'), fails('timeout'), [50, ...whole]);
    const guarded = withBreaker(connector, listener, OPTIONS);
    await ask(guarded, 3);
    await jest.advanceTimersByTimeAsync(5_000);
    const trial = ask(guarded, 1);
    expect(await ask(guarded, 1)).toEqual(['overloaded']);
    await jest.advanceTimersByTimeAsync(50);
    expect(await trial).toEqual(['Hi']);
  });

  const outage = [fails('timeout'), fails('timeout'), fails('timeout')];

  it('learns nothing from a trial that somebody stopped: the next question is the trial', async () => {
    const { connector, state } = scriptedVendor(...outage, [1_000, ...whole], fails('network'), whole);
    const guarded = withBreaker(connector, listener, OPTIONS);
    await ask(guarded, 3);
    await jest.advanceTimersByTimeAsync(1_000);
    const stop = new AbortController();
    const trial = ask(guarded, 1, stop.signal);
    stop.abort();
    await jest.advanceTimersByTimeAsync(0);
    expect(await trial).toEqual(['cancelled']);
    expect(told).toEqual(['broken']);
    // No pause was added for it; the one after a trial that failed is twice the first.
    expect(await ask(guarded, 2)).toEqual(['network', 'overloaded']);
    await jest.advanceTimersByTimeAsync(1_999);
    expect(await ask(guarded, 1)).toEqual(['overloaded']);
    await jest.advanceTimersByTimeAsync(1);
    expect(await ask(guarded, 2)).toEqual(['Hi', 'Hi']);
    expect(told).toEqual(['broken', 'restored']);
    expect(state.attempts).toBe(7);
  });

  it.each([
    ['was stopped, whatever it ended with', fails('network'), true, false],
    ['was called off by somebody else', fails('cancelled'), false, false],
    ['never left for want of credentials', fails('auth'), false, false],
    ['was not let out', fails('residency'), false, false],
    ['was refused by the vendor', [new VendorError('auth', { status: 401 })], false, true],
    ['met a filter', fails('blocked-input'), false, true],
    ['was rate limited', fails('rate-limited'), false, true],
  ])('takes a trial that %s for what it is', async (_what, script, stopped, restores) => {
    const { connector, state } = scriptedVendor(...outage, script, whole);
    const guarded = withBreaker(connector, listener, OPTIONS);
    await ask(guarded, 3);
    await jest.advanceTimersByTimeAsync(1_000);
    await ask(guarded, 1, stopped ? AbortSignal.abort() : patient());
    expect(told).toEqual(restores ? ['broken', 'restored'] : ['broken']);
    expect(await ask(guarded, 1)).toEqual(['Hi']);
    expect(told).toEqual(['broken', 'restored']);
    expect(state.attempts).toBe(5);
  });

  it('does not let an answer that began before tell of a route that is left alone', async () => {
    const { connector } = scriptedVendor([1_500, ...whole], ...outage, whole);
    const guarded = withBreaker(connector, listener, OPTIONS);
    const early = ask(guarded, 1);
    await ask(guarded, 3);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(await early).toEqual(['Hi']);
    expect(told).toEqual(['broken']);
  });

  it('pauses at most so long', async () => {
    const { connector, state } = scriptedVendor(fails('timeout'));
    const guarded = withBreaker(connector, listener, OPTIONS);
    await ask(guarded, 3);
    for (const pauseMs of [1_000, 2_000, 4_000, 4_000]) {
      await jest.advanceTimersByTimeAsync(pauseMs);
      expect(await ask(guarded, 2)).toEqual(['timeout', 'overloaded']);
    }
    expect(state.attempts).toBe(7);
    expect(told).toEqual(['broken']);
  });

  it.each(['rate-limited', 'auth', 'blocked-input', 'context-too-long', 'cancelled', 'residency'] as const)(
    'does not count what is no outage: %s',
    async (category) => {
      const { connector, state } = scriptedVendor(fails(category));
      await ask(withBreaker(connector, listener, OPTIONS), 6);
      expect(state.attempts).toBe(6);
      expect(told).toEqual([]);
    },
  );

  it('counts a vendor that takes the question and does nothing more', async () => {
    const { connector, state } = scriptedVendor([{ type: 'life', isOpening: true }, new VendorError('protocol')]);
    const guarded = withBreaker(connector, listener, OPTIONS);
    expect(await ask(guarded, 4)).toEqual(['protocol', 'protocol', 'protocol', 'overloaded']);
    expect(state.attempts).toBe(3);
  });

  it('frees a trial that somebody left before it said anything', async () => {
    const { connector } = scriptedVendor(...outage, [{ type: 'life', isOpening: true }, ...whole]);
    const guarded = withBreaker(connector, listener, OPTIONS);
    await ask(guarded, 3);
    await jest.advanceTimersByTimeAsync(1_000);
    for await (const _part of guarded.stream(promptOf('Hi'), patient())) break;
    expect(told).toEqual(['broken']);
    expect(await ask(guarded, 1)).toEqual(['Hi']);
    expect(told).toEqual(['broken', 'restored']);
  });

  it.each(['timeout', 'network', 'truncated', 'overloaded', 'protocol'] as const)(
    'counts what is an outage: %s',
    async (category) => {
      const { connector, state } = scriptedVendor(fails(category));
      await ask(withBreaker(connector, listener, OPTIONS), 6);
      expect([state.attempts, told]).toEqual([3, ['broken']]);
    },
  );

  it('counts failures in a row: an answer between two begins anew, and one that was stopped does not', async () => {
    const stopped = AbortSignal.abort();
    const { connector, state } = scriptedVendor(...outage.slice(0, 2), whole, fails('network'));
    const guarded = withBreaker(connector, listener, OPTIONS);
    await ask(guarded, 5);
    expect([state.attempts, told]).toEqual([5, []]);
    await ask(guarded, 1, stopped);
    await ask(guarded, 1);
    expect(told).toEqual(['broken']);
  });

  it('leaves a route alone after five failures, for five seconds, where it is told nothing else', async () => {
    const { connector, state } = scriptedVendor(fails('network'));
    const guarded = withBreaker(connector, listener);
    await ask(guarded, 6);
    expect(state.attempts).toBe(5);
    await jest.advanceTimersByTimeAsync(4_999);
    expect(await ask(guarded, 1)).toEqual(['overloaded']);
    await jest.advanceTimersByTimeAsync(1);
    expect(await ask(guarded, 1)).toEqual(['network']);
  });

  it('tells of a route that is left alone once, though an answer that began before fails after it', async () => {
    const { connector, state } = scriptedVendor([1_500, new VendorError('network')], ...outage, whole);
    const guarded = withBreaker(connector, listener, { ...OPTIONS, firstPauseMs: 2_000 });
    const early = ask(guarded, 1);
    await ask(guarded, 3);
    await jest.advanceTimersByTimeAsync(1_500);
    expect([await early, told]).toEqual([['network'], ['broken']]);
    await jest.advanceTimersByTimeAsync(500);
    expect(await ask(guarded, 1)).toEqual(['Hi']);
    expect(state.attempts).toBe(5);
  });

  it('lets the reader of a trial that failed leave without freeing the next one', async () => {
    const { connector } = scriptedVendor(...outage, fails('timeout'), [1_000, ...whole]);
    const guarded = withBreaker(connector, listener, OPTIONS);
    await ask(guarded, 3);
    await jest.advanceTimersByTimeAsync(1_000);
    const failed = guarded.stream(promptOf('Hi'), patient())[Symbol.asyncIterator]();
    await expect(failed.next()).rejects.toMatchObject({ category: 'timeout' });
    await jest.advanceTimersByTimeAsync(2_000);
    const trial = ask(guarded, 1);
    expect(await failed.return?.()).toEqual({ done: true, value: undefined });
    expect(await ask(guarded, 1)).toEqual(['overloaded']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await trial).toEqual(['Hi']);
  });

  it('lets a reader leave that never asked for a part, also where the vendor’s stream cannot be left', async () => {
    const { connector } = scriptedVendor(whole);
    const parts = { next: async () => ({ done: false, value: { type: 'life' } }) as const };
    const bare = { ...connector, stream: () => ({ [Symbol.asyncIterator]: () => parts }) };
    const reader = withBreaker(bare, listener, OPTIONS).stream(promptOf('Hi'), patient())[Symbol.asyncIterator]();
    expect(await reader.return?.()).toEqual({ done: true, value: undefined });
  });

  it('does not count what fails after the first part, even where one failure is enough', async () => {
    const { connector, state } = scriptedVendor([...whole.slice(0, 1), new VendorError('truncated')]);
    await ask(withBreaker(connector, listener, { ...OPTIONS, failures: 1 }), 2);
    expect([state.attempts, told]).toEqual([2, []]);
  });

  it('does not count what fails after the first part', async () => {
    const { connector, state } = scriptedVendor([...whole.slice(0, 1), new VendorError('truncated')]);
    await ask(withBreaker(connector, listener, OPTIONS), 6);
    expect(state.attempts).toBe(6);
  });
});
