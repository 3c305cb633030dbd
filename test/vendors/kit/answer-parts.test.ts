import { openText } from '../../../src/model/text';
import type { StreamPart } from '../../../src/vendors/connector';
import {
  type AnswerReader,
  type AnswerSource,
  answerOf,
  type Ending,
  type Said,
  SILENCE,
  THOUGHT,
  together,
} from '../../../src/vendors/kit/answer';
import type { ThoughtFilter } from '../../../src/vendors/kit/thoughts';
import { VendorError } from '../../../src/vendors/kit/vendor-error';

/** An event of a vendor that is made up: what it says, and whether the answer ends; an error is thrown. */
type Event = (Partial<Said> & { readonly ending?: Ending }) | Error | (() => void);

const COMPLETE: Ending = { how: 'complete' };
const OPENING: StreamPart = { type: 'life', isOpening: true };

const SAYS_ALL: ThoughtFilter = { push: (words) => words, comesApart() {}, flush: () => '' };

/** Listens to an answer of these events. What is thrown comes last, as an error. */
async function answer(
  events: readonly Event[],
  wish: Partial<Pick<AnswerSource<Event>, 'open' | 'errorOf' | 'thoughts'>> & {
    readonly reader?: Partial<AnswerReader<Event>>;
    readonly signal?: AbortSignal;
    readonly requestId?: string;
    /** The thoughts are left to the answer itself. */
    readonly ownThoughts?: true;
  } = {},
) {
  const { signal = new AbortController().signal, requestId } = wish;
  let call: AbortSignal | undefined;
  let ending: Ending | undefined;
  async function* stream(): AsyncGenerator<Event> {
    for (const event of events) {
      if (event instanceof Error) throw event;
      if (typeof event === 'function') event();
      else yield event;
    }
  }
  const source: AnswerSource<Event> = {
    open: async () => ({ events: stream(), requestId }),
    errorOf: (error) => (error instanceof VendorError ? error : new VendorError('network')),
    ...(wish.ownThoughts !== true && { thoughts: SAYS_ALL }),
    ...wish,
    reader: {
      read(event) {
        const { ending: told, ...said } = event as Partial<Said> & { readonly ending?: Ending };
        ending = told ?? ending;
        return { words: '', ...said };
      },
      ending: () => ending,
      ...wish.reader,
    },
  };
  const parts: unknown[] = [];
  let error: unknown;
  try {
    const open = (given: AbortSignal): ReturnType<typeof source.open> => {
      call = given;
      return source.open(given);
    };
    const watched = { ...source, open };
    for await (const part of answerOf(watched, signal)) parts.push(part.type === 'delta' ? openText(part.text) : part);
  } catch (thrown) {
    error = thrown;
  }
  return { parts, error, hungUp: () => call?.aborted };
}

/** Thoughts that hold back what is told to them until the end. */
function holding(rest = '') {
  const told: unknown[] = [];
  const thoughts: ThoughtFilter = {
    push(words) {
      told.push(words);
      return '';
    },
    comesApart: () => void told.push('apart'),
    flush(isWhole) {
      told.push(isWhole);
      return rest;
    },
  };
  return { thoughts, told };
}

describe('an answer of a vendor', () => {
  it('is its opening, its words, and its end', async () => {
    const usage = { inputTokens: 3, outputTokens: 2 };
    const heard = await answer([{ words: 'Hello' }, { words: ' there' }, { ending: { how: 'complete', usage } }], {
      requestId: 'r-1',
    });
    expect(heard.error).toBeUndefined();
    expect(heard.parts).toStrictEqual([
      OPENING,
      'Hello',
      ' there',
      { type: 'life' },
      { type: 'finish', reason: 'complete', usage, requestId: 'r-1' },
    ]);
    expect(heard.hungUp()).toBe(false);
  });

  it('says nothing of what the vendor did not tell', async () => {
    const { parts } = await answer([{ words: 'x', ending: { how: 'cut' } }]);
    expect(parts.at(-1)).toStrictEqual({ type: 'finish', reason: 'cut' });
  });

  it('is not asked for where it was stopped before', async () => {
    let opened = false;
    const { error } = await answer([], {
      signal: AbortSignal.abort(),
      open: async () => {
        opened = true;
        throw new Error();
      },
    });
    expect(error).toMatchObject({ category: 'cancelled' });
    expect(opened).toBe(false);
  });

  it('shows signs of life apart: that it is at work, that it thinks, that something was not understood', async () => {
    const { parts } = await answer([
      { words: '' },
      { isThought: true },
      { oddity: 'not-json' },
      { oddity: 'not-json', isThought: true },
      { oddity: 'not-json', words: 'x' },
      { words: 'y', isThought: true, ending: COMPLETE },
    ]);
    expect(parts.slice(1, -1)).toStrictEqual([
      { type: 'life' },
      { type: 'life', isThought: true },
      { type: 'life', oddity: 'not-json' },
      { type: 'life', oddity: 'not-json', isThought: true },
      { type: 'life', oddity: 'not-json' },
      'x',
      'y',
    ]);
  });

  it('shows that it is at work where its reader has nothing to say of an event, or only that it thinks', async () => {
    const said = [SILENCE, THOUGHT];
    const reader = { read: () => said.shift() ?? { words: 'x' }, ending: () => COMPLETE };
    const { parts } = await answer([{}, {}, {}], { reader });
    expect(parts.slice(1, -1)).toStrictEqual([{ type: 'life' }, { type: 'life', isThought: true }, 'x']);
  });

  it('may think in words that are held back, and says what was held back at its end', async () => {
    const { thoughts, told } = holding('all');
    const { parts } = await answer([{ words: 'a' }, { isThought: true }, { words: 'b', ending: COMPLETE }], {
      thoughts,
    });
    const thinks = { type: 'life', isThought: true };
    expect(parts).toStrictEqual([OPENING, thinks, thinks, thinks, 'all', { type: 'finish', reason: 'complete' }]);
    expect(told).toEqual(['a', 'apart', '', 'b', true]);
  });

  it('leaves out the thoughts in tags where nothing else is told of them', async () => {
    const { parts } = await answer([{ words: '<think>no</think>' }, { words: 'yes', ending: COMPLETE }], {
      ownThoughts: true,
    });
    expect(parts.filter((part) => typeof part === 'string')).toEqual(['yes']);
  });

  it.each<[string, readonly Event[]]>([
    ['was cut', [{ words: 'a', ending: { how: 'cut' } }]],
    ['broke off', [{ words: 'a', ending: COMPLETE }, new VendorError('network')]],
    ['ended without a word of its end', [{ words: 'a' }]],
  ])('tells its thoughts that it is not whole where it %s', async (_how, events) => {
    const { thoughts, told } = holding();
    await answer(events, { thoughts });
    expect(told.at(-1)).toBe(false);
  });

  it('is not whole where it was stopped, whatever the vendor said of its end', async () => {
    const stop = new AbortController();
    const { thoughts, told } = holding();
    const { signal } = stop;
    await answer([{ words: 'a', ending: COMPLETE }, () => stop.abort()], { thoughts, signal });
    expect(told.at(-1)).toBe(false);
  });

  it('bears the id that its events tell before that of the opening, and none that is no id', async () => {
    const end = { words: 'x', ending: COMPLETE };
    const of = async (inside: string | undefined, outside: string | undefined): Promise<unknown> => {
      const wish = { reader: { requestId: () => inside }, ...(outside !== undefined && { requestId: outside }) };
      return (await answer([end], wish)).parts.at(-1);
    };
    const finish = { type: 'finish', reason: 'complete' };
    expect(await of('in', 'out')).toStrictEqual({ ...finish, requestId: 'in' });
    expect(await of(undefined, 'out')).toStrictEqual({ ...finish, requestId: 'out' });
    expect(await of('not an id', 'nor this')).toStrictEqual(finish);
  });
});

describe('an answer that fails', () => {
  it.each([
    ['rate-limited', { words: 'a' }],
    ['blocked-output', { words: 'a', ending: COMPLETE }],
  ] as const)('by the vendor’s word fails so, whatever was said before: %s', async (category, before) => {
    const told = new VendorError(category, { status: 429, retryAfterMs: 1_000, vendorCode: 'code', requestId: 'own' });
    const { error, parts, hungUp } = await answer([before, told], { requestId: 'r-1' });
    expect(error).toBe(told);
    expect(parts).toStrictEqual([OPENING, 'a']);
    expect(hungUp()).toBe(true);
  });

  it('has the id of its request where the failure bears none, and all that is known of it beside', async () => {
    const details = { status: 500, retryAfterMs: 10, vendorCode: 'code', refused: 'safety-id' as never };
    for (const known of [details, {}]) {
      const { error } = await answer([new VendorError('overloaded', known)], { requestId: 'r-1' });
      expect(error).toMatchObject({ category: 'overloaded', ...known, requestId: 'r-1' });
      expect({ ...(error as object) }).toEqual({ ...new VendorError('overloaded', { ...known, requestId: 'r-1' }) });
    }
  });

  it('stays the failure that it is where no id is known', async () => {
    const failure = new VendorError('overloaded', { status: 503 });
    expect((await answer([failure])).error).toBe(failure);
  });

  it('on the way is explained by the vendor’s own table, told whether it had begun, and of which request', async () => {
    const asked: unknown[] = [];
    const errorOf: AnswerSource<Event>['errorOf'] = (error, state) => {
      asked.push([(error as Error).message, state]);
      return new VendorError('network');
    };
    await answer([new Error('one')], { errorOf, requestId: 'r-1' });
    await answer([{ words: 'a' }, new Error('two')], { errorOf });
    await answer([], { errorOf, open: () => Promise.reject(new Error('three')) });
    expect(asked).toStrictEqual([
      ['one', { begun: false, requestId: 'r-1' }],
      ['two', { begun: true, requestId: undefined }],
      ['three', { begun: false, requestId: undefined }],
    ]);
  });

  it('on the way, after the vendor said how it ends, has ended so', async () => {
    for (const category of ['network', 'truncated', 'protocol', 'cancelled'] as const) {
      const { error, parts } = await answer([{ words: 'a', ending: COMPLETE }, new VendorError(category)]);
      expect(error).toBeUndefined();
      expect(parts.at(-1)).toStrictEqual({ type: 'finish', reason: 'complete' });
    }
  });

  it('on the way, after words that followed its end, has failed: nobody can believe that end', async () => {
    const events = [{ words: 'a', ending: COMPLETE }, { words: 'b' }, new VendorError('network')];
    const { error, parts } = await answer(events, { requestId: 'r-1' });
    expect(error).toMatchObject({ category: 'network', requestId: 'r-1' });
    expect(parts).toStrictEqual([OPENING, 'a', 'b']);
  });

  it('was cut off where its stream ends without a word of its end, and was no answer where none came', async () => {
    expect((await answer([{ words: 'a' }], { requestId: 'r-1' })).error).toMatchObject({
      category: 'truncated',
      requestId: 'r-1',
    });
    expect((await answer([])).error).toMatchObject({ category: 'protocol' });
  });

  it.each([
    [true, 'protocol'],
    [false, 'truncated'],
  ])('was not understood where a piece of it could not be read: %s', async (broken, category) => {
    const { error } = await answer([{ words: 'a' }], { reader: { isBroken: () => broken } });
    expect(error).toMatchObject({ category });
  });

  it.each(['blocked-output', 'context-too-long'] as const)('ended as a failure by its own word: %s', async (how) => {
    const { error, parts } = await answer([{ words: 'a', ending: { how } }], { requestId: 'r-1' });
    expect(error).toMatchObject({ category: how, requestId: 'r-1' });
    expect(parts).toStrictEqual([OPENING, 'a']);
  });

  it('because it was stopped was stopped: nobody is asked what else it could be', async () => {
    const stop = new AbortController();
    let asked = false;
    const errorOf = (): VendorError => {
      asked = true;
      return new VendorError('network');
    };
    const events = [{ words: 'a' }, () => stop.abort(), new Error('aborted')];
    const { error, hungUp } = await answer(events, { signal: stop.signal, errorOf, requestId: 'r-1' });
    expect(error).toMatchObject({ category: 'cancelled', requestId: 'r-1' });
    expect([asked, hungUp()]).toEqual([false, true]);
  });

  it('because it was stopped was stopped, where its stream just ends', async () => {
    const stop = new AbortController();
    const { error } = await answer([{ words: 'a' }, () => stop.abort()], { signal: stop.signal });
    expect(error).toMatchObject({ category: 'cancelled' });
  });
});

describe('the socket of an answer', () => {
  it('is closed as soon as the answer is stopped', async () => {
    const stop = new AbortController();
    const seen: (boolean | undefined)[] = [];
    let call: AbortSignal | undefined;
    async function* events(): AsyncGenerator<Event> {
      seen.push(call?.aborted);
      stop.abort();
      seen.push(call?.aborted);
      yield { words: 'a' };
    }
    await answer([], {
      signal: stop.signal,
      open: async (given) => {
        call = given;
        return { events: events(), requestId: undefined };
      },
    });
    expect(seen).toEqual([false, true]);
  });

  it('is closed where its reader leaves early', async () => {
    let call: AbortSignal | undefined;
    async function* events(): AsyncGenerator<{ words: string }> {
      yield { words: 'a' };
      yield { words: 'b' };
    }
    const source: AnswerSource<{ words: string }> = {
      open: async (given) => {
        call = given;
        return { events: events(), requestId: undefined };
      },
      reader: { read: ({ words }) => ({ words }), ending: () => undefined },
      errorOf: () => new VendorError('network'),
    };
    for await (const part of answerOf(source, new AbortController().signal)) if (part.type === 'delta') break;
    expect(call?.aborted).toBe(true);
  });

  it('serves the next answer where this one ended: a stop that comes later does not close it', async () => {
    const stop = new AbortController();
    const { hungUp } = await answer([{ words: 'a', ending: COMPLETE }], { signal: stop.signal });
    stop.abort();
    expect(hungUp()).toBe(false);
  });
});

describe('what the parts of an event say together', () => {
  it('is their words in order, that one of them is a thought, and the first that was not understood', () => {
    expect(together([])).toStrictEqual({ words: '' });
    expect(together([{ words: 'a' }, SILENCE, { words: 'b' }])).toStrictEqual({ words: 'ab' });
    expect(together([{ words: 'a' }, THOUGHT])).toStrictEqual({ words: 'a', isThought: true });
    expect(together([{ words: 'a' }, { words: 'b', oddity: 'not-json' }])).toStrictEqual({
      words: 'ab',
      oddity: 'not-json',
    });
  });
});
