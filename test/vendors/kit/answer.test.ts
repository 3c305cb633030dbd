import { openText } from '../../../src/model/text';
import { type AnswerReader, answerOf, type Ending, type Said } from '../../../src/vendors/kit/answer';
import { VendorError } from '../../../src/vendors/kit/vendor-error';

/** An event of a vendor that is made up: what it says, and whether the answer ends. */
interface Event extends Partial<Said> {
  readonly ending?: Ending;
}

const ENDS: Ending = { how: 'complete' };

function createReader(): AnswerReader<Event> {
  let ending: Ending | undefined;
  return {
    read({ ending: told, words = '' }) {
      ending = told ?? ending;
      return { words };
    },
    ending: () => ending,
  };
}

/** A stream that brings these events, each after so many milliseconds, and then stays open. */
async function* stayingOpen(steps: readonly (readonly [ms: number, event: Event])[], signal: AbortSignal) {
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      setTimeout(resolve, ms);
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  for (const [ms, event] of steps) {
    await pause(ms);
    yield event;
  }
  await pause(3_600_000);
}

/** Milliseconds until the answer is over, and how it ended. */
async function settled(steps: readonly (readonly [ms: number, event: Event])[], stopAfterMs?: number) {
  const stop = new AbortController();
  if (stopAfterMs !== undefined) setTimeout(() => stop.abort(), stopAfterMs);
  const answer = answerOf(
    {
      open: async (signal) => ({ events: stayingOpen(steps, signal), requestId: undefined }),
      reader: createReader(),
      errorOf: () => new VendorError('network'),
    },
    stop.signal,
  );
  const from = performance.now();
  const listening = (async () => {
    let words = '';
    try {
      for await (const part of answer) {
        if (part.type === 'delta') words += openText(part.text);
        if (part.type === 'finish') return { words, reason: part.reason };
      }
    } catch (error) {
      return { words, category: error instanceof VendorError ? error.category : undefined };
    }
    return { words };
  })();
  let over: { ms: number } | undefined;
  const watching = listening.then((told) => {
    over = { ms: performance.now() - from };
    return told;
  });
  while (over === undefined) await jest.advanceTimersByTimeAsync(100);
  return { ...(await watching), ms: Math.round((over as { ms: number }).ms / 100) * 100 };
}

describe('a stream that stays open after the end of its answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is left soon where nothing comes after it', async () => {
    const last = { ending: { how: 'complete', isLast: true } } as const;
    expect(
      await settled([
        [0, { words: 'Hi' }],
        [0, last],
      ]),
    ).toEqual({ words: 'Hi', reason: 'complete', ms: 500 });
  });

  it('is waited for where more may come, and then the word about its end counts', async () => {
    expect(await settled([[0, { words: 'Hi', ending: ENDS }]])).toEqual({
      words: 'Hi',
      reason: 'complete',
      ms: 10_000,
    });
    const cut = { words: 'Hi', ending: { how: 'cut' } } as const;
    expect(await settled([[0, cut]])).toMatchObject({ reason: 'cut' });
  });

  it('is waited for anew with each of its words, and longer since they came', async () => {
    const word = { words: 'x', ending: ENDS };
    expect(
      await settled([
        [0, word],
        [9_000, word],
        [19_000, word],
      ]),
    ).toEqual({
      words: 'xxx',
      reason: 'complete',
      ms: 48_000,
    });
  });

  it('is not waited for longer because it is kept open', async () => {
    const pings = Array.from({ length: 20 }, () => [3_000, {}] as const);
    expect(await settled([[0, { words: 'Hi', ending: ENDS }], ...pings])).toMatchObject({ ms: 10_000 });
  });

  it('is not waited for at all by somebody who stops', async () => {
    expect(await settled([[0, { words: 'Hi', ending: ENDS }]], 2_000)).toEqual({
      words: 'Hi',
      reason: 'complete',
      ms: 2_000,
    });
  });

  it('is no whole answer where it was stopped amid words that came after its end', async () => {
    const word = { words: 'x', ending: ENDS };
    expect(
      await settled(
        [
          [0, word],
          [1_000, word],
        ],
        2_000,
      ),
    ).toEqual({ words: 'xx', category: 'cancelled', ms: 2_000 });
  });
});
