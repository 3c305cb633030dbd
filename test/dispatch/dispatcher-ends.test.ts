import type { Decision, Verdict } from '../../src/consent/consent';
import { type Admission, inputOf } from '../../src/dispatch/admit';
import { sentencesFor } from '../../src/language/sentences';
import type { TurnSurface } from '../../src/model/adapter';
import { Bytes } from '../../src/model/bytes';
import type { ReplyOutcome } from '../../src/model/reply';
import { openText, sealText } from '../../src/model/text';
import type { AttachedFile, ConversationId } from '../../src/model/turn';
import type { StreamPart } from '../../src/vendors/connector';
import { VendorError } from '../../src/vendors/kit/vendor-error';
import { allowed, answering, createBench, notice } from '../support/dispatcher';
import { aRegister } from '../support/inputs';
import { aRedactor } from '../support/redaction';
import { aPerson, aTurn } from '../support/turns';
import { until } from '../support/until';

const english = sentencesFor('en');
const inform: Decision = { kind: 'allow', basis: 'consent', inform: true };
const fault = (): never => {
  throw new RangeError('CANARY');
};

/** A register that writes down what became of which input. */
function watched(admission: Admission) {
  const settled: unknown[] = [];
  const register = {
    ...aRegister(() => admission),
    async settle(...how: unknown[]): Promise<void> {
      settled.push(how);
    },
  };
  return { register, settled };
}

describe('a question, to the register,', () => {
  it.each(['admitted', 'person-limit', 'tenant-limit'] as const)('is done once it is over: %s', async (admission) => {
    const { register, settled } = watched(admission);
    const bench = createBench({ parts: { register } });
    const turn = aTurn();
    bench.dispatcher.receive(turn, bench.chat.surface);
    await bench.settled();
    expect(settled).toEqual([[inputOf(turn), 'done']]);
  });

  it('is nobody’s to end where another process took it', async () => {
    const { register, settled } = watched('duplicate');
    const bench = createBench({ parts: { register } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(settled).toEqual([]);
    expect(bench.ended).toStrictEqual([{ code: 'duplicate', platform: 'slack', durationMs: 0 }]);
  });

  it('is not done where it could not be taken: its next delivery is', async () => {
    const { register, settled } = watched('admitted');
    const bench = createBench({ parts: { register: { ...register, admit: () => Promise.reject('no error at all') } } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(settled).toEqual([]);
    expect(bench.linesOf('turn-not-taken')).toMatchObject([['error', { code: 'unknown' }]]);
    expect(bench.ended).toMatchObject([{ code: 'ledger-unavailable' }]);
  });

  it('is over, and told of in the log, where that cannot be written down', async () => {
    const register = { ...aRegister(), settle: async () => fault() };
    const bench = createBench({ parts: { register } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.linesOf('turn-broke')).toEqual([['error', { errorClass: 'RangeError' }]]);
    expect(bench.ended).toMatchObject([{ code: 'answered' }]);
  });
});

describe('a question, to the gate,', () => {
  it('is asked about for its person and its conversation, before anybody is asked by name', async () => {
    const asked: unknown[] = [];
    const check = async (...those: readonly unknown[]): Promise<Verdict> => {
      asked.push(those);
      const pseudonyms = { asker: 'p1', safetyId: 's1' };
      return { decision: allowed, vendor: 'openai', notice, pseudonyms, silence: 'asks-again' };
    };
    const bench = createBench({ parts: { gate: { vendorInEffect: async () => 'openai', check } } });
    bench.dispatcher.receive(aTurn({ conversation: 'C9' }), bench.chat.surface);
    await bench.settled();
    expect(asked).toEqual([
      [aPerson(), undefined, 'C9'],
      [aPerson(), 'openai', 'C9'],
    ]);
  });

  it('as long as it may be is one; a character more is not', async () => {
    const bench = createBench({ parts: { questionCharacters: 5 } });
    for (const question of ['12345', '123456']) bench.dispatcher.receive(aTurn({ question }), bench.chat.surface);
    await bench.settled(2);
    expect(bench.vendor.prompts).toHaveLength(1);
    expect(bench.ended.map(({ code }) => code).sort()).toEqual(['answered', 'question-too-long']);
  });

  it('of a vendor that is not set up is met with what is said where there is no notice', async () => {
    const bench = createBench({ parts: { connectors: new Map() } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.cards.map(({ paragraphs }) => paragraphs)).toEqual([[english.problem('denied-notice')]]);
    expect(bench.ended).toMatchObject([{ code: 'denied-notice' }]);
  });
});

describe('a question with a file', () => {
  const picture: AttachedFile = { id: 'F1', mediaType: 'image/png', size: 12 };
  const bytes = new Bytes(Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1'));
  const readFile: TurnSurface['readFile'] = async () => ({ kind: 'read', bytes });

  it('goes with its picture to a vendor that takes such, beside the words of the question alone', async () => {
    const bench = createBench();
    Object.assign(bench.vendor.connector, { imageTypes: ['image/png'] });
    bench.dispatcher.receive(aTurn({ files: [picture] }), { ...bench.chat.surface, readFile });
    await bench.settled();
    expect(bench.vendor.prompts[0]?.messages.at(-1)?.images).toEqual([{ type: 'image/png', bytes }]);
    expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
  });

  it.each([
    ['where the vendor takes no pictures', readFile, 'file-no-pictures', undefined],
    [
      'where it cannot be read',
      async () => ({ kind: 'unavailable', reason: 'failed' }) as const,
      'file-unreadable',
      ['image/png'],
    ],
  ] as const)('is refused %s, and nothing is sent', async (_where, read, problem, imageTypes) => {
    const bench = createBench();
    Object.assign(bench.vendor.connector, imageTypes && { imageTypes });
    bench.dispatcher.receive(aTurn({ files: [picture] }), { ...bench.chat.surface, readFile: read });
    await bench.settled();
    expect(bench.vendor.prompts).toEqual([]);
    expect(bench.chat.cards.map(({ paragraphs }) => paragraphs)).toEqual([[english.problem(problem)]]);
    expect(bench.ended).toMatchObject([{ code: problem }]);
  });

  it('is not even read where the vendor takes no pictures', async () => {
    const bench = createBench();
    let read = false;
    const surface: TurnSurface = {
      ...bench.chat.surface,
      readFile: async () => {
        read = true;
        return { kind: 'read', bytes };
      },
    };
    bench.dispatcher.receive(aTurn({ files: [picture] }), surface);
    await bench.settled();
    expect(read).toBe(false);
  });

  it('goes as far as the limits that are set', async () => {
    const bench = createBench({ parts: { fileLimits: { files: 3, fileBytes: 11, fileCharacters: 500 } } });
    Object.assign(bench.vendor.connector, { imageTypes: ['image/png'] });
    bench.dispatcher.receive(aTurn({ files: [picture] }), { ...bench.chat.surface, readFile });
    await bench.settled();
    expect(bench.ended).toMatchObject([{ code: 'file-too-large' }]);
  });
});

describe('an answer', () => {
  it('is asked for with the briefing of this question and this vendor', async () => {
    const briefed: unknown[] = [];
    const bench = createBench({
      parts: {
        briefing: ({ id }, vendor) => {
          briefed.push([id, vendor]);
          return { instructions: sealText('Be kind.'), model: 'm2' };
        },
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(briefed).toEqual([['1.0', 'openai']]);
    const [prompt] = bench.vendor.prompts;
    expect([prompt && openText(prompt.instructions), prompt?.model]).toEqual(['Be kind.', 'm2']);
  });

  it.each([
    ['direct', true],
    ['group', false],
    ['channel', false],
  ] as const)('to a question of a %s conversation is asked for with its quotes: %s', async (kind, quoted) => {
    const bench = createBench();
    bench.dispatcher.receive(aTurn({ kind, question: '> said by somebody\nwhy?' }), bench.chat.surface);
    await bench.settled();
    const sent = bench.vendor.prompts[0]?.messages.map(({ text }) => openText(text)).join('\n');
    expect(sent?.includes('said by somebody')).toBe(quoted);
  });

  it('is searched for what the asker’s own tenant lets nobody have', async () => {
    const tenants: string[] = [];
    const works = aRedactor();
    const redactor: typeof works = {
      ...works,
      inspect(question, tenant, signal) {
        tenants.push(tenant);
        return works.inspect(question, tenant, signal);
      },
    };
    const bench = createBench({ parts: { redactor } });
    bench.dispatcher.receive(aTurn({ tenant: 'T7' }), bench.chat.surface);
    await bench.settled();
    expect(tenants).toEqual(['T7']);
  });

  it('says who gives it, and is told of in the log when its first words are seen', async () => {
    let now = 1_000;
    const bench = createBench({ now: () => now });
    bench.dispatcher.receive({ ...aTurn(), receivedAt: 400 }, bench.chat.surface);
    await bench.settled();
    const control = bench.chat.control();
    expect(control?.answerer()).toEqual({
      vendor: 'OpenAI',
      region: 'global',
      model: 'm',
      noticeId: 'n1',
      asker: 'p1',
    });
    now = 2_000;
    control?.onFirstVisible();
    expect(bench.linesOf('first-words-visible')).toEqual([['debug', { durationMs: 1_600 }]]);
    expect(bench.linesOf('turn-ended')).toEqual([
      ['info', { code: 'answered', platform: 'slack', durationMs: 600, vendor: 'openai' }],
    ]);
  });

  it.each<[string, Decision, readonly string[]]>([
    ['changed in wording since they agreed', inform, ['n1']],
    ['is the one that they agreed to', allowed, []],
  ])('is followed by the notice where it %s', async (_where, decision, shown) => {
    const bench = createBench({ decide: () => decision });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.notices).toEqual(shown);
    expect(bench.chat.cards).toHaveLength(shown.length);
  });

  it('stays what it is where what stands beside it cannot be told, which the log says', async () => {
    const bench = createBench();
    const surface = { ...bench.chat.surface, tellPrivately: fault };
    bench.dispatcher.receive(aTurn({ question: 'mail a@example.com' }), surface);
    await bench.settled();
    expect(bench.linesOf('turn-broke')).toEqual([['error', { errorClass: 'RangeError' }]]);
    expect(bench.ended).toMatchObject([{ code: 'answered' }]);
  });

  it('that breaks is ended as failed, and the log says by what class of error', async () => {
    const bench = createBench({ parts: { briefing: fault } });
    bench.dispatcher.receive(aTurn({ question: 'mail a@example.com' }), bench.chat.surface);
    await bench.settled();
    const [{ errorId } = {}] = bench.ended;
    expect(errorId).toMatch(/^[2-9a-z]{6}$/u);
    expect(bench.linesOf('answer-broke')).toEqual([['error', { errorClass: 'RangeError', errorId }]]);
    expect(bench.linesOf('turn-broke')).toEqual([]);
    expect(bench.chat.endings).toEqual([{ kind: 'failed', problem: 'unknown', errorId }]);
    expect([bench.chat.cards, bench.ended.map(({ code }) => code)]).toEqual([[], ['unknown']]);
  });

  describe('that the platform does not take', () => {
    const replyOf = (bench: ReturnType<typeof createBench>, end: () => Promise<ReplyOutcome>): TurnSurface => ({
      ...bench.chat.surface,
      openReply: (control) => ({ ...bench.chat.surface.openReply(control), end }),
    });
    const refused = async (): Promise<ReplyOutcome> => ({ delivered: false, code: 'msg_too_long' });

    it('is a failure of its own', async () => {
      const bench = createBench();
      bench.dispatcher.receive(aTurn(), replyOf(bench, refused));
      await bench.settled();
      expect(bench.linesOf('reply-not-delivered')).toEqual([['warn', { platform: 'slack', code: 'msg_too_long' }]]);
      expect(bench.ended).toMatchObject([{ code: 'not-shown' }]);
    });

    it('keeps its reason where there was another', async () => {
      const bench = createBench({
        script: async function* (): AsyncGenerator<StreamPart> {
          yield { type: 'delta', text: sealText('So far.') };
          throw new VendorError('overloaded');
        },
      });
      bench.dispatcher.receive(aTurn(), replyOf(bench, refused));
      await bench.settled();
      expect(bench.ended).toMatchObject([{ code: 'vendor-overloaded' }]);
    });

    it('because of a fault is told of twice in the log: by its class, and as lost', async () => {
      const bench = createBench();
      bench.dispatcher.receive(
        aTurn(),
        replyOf(bench, async () => fault()),
      );
      await bench.settled();
      expect(bench.linesOf('reply-broke')).toEqual([['error', { errorClass: 'RangeError' }]]);
      expect(bench.linesOf('reply-not-delivered')).toEqual([['warn', { platform: 'slack', code: 'broke' }]]);
      expect(bench.ended).toMatchObject([{ code: 'not-shown' }]);
    });
  });

  it('that was delivered is not told of as lost', async () => {
    const bench = createBench();
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.linesOf('reply-not-delivered')).toEqual([]);
  });
});

describe('a turn that breaks before it is answered', () => {
  it('is told to the asker, and by its class to the log', async () => {
    const bench = createBench({ decide: fault });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    const [{ errorId } = {}] = bench.ended;
    expect(bench.chat.cards.map(({ paragraphs }) => paragraphs)).toEqual([[english.problem('unknown', { errorId })]]);
    expect(bench.chat.cards[0]?.paragraphs[0]).toContain(errorId);
    expect(bench.linesOf('turn-broke')).toEqual([['error', { errorClass: 'RangeError', errorId }]]);
    expect(bench.ended).toMatchObject([{ code: 'unknown' }]);
  });

  it('is over even where that cannot be told', async () => {
    const bench = createBench({ decide: fault });
    bench.dispatcher.receive(aTurn(), { ...bench.chat.surface, tellPrivately: fault });
    await bench.settled();
    expect(bench.linesOf('not-told')).toEqual([['error', { errorClass: 'RangeError' }]]);
  });
});

describe('a dispatcher with no room', () => {
  it('tells the operator why it refused a question', async () => {
    const bench = createBench({ parts: { concurrency: { running: 1, waiting: 1 } } });
    for (const id of ['1', '2']) bench.dispatcher.receive(aTurn({ id }), bench.chat.surface);
    await bench.settled();
    expect(bench.linesOf('turn-refused')).toEqual([['warn', { code: 'queue-full', platform: 'slack' }]]);
  });

  it('does not hold a shutdown up for a question that it refused', async () => {
    const bench = createBench({ parts: { concurrency: { running: 1, waiting: 0 } } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.dispatcher.drain(600_000);
    expect(bench.ended).toEqual([]);
  });
});

describe('a shutdown', () => {
  it('refuses what comes from then on, and says so to the asker and the operator', async () => {
    const bench = createBench();
    await bench.dispatcher.drain(600_000);
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await until(() => bench.chat.cards.length > 0);
    expect(bench.chat.cards.map(({ paragraphs }) => paragraphs)).toEqual([[english.problem('overloaded-here')]]);
    expect(bench.linesOf('turn-refused')).toEqual([['warn', { code: 'draining', platform: 'slack' }]]);
    expect([bench.ended, bench.vendor.prompts]).toEqual([[], []]);
  });

  it('lets answers finish that do so in time', async () => {
    const mayGoOn = Promise.withResolvers<void>();
    const bench = createBench({
      script: async function* () {
        await mayGoOn.promise;
        yield* answering('Hello');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await until(() => bench.vendor.prompts.length > 0);
    const drained = bench.dispatcher.drain(600_000);
    mayGoOn.resolve();
    await drained;
    expect(bench.ended).toMatchObject([{ code: 'answered' }]);
    expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
  });

  it('leaves stops and withdrawals in force meanwhile', async () => {
    const bench = createBench({
      script: async function* (_prompt, signal) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        yield* answering('too late');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await until(() => bench.vendor.prompts.length > 0);
    const drained = bench.dispatcher.drain(600_000);
    bench.dispatcher.stop(aPerson(), 'C1' as ConversationId);
    await drained;
    expect(bench.chat.endings).toEqual([{ kind: 'stopped' }]);
  });
});
