import { setImmediate as nextRound } from 'node:timers/promises';
import type { Decision, Verdict } from '../../src/consent/consent';
import type { ThreadMessage, TurnSurface } from '../../src/model/adapter';
import { Bytes } from '../../src/model/bytes';
import { openText, sealText } from '../../src/model/text';
import type { AttachedFile, ConversationId, MessageId } from '../../src/model/turn';
import type { StreamPart } from '../../src/vendors/connector';
import { VendorError } from '../../src/vendors/kit/vendor-error';
import { allowed, answering, createBench, notice } from '../support/dispatcher';
import { aRedactor } from '../support/redaction';
import { aPerson, aTurn } from '../support/turns';
import { until } from '../support/until';

const file: AttachedFile = { id: 'F1', mediaType: 'text/plain', size: 5 };
const words = { kind: 'read', bytes: new Bytes(Buffer.from('words')) } as const;

/** A vendor that says a word, and then no more until it is told to stop. */
async function* unfinished(_prompt: unknown, signal: AbortSignal): AsyncGenerator<StreamPart> {
  yield { type: 'delta', text: sealText('Begun, ') };
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  throw new VendorError('cancelled');
}

type Bench = ReturnType<typeof createBench>;
const BREAKS: readonly [string, (bench: Bench) => void][] = [
  ['stopped', ({ dispatcher }) => dispatcher.stop(aPerson(), 'C1' as ConversationId)],
  ['withdrawn', ({ dispatcher }) => dispatcher.withdraw(aPerson(), 'openai')],
];

describe('a question that is broken off', () => {
  it.each(BREAKS)('while its file is read goes no further: %s', async (code, breakOff) => {
    const searched: string[] = [];
    const works = aRedactor();
    const redactor: typeof works = {
      ...works,
      inspect: (question, ...more) => {
        searched.push(openText(question.text));
        return works.inspect(question, ...more);
      },
    };
    const bench = createBench({ parts: { redactor } });
    let signal: AbortSignal | undefined;
    const readFile: TurnSurface['readFile'] = async (_file, _most, given) => {
      signal = given;
      breakOff(bench);
      return words;
    };
    bench.dispatcher.receive(aTurn({ files: [file] }), { ...bench.chat.surface, readFile });
    await bench.settled();
    expect(bench.ended).toMatchObject([{ code, vendor: 'openai' }]);
    expect(signal?.aborted).toBe(true);
    expect([searched, bench.vendor.prompts, bench.chat.endings, bench.chat.cards]).toEqual([[], [], [], []]);
  });

  it.each(BREAKS)('while it is searched opens no reply: %s', async (code, breakOff) => {
    let signal: AbortSignal | undefined;
    const works = aRedactor();
    const redactor: typeof works = {
      ...works,
      inspect: async (question, tenant, given) => {
        signal = given;
        breakOff(bench);
        return works.inspect(question, tenant, given);
      },
    };
    const bench: Bench = createBench({ parts: { redactor } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.ended).toMatchObject([{ code }]);
    expect(signal?.aborted).toBe(true);
    expect([bench.chat.control(), bench.vendor.prompts, bench.chat.cards]).toEqual([undefined, [], []]);
  });

  it.each(BREAKS)('while the thread is read ends its reply, and no vendor is asked: %s', async (code, breakOff) => {
    const bench = createBench();
    const readThread: TurnSurface['readThread'] = async (_limit, signal) => {
      breakOff(bench);
      expect(signal.aborted).toBe(true);
      return { kind: 'read', messages: [] };
    };
    bench.dispatcher.receive(aTurn(), { ...bench.chat.surface, readThread });
    await bench.settled();
    expect(bench.chat.endings).toEqual([{ kind: code }]);
    expect(bench.vendor.prompts).toEqual([]);
  });

  it('right before the vendor is asked ends its reply, also where nothing is searched for', async () => {
    let checks = 0;
    const decide = (): Decision => {
      checks += 1;
      return checks > 1 ? { kind: 'deny', reason: 'withdrawn' } : allowed;
    };
    const bench = createBench({ decide, parts: { redactor: aRedactor('off') } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.endings).toEqual([{ kind: 'withdrawn' }]);
    expect(bench.vendor.prompts).toEqual([]);
  });

  it('tells the reply how it ends, and why nothing may be posted any more', async () => {
    const bench = createBench({ script: unfinished });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await until(() => bench.chat.shown.length > 0);
    const control = bench.chat.control();
    expect([control?.signal.aborted, await control?.mayPost(), control?.brokenOff()]).toEqual([false, true, undefined]);
    bench.dispatcher.stop(aPerson(), 'C1' as ConversationId);
    expect([control?.signal.aborted, await control?.mayPost(), control?.brokenOff()]).toEqual([
      true,
      false,
      { kind: 'stopped' },
    ]);
    await bench.settled();
  });

  it('by the removal of its message ends alone, and by the removal of its conversation with all in it', async () => {
    const bench = createBench({ script: unfinished });
    const ids = ['1.1', '1.2', '1.3'];
    for (const id of ids) bench.dispatcher.receive(aTurn({ id }), bench.chat.surface);
    await until(() => bench.chat.shown.length === ids.length);
    bench.dispatcher.stopIn('C1' as ConversationId, '1.2' as MessageId);
    await bench.settled();
    await nextRound();
    expect(bench.ended).toHaveLength(1);
    bench.dispatcher.stopIn('C1' as ConversationId);
    await bench.settled(ids.length);
    expect(bench.chat.endings).toEqual(ids.map(() => ({ kind: 'stopped' })));
  });

  it('while its reply ends counts as broken off; after a withdrawal nothing more is told', async () => {
    for (const [code, breakOff] of BREAKS) {
      const bench = createBench();
      const { surface } = bench.chat;
      const openReply: TurnSurface['openReply'] = (control) => ({
        ...surface.openReply(control),
        async end() {
          breakOff(bench);
          return { delivered: true };
        },
      });
      bench.dispatcher.receive(aTurn({ question: 'mail a@example.com' }), { ...surface, openReply });
      await bench.settled();
      expect(bench.ended).toMatchObject([{ code }]);
      expect(bench.chat.cards).toHaveLength(code === 'withdrawn' ? 0 : 1);
    }
  });
});

describe('words of others that go along', () => {
  const ben = aPerson({ person: 'BEN' });
  const thread: readonly ThreadMessage[] = [
    { kind: 'person', author: ben, names: [], said: { text: sealText('words of Ben'), mentions: [] } },
  ];
  const gateOf = (decide: (person: string, vendor: string | undefined, asked: number) => Decision) => {
    let asked = 0;
    return {
      vendorInEffect: async () => 'openai',
      check: async (person: { readonly id: string }, vendor: string | undefined): Promise<Verdict> => {
        if (person.id === ben.id) asked += 1;
        const decision = decide(person.id, vendor, asked);
        return {
          decision,
          vendor: 'openai',
          notice,
          pseudonyms: { asker: `p-${person.id}`, safetyId: 's1' },
          silence: 'asks-again',
        };
      },
    };
  };
  const sent = (bench: Bench): readonly (readonly string[])[] =>
    bench.vendor.prompts.map(({ messages }) => messages.map(({ text }) => openText(text)));
  const WITH_BEN = [['@person-1: words of Ben', 'What is a turn?']];
  const WITHHELD = [['[message withheld]', 'What is a turn?']];
  const denied: Decision = { kind: 'deny', reason: 'withdrawn' };

  it('go along where their author agreed', async () => {
    const bench = createBench({ thread, parts: { context: 'consented', gate: gateOf(() => allowed) } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(sent(bench)).toEqual(WITH_BEN);
  });

  it('are left out where their author withdraws elsewhere before the vendor is asked', async () => {
    const gate = gateOf((person, _vendor, asked) => (person === ben.id && asked > 1 ? denied : allowed));
    const bench = createBench({ thread, parts: { context: 'consented', gate } });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(sent(bench)).toEqual(WITHHELD);
    expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
  });

  it.each([
    ['the vendor that is asked', 'openai', true],
    ['every vendor', undefined, true],
    ['another vendor', 'bedrock', false],
  ])('are read anew where their author withdraws from %s while they are searched', async (_from, vendor, anew) => {
    let withdrawn = false;
    const works = aRedactor();
    const redactor: typeof works = {
      ...works,
      inspect: async (...asked) => {
        const inspection = await works.inspect(...asked);
        if (inspection.kind !== 'may-go') return inspection;
        return {
          ...inspection,
          redact: (...given) => {
            if (!withdrawn) bench.dispatcher.withdraw(ben, vendor);
            withdrawn = true;
            return inspection.redact(...given);
          },
        };
      },
    };
    let reads = 0;
    // What the gate says was read before the withdrawal: it is not what ends it.
    const bench: Bench = createBench({ parts: { context: 'consented', gate: gateOf(() => allowed), redactor } });
    const readThread: TurnSurface['readThread'] = async () => {
      reads += 1;
      return { kind: 'read', messages: thread };
    };
    bench.dispatcher.receive(aTurn(), { ...bench.chat.surface, readThread });
    await bench.settled();
    expect(reads).toBe(anew ? 2 : 1);
    expect(bench.vendor.prompts).toHaveLength(1);
  });

  it('are taken back from a vendor that has not begun to answer, which is asked anew without them', async () => {
    let withdrawn = false;
    const aborted: boolean[] = [];
    const bench: Bench = createBench({
      thread,
      parts: {
        context: 'consented',
        gate: gateOf((person) => (person === ben.id && withdrawn ? denied : allowed)),
      },
      script: async function* (prompt, signal) {
        if (!withdrawn) {
          withdrawn = true;
          bench.dispatcher.withdraw(ben, 'openai');
          aborted.push(signal.aborted);
          throw new VendorError('cancelled');
        }
        yield* answering(`${prompt.messages.length} messages`);
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(aborted).toEqual([true]);
    expect(sent(bench)).toEqual([...WITH_BEN, ...WITHHELD]);
    expect(bench.chat.shown.join('')).toBe('2 messages');
  });

  it('stay with a vendor that began to answer: its answer goes on', async () => {
    const bench: Bench = createBench({
      thread,
      parts: { context: 'consented', gate: gateOf(() => allowed) },
      script: async function* (_prompt, signal) {
        yield { type: 'delta', text: sealText('Hello') };
        bench.dispatcher.withdraw(ben, undefined);
        expect(signal.aborted).toBe(false);
        yield* answering(' there.');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(bench.chat.shown.join('')).toBe('Hello there.');
    expect(sent(bench)).toEqual(WITH_BEN);
  });

  it('do not hold a vendor that is stopped by the asker: nobody is asked anew', async () => {
    const aborted: boolean[] = [];
    const bench: Bench = createBench({
      thread,
      parts: { context: 'consented', gate: gateOf(() => allowed) },
      script: async function* (_prompt, signal) {
        bench.dispatcher.stop(aPerson(), 'C1' as ConversationId);
        aborted.push(signal.aborted);
        bench.dispatcher.withdraw(ben, undefined);
        yield* answering('too late');
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(aborted).toEqual([true]);
    expect(bench.vendor.prompts).toHaveLength(1);
    expect(bench.chat.endings).toEqual([{ kind: 'stopped' }]);
  });

  it('are asked about before each attempt of a vendor, as the asker is', async () => {
    let deny: string | undefined;
    const may: (boolean | undefined)[] = [];
    const bench = createBench({
      thread,
      parts: {
        context: 'consented',
        gate: gateOf((person) => (person === deny ? { kind: 'deny', reason: 'withdrawn' } : allowed)),
      },
    });
    const { connector } = bench.vendor;
    const stream = connector.stream.bind(connector);
    Object.assign(connector, {
      async *stream(...[prompt, signal, mayAsk]: Parameters<typeof connector.stream>) {
        may.push(await mayAsk?.());
        deny = ben.id;
        may.push(await mayAsk?.());
        deny = 'U1';
        may.push(await mayAsk?.());
        yield* stream(prompt, signal, mayAsk);
      },
    });
    bench.dispatcher.receive(aTurn(), bench.chat.surface);
    await bench.settled();
    expect(may).toEqual([true, false, false]);
    expect(bench.chat.endings).toEqual([{ kind: 'withdrawn' }]);
  });

  it('are left out with the whole thread after three withdrawals: the question is answered all the same', async () => {
    // Whoever is asked about while the thread is read agrees, and withdraws before the vendor is asked.
    const gate = gateOf((person, _vendor, asked) => (person === ben.id && asked % 2 === 0 ? denied : allowed));
    let reads = 0;
    const bench = createBench({ parts: { context: 'consented', gate } });
    const readThread: TurnSurface['readThread'] = async () => {
      reads += 1;
      return { kind: 'read', messages: thread };
    };
    bench.dispatcher.receive(aTurn(), { ...bench.chat.surface, readThread });
    await bench.settled();
    expect(reads).toBe(3);
    expect(sent(bench)).toEqual([['What is a turn?']]);
    expect(bench.chat.endings).toEqual([{ kind: 'complete' }]);
  });
});
