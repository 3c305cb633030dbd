import fc from 'fast-check';
import { createReplyStream } from '../../../adapters/kit/reply';
import type { ReplyEnding, ReplyOutcome } from '../../../src/model/reply';
import { sealSafeText } from '../../../src/model/text';
import { type Answer, ScriptedChat, type TransportOptions } from './scripted-transport';

const ROUNDS = 6;
const round = setImmediate;

/** Lets everything go on that waits for no call and no time. */
async function settle(): Promise<void> {
  for (let rounds = 0; rounds < ROUNDS; rounds += 1) await new Promise<void>((resolve) => void round(resolve));
}

/** A reply on a scripted chat, with a dispatcher that the test plays. */
function openReply(options: TransportOptions = {}) {
  const stop = new AbortController();
  let allowed = true;
  let broken = false;
  let withheld = false;
  let looked: Promise<void> = Promise.resolve();
  let reason: ReplyEnding = { kind: 'stopped' };
  let firstSeen = 0;
  let retracted = false;
  const chat = new ScriptedChat(options, () => allowed && !stop.signal.aborted && !retracted);
  const control = {
    answerer: () => ({ vendor: 'v', region: 'jp', model: 'm', noticeId: 'n', asker: 'a' }),
    signal: stop.signal,
    mayPost: async () => {
      await looked;
      if (broken) throw new Error('broke');
      if (!allowed) stop.abort();
      return allowed && !withheld;
    },
    brokenOff: () => (stop.signal.aborted ? reason : undefined),
    errorId: () => 'k7f3qm',
    onFirstVisible() {
      firstSeen += 1;
    },
  };
  const reply = createReplyStream(chat, control, 'en');
  let ended: Promise<ReplyOutcome> | undefined;
  let outcome: ReplyOutcome | undefined;
  return {
    chat,
    say: (words: string): void => reply.write(sealSafeText(words)),
    end(ending: ReplyEnding): void {
      retracted ||= ending.kind === 'retracted';
      ended ??= reply.end(ending);
      void ended.then((given) => {
        outcome = given;
      });
    },
    stop: (): void => stop.abort(),
    /** Written down, and not heard of by the reply before it asks. */
    withdraw(): void {
      if (!stop.signal.aborted) reason = { kind: 'withdrawn' };
      allowed = false;
    },
    /** From now on the dispatcher takes its time to look; gives what lets it say so. */
    look(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      looked = promise;
      return resolve;
    },
    /** From now on the dispatcher says no, and not why. */
    withhold(): void {
      withheld = true;
    },
    break(): void {
      broken = true;
    },
    /** Answers every call, and lets time pass, until the reply has ended. */
    async drain(): Promise<ReplyOutcome> {
      for (let step = 0; outcome === undefined; step += 1) {
        if (step > 500) throw new Error('the reply does not end');
        await settle();
        if (!chat.answer('taken')) jest.advanceTimersByTime(200);
      }
      return outcome;
    },
    isBrokenOff: (): boolean => stop.signal.aborted,
    firstSeen: (): number => firstSeen,
  };
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
});
afterEach(() => {
  jest.useRealTimers();
});

type Step =
  | { readonly do: 'say' | 'wait' | 'stop' | 'withdraw' | 'break' }
  | { readonly do: 'answer'; readonly how: Answer }
  | { readonly do: 'end'; readonly ending: ReplyEnding };

const answers: fc.Arbitrary<Step> = fc
  .oneof(
    { weight: 8, arbitrary: fc.constant<Answer>('taken') },
    { weight: 6, arbitrary: fc.constantFrom<Answer>('another', 'anew', 'smaller', 'later') },
    { weight: 1, arbitrary: fc.constantFrom<Answer>('nowhere', 'stopped', 'lost', 'lost-but-taken') },
  )
  .map((how) => ({ do: 'answer', how }));
const endings = fc.constantFrom<ReplyEnding>(
  { kind: 'complete' },
  { kind: 'complete' },
  { kind: 'cut' },
  { kind: 'failed', problem: 'vendor-network' },
  { kind: 'retracted' },
);
/** What is said and answered; then, or amid it, what breaks off; the end, somewhere; and what is answered after it. */
const steps = fc
  .record({
    before: fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant<Step>({ do: 'say' }) }, answers), {
      minLength: 2,
      maxLength: 24,
      size: 'max',
    }),
    breaks: fc.option(fc.record({ at: fc.nat({ max: 30 }), how: fc.constantFrom('stop', 'withdraw', 'break') })),
    ending: endings,
    after: fc.array(fc.oneof({ weight: 1, arbitrary: fc.constant<Step>({ do: 'wait' }) }, answers), {
      maxLength: 10,
      size: 'max',
    }),
  })
  .map(({ before, breaks, ending, after }): readonly Step[] => {
    const all: Step[] = [{ do: 'say' }, ...before, { do: 'end', ending }, ...after];
    if (breaks !== null) all.splice(breaks.at, 0, { do: breaks.how } as Step);
    return all;
  });
const options = fc.record({
  size: fc.constantFrom({ soft: 1e6, hard: 1e6 }, { soft: 60, hard: 80 }, { soft: 1_500, hard: 2_000 }),
  holdsOnceRefused: fc.boolean(),
  begin: fc.constantFrom('as-it-comes' as const, 'as-it-comes' as const, 'at-the-end' as const),
  isBusy: fc.boolean(),
  plainerWays: fc.nat({ max: 3 }),
  streams: fc.boolean(),
  tells: fc.boolean(),
});

/** Plays the steps, answers what is left, and gives all that can be looked at. */
async function play(given: TransportOptions, script: readonly Step[], wordsEach: number) {
  const reply = openReply(given);
  const { chat } = reply;
  let written = '';
  let said = 0;
  let ending: ReplyEnding = { kind: 'complete' };
  const problems: string[] = [];
  const look = (): void => {
    const taken = chat.shown.replaceAll(/\s/gu, '');
    if (!written.replaceAll(/\s/gu, '').startsWith(taken)) problems.push(`out of order, or twice: ${taken}`);
  };
  for (const step of script) {
    if (step.do === 'say') {
      const words = Array.from({ length: wordsEach }, () => `w${said++} `).join('');
      written += words;
      reply.say(words);
    } else if (step.do === 'answer') {
      await settle();
      if (chat.asked.length === 0) jest.advanceTimersByTime(200);
      await settle();
      chat.answer(step.how);
      await settle();
      if (ending.kind !== 'retracted') look();
    } else if (step.do === 'wait') jest.advanceTimersByTime(200);
    else if (step.do === 'end') {
      ending = step.ending;
      reply.end(ending);
    } else reply[step.do]();
  }
  const outcome = await reply.drain();
  // What is taken back leaves no order to look at.
  if (ending.kind !== 'retracted') look();
  return { reply, chat, outcome, written, ending, problems };
}

describe('an answer on its way to a chat, whatever happens in whichever order', () => {
  it('shows each word once and in order, none after it was broken off, and tells how it ended exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(options, steps, fc.constantFrom(3, 150), async (given, script, wordsEach) => {
        const { reply, chat, outcome, written, ending, problems } = await play(given, script, wordsEach);
        expect(problems).toEqual([]);
        expect(chat.trespasses).toEqual([]);
        expect(chat.finishes).toBe(1);
        expect(reply.firstSeen()).toBeLessThanOrEqual(1);
        const isWhole = chat.shown.replaceAll(/\s/gu, '') === written.replaceAll(/\s/gu, '');
        const tellings = chat.told.filter(([how]) => how !== 'back');
        const takenBack = chat.told.length - tellings.length;
        // What the person stopped in the chat itself has the chat's own word below it.
        if (chat.saidStopped) expect(tellings.length + takenBack).toBeLessThanOrEqual(1 + takenBack);
        else if (takenBack > 0) {
          expect([ending.kind, tellings]).toEqual(['retracted', []]);
          for (const message of chat.messages) if (message.posted && !message.gone) expect(message.seen).toBe('');
        } else if (ending.kind === 'complete' && isWhole) expect(tellings.length).toBeLessThanOrEqual(1);
        else expect(tellings).toHaveLength(1);
        // Whatever is missing is owned up to.
        const isEndedByPerson = reply.isBrokenOff() || chat.saidStopped || ending.kind === 'retracted';
        if (!isEndedByPerson && outcome.delivered && written !== '') expect(isWhole).toBe(true);
        if (!isEndedByPerson && !isWhole) expect(outcome.delivered).toBe(false);
        expect(chat.answers.length).toBeLessThanOrEqual(1);
        if (chat.answers.length > 0) {
          expect(['complete', 'cut']).toContain(ending.kind);
          expect([isWhole, outcome]).toEqual([true, { delivered: true }]);
        }
      }),
      { numRuns: 1_500, seed: 20261128 },
    );
  }, 120_000);
});

describe('an answer on its way to a chat', () => {
  const CUT: ReplyEnding = { kind: 'cut' };
  const WHOLE: ReplyEnding = { kind: 'complete' };
  const LONG = Array.from({ length: 40 }, (_, at) => `w${at} `).join('');

  /** A reply whose first words stand in the chat. */
  async function withFirstWords(given: TransportOptions = {}) {
    const reply = openReply(given);
    reply.say('first ');
    await settle();
    reply.chat.answer('taken');
    await settle();
    return reply;
  }

  it('opens no message for blanks', async () => {
    const { chat, say, end, drain } = openReply();
    say(' \n');
    await settle();
    expect(chat.messages).toEqual([]);
    end(WHOLE);
    expect(await drain()).toEqual({ delivered: true });
    expect([chat.shown, chat.told]).toEqual(['', [['nothing', expect.stringContaining('empty answer')]]]);
  });

  it('waits with its first words until nothing of the transport is in their way', async () => {
    const { chat, say, end, drain } = openReply({ isBusy: true });
    say('first');
    await settle();
    expect(chat.asked).toEqual(['ready']);
    end(WHOLE);
    expect(await drain()).toEqual({ delivered: true });
    expect(chat.shown).toBe('first');
  });

  it('gathers words while the transport waits, and not for its end', async () => {
    const { chat, say, end, drain } = await withFirstWords();
    for (const words of ['second ', 'third ']) {
      say(words);
      await settle();
    }
    expect(chat.asked).toEqual([]);
    jest.advanceTimersByTime(100);
    await settle();
    expect(chat.asked).toEqual(['grow']);
    chat.answer('taken');
    await settle();
    say('last');
    await settle();
    end(WHOLE);
    await settle();
    expect(chat.asked).toEqual(['close']);
    await drain();
    expect(chat.shown).toBe('first second third last');
  });

  it.each(Array.from({ length: 12 }, (_, hops) => hops))(
    'shows words that come %i steps after the call before was answered',
    async (hops) => {
      const { chat, say } = openReply();
      say('first ');
      await settle();
      chat.answer('taken');
      for (let hop = 0; hop < hops; hop += 1) await Promise.resolve();
      say('second ');
      await settle();
      jest.advanceTimersByTime(100);
      await settle();
      expect(chat.asked).toEqual(['grow']);
    },
  );

  it('shows all at once at the end where the transport asks for it', async () => {
    const { chat, say, end, drain, firstSeen } = openReply({ begin: 'at-the-end' });
    for (const words of ['first ', 'last']) say(words);
    await settle();
    expect(chat.asked).toEqual([]);
    end(WHOLE);
    await drain();
    expect([chat.messages.length, chat.shown, firstSeen()]).toEqual([1, 'first last', 1]);
  });

  it.each([
    [true, []],
    [false, ['grow']],
  ])('after a refusal, holds what comes until the end, or not (%p)', async (holdsOnceRefused, asked) => {
    const { chat, say, end, drain } = await withFirstWords({ holdsOnceRefused });
    say('second ');
    jest.advanceTimersByTime(100);
    await settle();
    chat.answer('another');
    await settle();
    expect(chat.asked).toEqual(asked);
    say('third');
    end(WHOLE);
    await drain();
    expect(chat.messages.map(({ seen }) => seen)).toEqual(['first ', 'second third']);
  });

  it('holds nothing where words were only too long', async () => {
    const { chat, say } = openReply({ holdsOnceRefused: true, plainerWays: 1 });
    say('first');
    await settle();
    chat.answer('smaller');
    await settle();
    jest.advanceTimersByTime(100);
    await settle();
    expect(chat.asked).toEqual(['grow']);
  });

  it.each<[Answer, readonly string[]]>([
    ['another', ['```ts\nconst a = 1;\n', '```ts\nconst b = 2;\n```\nDone.']],
    ['anew', ['', '```ts\nconst a = 1;\nconst b = 2;\n```\nDone.']],
  ])('keeps a code fence whole where its words go to another message (%s)', async (how, seen) => {
    const { chat, say, end, drain } = openReply();
    say('```ts\nconst a = 1;\n');
    await settle();
    chat.answer('taken');
    await settle();
    jest.advanceTimersByTime(100);
    say('const b = 2;\n```\n');
    await settle();
    chat.answer(how);
    say('Done.');
    end(WHOLE);
    expect(await drain()).toEqual({ delivered: true });
    expect(chat.messages.map((message) => message.seen)).toEqual(seen);
  });

  it('fills messages, and closes the last one', async () => {
    const { chat, say, end, drain } = openReply({ size: { soft: 60, hard: 80 } });
    say(LONG);
    end(WHOLE);
    expect(await drain()).toEqual({ delivered: true });
    expect(chat.shown).toBe(LONG);
    expect(chat.messages.length).toBeGreaterThan(1);
    expect(chat.told).toEqual([['below', 'complete']]);
    expect(chat.answers).toEqual([chat.messages.map(({ id }) => id)]);
  });

  it('shows nothing more of an answer that is taken back, however much waits, and takes back every message', async () => {
    const { chat, say, end, drain } = await withFirstWords({ size: { soft: 60, hard: 80 } });
    say(LONG);
    end({ kind: 'retracted' });
    expect(await drain()).toEqual({ delivered: true });
    expect([chat.trespasses, chat.shown]).toEqual([[], '']);
    expect(chat.told).toEqual(chat.messages.map(() => ['back', expect.stringContaining('content filter')]));
  });

  it('leaves alone what the person stopped in the chat itself', async () => {
    const { chat, say, end, drain } = await withFirstWords();
    say('second ');
    jest.advanceTimersByTime(100);
    await settle();
    chat.answer('stopped');
    await settle();
    say('third');
    end({ kind: 'stopped' });
    expect(await drain()).toEqual({ delivered: true });
    expect([chat.shown, chat.told, chat.stops]).toEqual(['first ', [], 1]);
  });

  it.each([
    ['its last words', 'last', 'close'],
    ['words that fill a message', LONG, 'fill'],
  ])('stops nothing else where it is told so at the end, by %s', async (_what, words, call) => {
    const { chat, say, end, drain } = await withFirstWords({ size: { soft: 60, hard: 80 } });
    say(words);
    end(WHOLE);
    await settle();
    expect(chat.asked).toEqual([call]);
    chat.answer('stopped');
    expect(await drain()).toEqual({ delivered: true });
    expect([chat.stops, chat.told]).toEqual([0, []]);
  });

  it.each(['stop', 'withdraw'] as const)(
    'ends as the person broke it off, whatever it was ended with: %s',
    async (how) => {
      const reply = await withFirstWords();
      reply.say('second');
      reply[how]();
      reply.end(WHOLE);
      expect(await reply.drain()).toEqual({ delivered: true });
      expect([reply.chat.shown, reply.chat.told]).toEqual([
        'first ',
        [['below', how === 'stop' ? 'stopped' : 'withdrawn']],
      ]);
      expect(reply.chat.answers).toEqual([]);
    },
  );

  it('begins no call where it was broken off while the dispatcher looked', async () => {
    const { chat, say, stop, look } = openReply();
    const sayYes = look();
    say('first');
    await settle();
    stop();
    sayYes();
    await settle();
    expect([chat.asked, chat.trespasses]).toEqual([[], []]);
  });

  it('has no answer remembered that was broken off while it was closed', async () => {
    const { chat, end, stop, drain } = await withFirstWords();
    end(WHOLE);
    await settle();
    stop();
    chat.answer('taken');
    expect(await drain()).toEqual({ delivered: true });
    expect([chat.told, chat.answers]).toEqual([[['below', 'complete']], []]);
  });

  it('owns up to words that the dispatcher withheld and gave no reason for', async () => {
    const { chat, say, end, drain, withhold } = await withFirstWords();
    withhold();
    say('second');
    end(WHOLE);
    expect(await drain()).toEqual({ delivered: false, code: 'withheld' });
    expect([chat.shown, chat.told]).toEqual(['first ', [['below', 'failed']]]);
  });

  it.each<[ReplyEnding, Answer, readonly unknown[]]>([
    [WHOLE, 'nowhere', []],
    [WHOLE, 'another', []],
    [CUT, 'nowhere', [['alone', expect.stringContaining('length limit')]]],
    [CUT, 'another', [['alone', expect.stringContaining('length limit')]]],
  ])('tells alone how it ended where that is not taken below it: %j, %s', async (ending, how, told) => {
    const { chat, end, drain } = await withFirstWords();
    end(ending);
    await settle();
    chat.answer(how);
    await settle();
    expect([chat.asked, chat.told]).toEqual([[], told]);
    expect(await drain()).toEqual({ delivered: true });
    expect(chat.answers).toEqual([['m0']]);
  });

  it('owns up to an answer that looks unfinished as it could not be closed', async () => {
    const { chat, end, drain } = await withFirstWords({ streams: true });
    end(WHOLE);
    await settle();
    chat.answer('nowhere');
    await settle();
    chat.answer('nowhere');
    expect(await drain()).toEqual({ delivered: false, code: 'nowhere' });
    expect(chat.told).toEqual([['alone', expect.stringContaining('could not post')]]);
  });

  it('owns up to what failed before the person stopped the answer in the chat itself', async () => {
    const { chat, say, end, drain } = await withFirstWords();
    jest.advanceTimersByTime(100);
    say('second');
    await settle();
    chat.answer('nowhere');
    await settle();
    end(WHOLE);
    await settle();
    chat.answer('stopped');
    expect(await drain()).toEqual({ delivered: false, code: 'nowhere' });
    expect([chat.shown, chat.told]).toEqual(['first ', []]);
  });

  it('owns up to its own failure, below the words that stand', async () => {
    const { chat, say, end, drain, break: breakDown } = await withFirstWords();
    breakDown();
    say('second');
    end(WHOLE);
    expect(await drain()).toEqual({ delivered: false, code: 'broke' });
    expect([chat.shown, chat.told]).toEqual(['first ', [['below', 'failed']]]);
  });

  it('takes its own failure for no refusal of the platform', async () => {
    const { chat, say, end, drain, break: breakDown } = openReply();
    breakDown();
    say('first');
    end(WHOLE);
    expect(await drain()).toEqual({ delivered: false, code: 'broke' });
    expect(chat.told).toEqual([['nothing', expect.stringContaining('went wrong')]]);
  });

  it('says so where not even the asker could be told', async () => {
    const { end, drain } = openReply({ tells: false });
    end({ kind: 'failed', problem: 'vendor-timeout' });
    expect(await drain()).toEqual({ delivered: false, code: 'not-told' });
  });

  it('takes no more words once it has ended', async () => {
    const { chat, say, end, drain } = await withFirstWords();
    end(WHOLE);
    say('late');
    await drain();
    expect(chat.shown).toBe('first ');
  });
});
