import { setImmediate as nextRound } from 'node:timers/promises';
import fc from 'fast-check';
import type { Decision } from '../../src/consent/consent';
import { sentencesFor } from '../../src/language/sentences';
import type { ThreadMessage, TurnSurface } from '../../src/model/adapter';
import type { ReplyEnding } from '../../src/model/reply';
import { openText, sealText } from '../../src/model/text';
import type { Search } from '../../src/redact/search';
import { StoreError } from '../../src/store/store-error';
import { VendorError } from '../../src/vendors/kit/vendor-error';
import { allowed, answering, createBench } from '../support/dispatcher';
import { aRegister } from '../support/inputs';
import { aRedactor, aSearch } from '../support/redaction';
import { aPerson, aTurn } from '../support/turns';
import { until } from '../support/until';

const english = sentencesFor('en');

describe('the dispatcher', () => {
  it('answers a question of somebody who agreed', async () => {
    const bench = createBench();
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.shown.join('')).toBe('Hello there.');
    expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
    expect(bench.vendor.prompts[0]?.safetyId).toBe('s1');
    expect(bench.chat.cards).toEqual([]);
  });

  it('puts names back into an answer, and leaves the placeholders where the answer shows the prompt', async () => {
    const mentions = [{ token: sealText('@Ben'), kind: 'person', id: 'U2', label: sealText('Ben') }] as const;
    const question = { text: sealText('Ask @Ben'), mentions };
    for (const [showsPrompt, shown] of [
      [undefined, 'Ask @Ben'],
      [true, 'Ask @person-1'],
    ] as const) {
      const bench = createBench({ script: ({ messages }) => answering(openText(messages[0]?.text ?? sealText(''))) });
      const { connector } = bench.vendor;
      Object.assign(connector, showsPrompt && { showsPrompt });
      bench.dispatcher.receive({ ...aTurn(), question }, bench.chat.surface);
      await bench.settled();
      expect(bench.chat.shown.join('')).toBe(shown);
    }
  });

  const pair = 'Mail a@example.com, b@example.com or a@example.com';
  const asking = (question: string) => aTurn({ question });

  it('sends placeholders for values, puts them back, and tells once how many of which kind', async () => {
    const bench = createBench({ script: ({ messages }) => answering(...openText(messages[0]?.text ?? sealText(''))) });
    bench.dispatcher.receive(asking(pair), bench.chat.surface);
    await bench.settled();
    expect(openText(bench.vendor.prompts[0]?.messages[0]?.text ?? sealText(''))).toBe(
      'Mail [email-1], [email-2] or [email-1]',
    );
    expect(bench.chat.shown.join('')).toBe(pair);
    expect(bench.chat.cards.map((card) => card.paragraphs)).toEqual([[english.redaction.replaced({ email: 2 })]]);
  });

  it('tells it with the withheld quotes, in one message', async () => {
    const bench = createBench();
    bench.dispatcher.receive(asking('> said by somebody\nask a@example.com'), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.cards.map((card) => card.paragraphs)).toEqual([
      [english.redaction.replaced({ email: 1 }), english.quotesWithheld],
    ]);
  });

  it('sends a forwarded message of the asker’s own before the question, and tells of those that stay here', async () => {
    const forwarded = [
      { author: aPerson(), names: [], said: { text: sealText('mine'), mentions: [] } },
      { author: aPerson({ person: 'U2' }), names: [], said: { text: sealText('of another'), mentions: [] } },
    ];
    const bench = createBench();
    bench.dispatcher.receive(
      { ...asking('what is meant?'), forwarded, leftOut: ['preview', 'attachment', 'preview'] },
      bench.chat.surface,
    );
    await bench.settled();
    expect(bench.vendor.prompts[0]?.messages.map(({ text }) => openText(text))).toEqual(['mine', 'what is meant?']);
    const { forwarded: left, preview, attachment } = english.leftOut;
    expect(bench.chat.cards.map((card) => card.paragraphs)).toEqual([[left, preview, attachment]]);
  });

  it('says that it answered without the thread: once where it may not be read, each time where reading failed', async () => {
    for (const [reason, times] of [
      ['not-permitted', 1],
      ['failed', 2],
    ] as const) {
      const bench = createBench();
      const surface = { ...bench.chat.surface, readThread: async () => ({ kind: 'unavailable', reason }) as const };
      bench.dispatcher.receive(aTurn({ id: '1.1' }), surface);
      await bench.settled();
      bench.dispatcher.receive(aTurn({ id: '1.2' }), surface);
      await bench.settled(2);
      expect(bench.chat.shown.join('')).toBe('Hello there.Hello there.');
      expect(bench.chat.cards.map((card) => card.paragraphs)).toEqual(Array(times).fill([english.leftOut.thread]));
    }
  });

  it('tells nothing of mentions and names alone', async () => {
    const mentions = [{ token: sealText('@Ben'), kind: 'person', id: 'U2', label: sealText('Ben') }] as const;
    const bench = createBench();
    bench.dispatcher.receive({ ...aTurn(), question: { text: sealText('@Ben?'), mentions } }, bench.chat.surface);
    await bench.settled();
    expect(bench.chat.cards).toEqual([]);
  });

  it('sends nothing where the organisation blocks what is in the question, and says what it is', async () => {
    const bench = createBench({ parts: { redactor: aRedactor('block') } });
    bench.dispatcher.receive(asking(pair), bench.chat.surface);
    await bench.settled();
    expect(bench.vendor.prompts).toEqual([]);
    expect(bench.chat.endings).toEqual([]);
    expect(bench.chat.cards.map((card) => card.paragraphs)).toEqual([
      [english.redaction.found({ email: 3 }), english.problem('redaction-blocked')],
    ]);
    expect(bench.ended[0]?.code).toBe('redaction-blocked');
  });

  it('replaces in what was said before where it blocks: that cannot be written anew', async () => {
    const thread: ThreadMessage[] = [
      { kind: 'person', author: aPerson(), names: [], said: { text: sealText('I am a@example.com'), mentions: [] } },
    ];
    const bench = createBench({ thread, parts: { redactor: aRedactor('block') } });
    bench.dispatcher.receive(asking('Who am I?'), bench.chat.surface);
    await bench.settled();
    expect(openText(bench.vendor.prompts[0]?.messages[0]?.text ?? sealText(''))).toBe('I am [email-1]');
    expect(bench.chat.cards).toEqual([]);
  });

  it('sends words as they are where redaction is off', async () => {
    const bench = createBench({ parts: { redactor: aRedactor('off') } });
    bench.dispatcher.receive(asking(pair), bench.chat.surface);
    await bench.settled();
    expect(openText(bench.vendor.prompts[0]?.messages[0]?.text ?? sealText(''))).toBe(pair);
    expect(bench.chat.cards).toEqual([]);
  });

  it('sends nothing where the question, or what was said before, cannot be searched', async () => {
    const thread: ThreadMessage[] = [
      { kind: 'person', author: aPerson(), names: [], said: { text: sealText('before'), mentions: [] } },
    ];
    for (const searches of [0, 1]) {
      const works = aSearch();
      let left = searches;
      const search: Search = {
        ...works,
        search: async (texts, signal) => {
          left -= 1;
          return left < 0 ? { kind: 'unavailable' } : works.search(texts, signal);
        },
      };
      const bench = createBench({ thread, parts: { redactor: aRedactor('mask', search) } });
      bench.dispatcher.receive(asking('a question'), bench.chat.surface);
      await bench.settled();
      expect(bench.vendor.prompts).toEqual([]);
      expect(bench.ended[0]?.code).toBe('redaction-unavailable');
      const told = [
        ...bench.chat.cards.flatMap(({ paragraphs }) => paragraphs),
        ...bench.chat.endings.map((ending) => ('problem' in ending ? english.problem(ending.problem) : '')),
      ];
      expect(told).toEqual([english.problem('redaction-unavailable')]);
    }
  });

  it.each(['first', 'notice-changed', 'expired', 'training'] as const)(
    'sends nothing and shows a private card when it must ask (%s)',
    async (reason) => {
      const bench = createBench({ decide: () => ({ kind: 'ask', reason }) });
      const turn = aTurn();
      bench.dispatcher.receive(turn, bench.chat.surface);
      await bench.settled();
      expect(bench.vendor.prompts).toEqual([]);
      expect(bench.chat.endings).toEqual([]);
      const grant = bench.chat.cards[0]?.buttons.find((button) => button.action.do === 'grant');
      expect(grant?.action).toMatchObject({ vendor: 'openai', noticeId: 'n1', question: turn.message });
      expect(bench.notices).toEqual(['n1']);
    },
  );

  it('offers the card again to somebody who withdrew and asks anew', async () => {
    const bench = createBench({ decide: () => ({ kind: 'deny', reason: 'withdrawn' }) });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.vendor.prompts).toEqual([]);
    expect(bench.chat.cards[0]?.buttons.some((button) => button.action.do === 'grant')).toBe(true);
  });

  it.each([
    ['ledger-unavailable', 'ledger-unavailable'],
    ['blocked', 'denied-by-policy'],
    ['residency', 'denied-residency'],
    ['notice-expired', 'denied-notice'],
    ['external', 'denied-external'],
  ] as const)('sends nothing and tells the asker alone why when it is denied (%s)', async (reason, problem) => {
    const bench = createBench({ decide: () => ({ kind: 'deny', reason }) });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.vendor.prompts).toEqual([]);
    expect(bench.chat.cards.map((card) => card.paragraphs)).toEqual([[english.problem(problem)]]);
  });

  it('meets bots with silence', async () => {
    const bench = createBench({ decide: () => ({ kind: 'deny', reason: 'not-a-person' }) });
    bench.dispatcher.receive(aTurn({ membership: 'bot' }), bench.chat.surface);
    await bench.settled();
    expect([bench.vendor.prompts, bench.chat.cards, bench.chat.endings]).toEqual([[], [], []]);
  });

  it('tells somebody who edits a question that was taken before, and nobody where it is delivered twice', async () => {
    for (const [edited, told] of [
      [true, [[english.takenBefore]]],
      [undefined, []],
    ] as const) {
      const bench = createBench({ admission: 'duplicate' });
      bench.dispatcher.receive({ ...aTurn(), ...(edited && { edited }) }, bench.chat.surface);
      await bench.settled();
      expect(bench.vendor.prompts).toEqual([]);
      expect(bench.chat.cards.map((card) => card.paragraphs)).toEqual(told);
    }
  });

  it('ignores a duplicate, and tells who is over a limit', async () => {
    const duplicate = createBench({ admission: 'duplicate' });
    duplicate.dispatcher.receive(aTurn(), duplicate.chat.surface);
    await duplicate.settled();
    expect([duplicate.vendor.prompts, duplicate.chat.cards]).toEqual([[], []]);
    const limited = createBench({ admission: 'person-limit' });
    limited.dispatcher.receive(aTurn(), limited.chat.surface);
    await limited.settled();
    expect(limited.chat.cards[0]?.paragraphs).toEqual([english.problem('person-limit')]);
  });

  it('refuses a question over the size limit before anything reads it', async () => {
    const bench = createBench();
    bench.dispatcher.receive(aTurn({ question: 'x'.repeat(1_001) }), bench.chat.surface);
    await bench.settled();
    expect(bench.vendor.prompts).toEqual([]);
    expect(bench.chat.cards[0]?.paragraphs).toEqual([english.problem('question-too-long')]);
  });

  it('cuts an answer at its size limit and closes the vendor stream', async () => {
    let closed = false;
    const bench = createBench({
      parts: { answerCharacters: 100 },
      script: async function* () {
        try {
          for (;;) yield { type: 'delta', text: sealText('word '.repeat(10)) };
        } finally {
          closed = true;
        }
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.endings).toEqual([{ kind: 'cut' }]);
    expect(closed).toBe(true);
  });

  it('ends the reply with the problem and the waiting time when the vendor fails, keeping what was said', async () => {
    const bench = createBench({
      script: async function* () {
        yield { type: 'delta', text: sealText('So far.') };
        throw new VendorError('rate-limited', { status: 429, requestId: 'r', retryAfterMs: 3_000 });
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.shown.join('')).toBe('So far.');
    expect(bench.chat.endings).toEqual([{ kind: 'failed', problem: 'vendor-rate-limited', retryAfterMs: 3_000 }]);
  });

  it('takes a filtered answer back', async () => {
    const bench = createBench({
      script: async function* () {
        yield { type: 'delta', text: sealText('Something') };
        throw new VendorError('blocked-output');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.endings).toEqual([{ kind: 'retracted' }]);
  });

  it('never says more of a foreign fault than its class', async () => {
    const bench = createBench({
      script: () => {
        throw new RangeError('CANARY');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.endings).toEqual([{ kind: 'failed', problem: 'unknown', errorId: bench.ended[0]?.errorId }]);
    expect(JSON.stringify([bench.ended, bench.chat.cards])).not.toContain('CANARY');
  });

  describe('ends every reply once, and frees its place, where there is a fault in', () => {
    const fault = (): never => {
      throw new RangeError('CANARY');
    };
    const broken = { kind: 'failed', problem: 'unknown', errorId: expect.any(String) } as const;
    const later = (decide: () => Decision, from: number) => {
      let checks = 0;
      return () => {
        checks += 1;
        return checks >= from ? decide() : allowed;
      };
    };

    it.each<[string, Parameters<typeof createBench>[0], ReplyEnding]>([
      ['the vendor’s stream', { script: fault }, broken],
      ['reading it', { script: () => ({ [Symbol.asyncIterator]: fault }) }, broken],
      ['its next part', { script: () => ({ [Symbol.asyncIterator]: () => ({ next: fault }) }) }, broken],
      ['the briefing', { parts: { briefing: fault } }, broken],
      [
        'redaction',
        {
          parts: {
            redactor: {
              warm: async () => {},
              inspect: async () => ({ kind: 'may-go', redact: fault }),
            },
          },
        },
        broken,
      ],
      ['the gate, asked again', { decide: later(fault, 2) }, { kind: 'failed', problem: 'ledger-unavailable' }],
    ])('%s', async (_where, wish, ending) => {
      const bench = createBench({ ...wish, parts: { concurrency: { running: 1, waiting: 8 }, ...wish?.parts } });
      bench.dispatcher.receive(aTurn({ id: '1' }), bench.chat.surface);
      bench.dispatcher.receive(aTurn({ id: '2' }), bench.chat.surface);
      await bench.settled(2);
      expect(bench.chat.endings[0]).toEqual(ending);
      expect(bench.chat.endings.length).toBeLessThanOrEqual(2);
      await bench.dispatcher.drain(600_000);
    });

    it.each<[string, Partial<TurnSurface>]>([
      ['reading the thread', { readThread: fault }],
      ['telling the asker', { tellPrivately: fault }],
    ])('%s', async (_where, surface) => {
      const bench = createBench({ parts: { concurrency: { running: 1, waiting: 8 } } });
      for (const id of ['1', '2']) bench.dispatcher.receive(aTurn({ id }), { ...bench.chat.surface, ...surface });
      await bench.settled(2);
      expect(bench.chat.endings).toHaveLength(2);
      await bench.dispatcher.drain(600_000);
    });

    it('the log', async () => {
      const bench = createBench({ parts: { log: { debug: fault, info: fault, warn: fault, error: fault } } });
      bench.dispatcher.receive(aTurn(), bench.chat.surface);
      await until(() => bench.chat.endings.length > 0);
      bench.chat.control()?.onFirstVisible();
      await bench.dispatcher.drain(600_000);
      expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
    });

    it('the register, when the turn comes: nothing goes, and they are told so', async () => {
      const full = new StoreError('disk-full', 'Make room.');
      const said: unknown[] = [];
      const error = (...line: unknown[]): void => void said.push(line);
      const register = { ...aRegister(), admit: () => Promise.reject(full) };
      const bench = createBench({ parts: { register }, error });
      bench.dispatcher.receive(aTurn(), bench.chat.surface);
      await bench.settled();
      expect(said).toEqual([
        ['turn-not-taken', { code: 'disk-full', errorClass: 'StoreError', errorCode: 'disk-full' }],
      ]);
      expect(bench.vendor.prompts).toEqual([]);
      expect(bench.chat.cards.map(({ paragraphs }) => paragraphs)).toEqual([[english.problem('ledger-unavailable')]]);
      expect(bench.ended).toMatchObject([{ code: 'ledger-unavailable' }]);
    });

    it('the register, when the turn is over', async () => {
      const register = { ...aRegister(() => 'admitted' as const), settle: async () => fault() };
      const bench = createBench({ parts: { register } });
      bench.dispatcher.receive(aTurn(), bench.chat.surface);
      await bench.settled();
      await bench.dispatcher.drain(600_000);
      expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
      expect(bench.chat.cards).toEqual([]);
    });

    it('the platform’s reply itself', async () => {
      const bench = createBench({ parts: { concurrency: { running: 1, waiting: 8 } } });
      const openReply = (): ReturnType<TurnSurface['openReply']> => ({ write: () => {}, end: async () => fault() });
      for (const id of ['1', '2']) bench.dispatcher.receive(aTurn({ id }), { ...bench.chat.surface, openReply });
      await bench.settled(2);
      await bench.dispatcher.drain(600_000);
      expect(bench.ended).toHaveLength(2);
    });

    it('what is told beside an answer, which stays as it is', async () => {
      const bench = createBench({
        decide: () => ({ kind: 'allow', basis: 'consent', inform: true }),
        parts: { consent: { noticeShown: fault } },
      });
      bench.dispatcher.receive(aTurn(), bench.chat.surface);
      await bench.settled();
      expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
      expect(bench.ended).toMatchObject([{ code: 'answered' }]);
      expect(bench.chat.cards.map(({ paragraphs }) => paragraphs)).not.toContainEqual([english.problem('unknown')]);
    });
  });

  it('tells a person kindly when the queue is full, and answers the ones before', async () => {
    const bench = createBench({ parts: { concurrency: { running: 1, waiting: 1 } } });
    bench.dispatcher.receive(aTurn({ id: '1' }), bench.chat.surface);
    bench.dispatcher.receive(aTurn({ id: '2' }), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.cards.map((card) => card.paragraphs)).toEqual([[english.problem('overloaded-here')]]);
    expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
  });

  it('drains: refuses new turns, interrupts what does not end in time', async () => {
    const bench = createBench({
      script: async function* (_prompt, signal) {
        yield { type: 'delta', text: sealText('Begun, ') };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new VendorError('cancelled');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await until(() => bench.chat.shown.length > 0);
    await bench.dispatcher.drain(0);
    expect(bench.chat.endings).toEqual([{ kind: 'interrupted' }]);
    bench.dispatcher.receive(aTurn({ id: '2' }), bench.chat.surface);
    expect(bench.vendor.prompts).toHaveLength(1);
  });

  it('after a withdrawal calls no vendor and writes no model text, wherever in the turn it falls', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 40 }), fc.boolean(), async (afterRounds, readsThread) => {
        let withdrawn = false;
        let callsAfter = 0;
        let writesAfter = 0;
        const bench = createBench({
          decide: () => (withdrawn ? { kind: 'deny', reason: 'withdrawn' } : allowed),
          parts: { context: readsThread ? 'own' : 'none' },
          script: async function* () {
            if (withdrawn) callsAfter += 1;
            for (let index = 0; index < 12; index += 1) {
              await nextRound();
              yield { type: 'delta', text: sealText(`word ${index} `) };
            }
            yield { type: 'finish', reason: 'complete' };
          },
        });
        const { surface } = bench.chat;
        const watched: TurnSurface = {
          ...surface,
          openReply: (control) => {
            const reply = surface.openReply(control);
            return {
              ...reply,
              write: (piece) => {
                if (withdrawn) writesAfter += 1;
                reply.write(piece);
              },
            };
          },
        };
        bench.dispatcher.receive(aTurn(), watched);
        for (let round = 0; round < afterRounds; round += 1) await nextRound();
        const alreadyEnded = bench.ended.length === 1;
        withdrawn = true;
        bench.dispatcher.withdraw(aPerson(), 'openai');
        await bench.settled();
        expect([callsAfter, writesAfter]).toEqual([0, 0]);
        if (!alreadyEnded && bench.chat.endings.length > 0) expect(bench.chat.endings).toEqual([{ kind: 'withdrawn' }]);
        expect(await bench.chat.control()?.mayPost()).not.toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('breaks an answer off, and the vendor with it, where the ledger stops to answer, and says no word of a withdrawal', async () => {
    let decision: Decision = allowed;
    let aborted = false;
    const bench = createBench({
      decide: () => decision,
      script: async function* (_prompt, signal) {
        yield { type: 'delta', text: sealText('Begun, ') };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        aborted = true;
        throw new VendorError('cancelled');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await until(() => bench.chat.shown.length > 0);
    decision = { kind: 'deny', reason: 'ledger-unavailable' };
    expect(await bench.chat.control()?.mayPost()).toBe(false);
    await bench.settled();
    expect(aborted).toBe(true);
    expect(bench.chat.endings).toEqual([{ kind: 'failed', problem: 'ledger-unavailable' }]);
  });

  it('takes back what the vendor’s filter stopped, also where the person withdrew meanwhile', async () => {
    const bench = createBench({
      script: async function* () {
        yield { type: 'delta', text: sealText('Begun, ') };
        bench.dispatcher.withdraw(aPerson(), undefined);
        throw new VendorError('blocked-output');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.endings).toEqual([{ kind: 'retracted' }]);
  });

  it('stops for the person who asked, and nobody else', async () => {
    const bench = createBench({
      script: async function* (_prompt, signal) {
        yield { type: 'delta', text: sealText('Begun, ') };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new VendorError('cancelled');
      },
    });
    const turn = aTurn();
    bench.dispatcher.receive(turn, bench.chat.surface);
    await until(() => bench.chat.shown.length > 0);
    bench.dispatcher.stop(aPerson({ person: 'U2' }), turn.conversation.id, turn.conversation.thread);
    await nextRound();
    expect(bench.chat.endings).toEqual([]);
    bench.dispatcher.stop(aPerson(), turn.conversation.id, turn.conversation.thread);
    await bench.settled();
    expect(bench.chat.endings).toEqual([{ kind: 'stopped' }]);
  });
});
