import { setImmediate as nextRound } from 'node:timers/promises';
import { openText, sealText } from '../../../src/model/text';
import type { Prompt, StreamPart } from '../../../src/vendors/connector';
import { adaptive } from '../../../src/vendors/kit/adaptive';
import { ALL, type Capabilities, createCapabilityMemory } from '../../../src/vendors/kit/capabilities';
import type { Refused } from '../../../src/vendors/kit/refused';
import { VendorError } from '../../../src/vendors/kit/vendor-error';
import { messageOf, promptOf } from '../../support/vendors';

const life: StreamPart = { type: 'life' };
const whole: readonly StreamPart[] = [
  { type: 'delta', text: sealText('Yes.') },
  { type: 'finish', reason: 'complete' },
];
const refusing = (refused: Refused): VendorError => new VendorError('bad-request', { status: 400, refused });
const malformed = new VendorError('bad-request', { status: 400 });

/** A route to a model that is judged by the test, which gives what a question meets: parts, and an error at last. */
function route(
  judge: (capabilities: Capabilities, prompt: Prompt) => readonly (StreamPart | VendorError | Promise<void>)[],
  guesses: readonly Refused[] = [],
) {
  const told: string[] = [];
  const asked: { readonly capabilities: Capabilities; readonly prompt: Prompt }[] = [];
  let now = 0;
  const memory = createCapabilityMemory(
    { onLearned: (code) => told.push(code), onForgotten: (code) => told.push(`not ${code}`) },
    () => now,
  );
  const stream = adaptive({
    model: 'one',
    memory,
    guesses,
    async *ask(prompt, capabilities) {
      asked.push({ capabilities, prompt });
      for (const step of judge(capabilities, prompt)) {
        if (step instanceof VendorError) throw step;
        if (step instanceof Promise) await step;
        else yield step;
      }
    },
  });
  async function ask(
    prompt = promptOf('Hi?'),
    signal = new AbortController().signal,
    may?: () => Promise<boolean>,
    onPart?: (type: string) => void,
  ) {
    try {
      let words = '';
      for await (const part of stream(prompt, signal, may)) {
        onPart?.(part.type);
        if (part.type === 'delta') words += openText(part.text);
      }
      return words;
    } catch (error) {
      return error instanceof VendorError ? error.category : 'broke';
    }
  }
  return {
    ask,
    asked,
    told,
    memory,
    pass: (ms: number): void => {
      now += ms;
    },
  };
}

describe('a route to a model that does not take all', () => {
  it.each<[Refused, Partial<Capabilities>, string]>([
    ['system-role', { systemRole: false }, 'no-system-role'],
    ['streaming', { streaming: false }, 'no-streaming'],
    ['stream-options', { streamOptions: false }, 'no-stream-options'],
    ['safety-identifier', { safetyIdentifier: false }, 'no-safety-identifier'],
    ['max-tokens', { lengthLimit: 'max_tokens' }, 'wants-max-tokens'],
    ['max-completion-tokens', { lengthLimit: 'max_completion_tokens' }, 'wants-max-completion-tokens'],
  ])(
    'learns from a refusal once what it takes, says so by a code, and asks right from then on: %s',
    async (refused, taken, code) => {
      const isRight = (capabilities: Capabilities): boolean =>
        Object.entries(taken).every(([key, value]) => capabilities[key as keyof Capabilities] === value);
      const one = route((capabilities) => (isRight(capabilities) ? whole : [refusing(refused)]));
      expect([await one.ask(), await one.ask(), await one.ask()]).toEqual(['Yes.', 'Yes.', 'Yes.']);
      expect(one.asked.map(({ capabilities }) => isRight(capabilities))).toEqual([false, true, true, true]);
      expect(one.told).toEqual([code]);
    },
  );

  it('learns several things in one question', async () => {
    const one = route(({ systemRole, streaming }) =>
      streaming ? [refusing('streaming')] : systemRole ? [refusing('system-role')] : whole,
    );
    expect([await one.ask(), await one.ask()]).toEqual(['Yes.', 'Yes.']);
    expect(one.asked).toHaveLength(4);
    expect(one.told).toEqual(['no-system-role', 'no-streaming']);
  });

  it('learns of each model apart', async () => {
    const one = route(({ systemRole }, { model }) =>
      systemRole && model === 'two' ? [refusing('system-role')] : whole,
    );
    for (const model of ['one', 'two', 'one', 'two']) await one.ask(promptOf('Hi?', { model }));
    expect(one.asked.map(({ capabilities }) => capabilities.systemRole)).toEqual([true, true, false, true, false]);
  });

  it('learns from a refusal that comes inside an answer', async () => {
    const one = route(({ systemRole }) => (systemRole ? [life, refusing('system-role')] : [life, ...whole]));
    expect([await one.ask(), await one.ask()]).toEqual(['Yes.', 'Yes.']);
    expect(one.asked).toHaveLength(3);
  });

  it('gives up where the model refuses the same again, and learns nothing', async () => {
    const one = route(() => [refusing('system-role')]);
    expect([await one.ask(), await one.ask()]).toEqual(['bad-request', 'bad-request']);
    expect(one.asked).toHaveLength(4);
    expect([one.told, one.memory.of('one')]).toEqual([[], ALL]);
  });

  it('does not leave out the wish that nothing is stored', async () => {
    const one = route(() => [refusing('store')]);
    expect(await one.ask()).toBe('bad-request');
    expect(one.asked).toHaveLength(1);
  });

  it.each(['auth', 'rate-limited', 'overloaded', 'network', 'blocked-input', 'residency'] as const)(
    'asks nothing otherwise after %s',
    async (category) => {
      const one = route(() => [new VendorError(category)], ['stream-options', 'system-role']);
      expect(await one.ask()).toBe(category);
      expect(one.asked).toHaveLength(1);
    },
  );

  it('shows signs of life while an answer is made that comes whole', async () => {
    jest.useFakeTimers();
    try {
      const made = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50_000));
      const one = route(({ streaming }) => (streaming ? [refusing('streaming')] : [made(), ...whole]));
      const heard: string[] = [];
      const asking = one.ask(promptOf('Hi?'), undefined, undefined, (type) => heard.push(type));
      await jest.advanceTimersByTimeAsync(50_000);
      expect(await asking).toBe('Yes.');
      expect(heard).toEqual(['life', 'life', 'delta', 'finish']);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('never asks otherwise once there are words', async () => {
    const one = route(() => [whole[0] ?? life, refusing('system-role')]);
    expect(await one.ask()).toBe('bad-request');
    expect(one.asked).toHaveLength(1);
  });

  it('asks whether it may before it asks otherwise', async () => {
    const one = route(({ systemRole }) => (systemRole ? [refusing('system-role')] : whole));
    expect(await one.ask(promptOf('Hi?'), undefined, async () => false)).toBe('bad-request');
    expect(one.asked).toHaveLength(1);
    expect(await one.ask(promptOf('Hi?'), undefined, async () => true)).toBe('Yes.');
  });

  it('asks nothing otherwise once it is stopped', async () => {
    const stop = new AbortController();
    const one = route(() => {
      stop.abort();
      return [refusing('system-role')];
    });
    expect(await one.ask(promptOf('Hi?'), stop.signal)).toBe('bad-request');
    expect(one.asked).toHaveLength(1);
  });

  describe('that refuses without a word of why', () => {
    const guesses: readonly Refused[] = ['stream-options', 'system-role'];

    it.each<[string, (capabilities: Capabilities) => boolean, readonly string[], number]>([
      ['the first', ({ streamOptions }) => !streamOptions, ['no-stream-options'], 2],
      ['the second alone', ({ streamOptions, systemRole }) => streamOptions && !systemRole, ['no-system-role'], 3],
      [
        'both',
        ({ streamOptions, systemRole }) => !streamOptions && !systemRole,
        ['no-system-role', 'no-stream-options'],
        4,
      ],
    ])('finds out that it was %s', async (_what, takes, codes, requests) => {
      const one = route((capabilities) => (takes(capabilities) ? whole : [malformed]), guesses);
      expect(await one.ask()).toBe('Yes.');
      expect(one.asked).toHaveLength(requests);
      expect(one.told).toEqual(codes);
      await one.ask();
      expect(one.asked).toHaveLength(requests + 1);
    });

    it('finds out nothing, and says what the vendor said', async () => {
      const one = route(() => [malformed], guesses);
      expect(await one.ask()).toBe('bad-request');
      expect(one.asked).toHaveLength(4);
      expect(one.told).toEqual([]);
    });

    it('guesses nothing where it is not told what', async () => {
      const one = route(() => [malformed]);
      expect(await one.ask()).toBe('bad-request');
      expect(one.asked).toHaveLength(1);
    });
  });

  describe('with little room', () => {
    const messages = [
      messageOf('user', 'a'.repeat(400)),
      messageOf('assistant', 'b'.repeat(400)),
      messageOf('user', 'c'.repeat(100)),
      messageOf('assistant', 'd'.repeat(50)),
      messageOf('user', 'Why?'),
    ];
    const tight = (most: number) =>
      route((_capabilities, prompt) =>
        prompt.messages.reduce((sum, { text }) => sum + text.length, 0) > most
          ? [new VendorError('context-too-long')]
          : whole,
      );
    const sent = (one: ReturnType<typeof tight>): readonly number[] =>
      one.asked.map(({ prompt }) => prompt.messages.length);

    it('leaves out the oldest of what was said before, and remembers how much fits', async () => {
      const one = tight(300);
      expect([await one.ask(promptOf('', { messages })), await one.ask(promptOf('', { messages }))]).toEqual([
        'Yes.',
        'Yes.',
      ]);
      expect(sent(one)).toEqual([5, 3, 3]);
      expect(one.told).toEqual(['short-context']);
      expect(openText(one.asked[1]?.prompt.messages.at(-1)?.text ?? sealText(''))).toBe('Why?');
    });

    it('halves until it fits, and tells the person where not even the question does', async () => {
      const small = tight(10);
      expect(await small.ask(promptOf('', { messages }))).toBe('Yes.');
      expect(sent(small)).toEqual([5, 3, 2, 1]);
      const none = tight(3);
      expect(await none.ask(promptOf('', { messages }))).toBe('context-too-long');
      expect(none.told).toEqual([]);
    });
  });

  describe('that is asked by several at once', () => {
    it('finds out by one of them', async () => {
      let free: () => void = () => {};
      const held = new Promise<void>((resolve) => {
        free = resolve;
      });
      const one = route(
        ({ systemRole, streamOptions }) => (systemRole || streamOptions ? [malformed] : [held, ...whole]),
        ['stream-options', 'system-role'],
      );
      const all = Array.from({ length: 5 }, () => one.ask());
      while (one.asked.length < 8) await nextRound();
      for (let round = 0; round < 20; round += 1) await nextRound();
      // Five were refused, and one of them found out by three more.
      expect(one.asked).toHaveLength(8);
      free();
      expect(await Promise.all(all)).toEqual(Array.from({ length: 5 }, () => 'Yes.'));
      expect(one.asked).toHaveLength(12);
      expect(one.told).toEqual(['no-system-role', 'no-stream-options']);
    });

    it('lets the others find out for themselves where the first was stopped', async () => {
      const stop = new AbortController();
      let refused = 0;
      const one = route(({ systemRole }) => {
        if (!systemRole) return whole;
        refused += 1;
        return [refusing('system-role')];
      });
      const first = one.ask(promptOf('Hi?'), stop.signal, async () => {
        stop.abort();
        return true;
      });
      const second = one.ask();
      expect([await first, await second]).toEqual(['bad-request', 'Yes.']);
      expect(refused).toBe(2);
    });
  });

  it('leads nobody on where it fails to ask whether it may', async () => {
    const one = route(({ systemRole }) => (systemRole ? [refusing('system-role')] : whole));
    const broken = async (): Promise<boolean> => {
      throw new Error('broke');
    };
    expect(await one.ask(promptOf('Hi?'), undefined, broken)).toBe('broke');
    expect(one.memory.learning('one')).toBeUndefined();
  });

  describe('that became another', () => {
    it('forgets what does not hold any more, and says so', async () => {
      let isNew = false;
      const one = route(({ systemRole }) =>
        systemRole === isNew ? whole : [isNew ? malformed : refusing('system-role')],
      );
      await one.ask();
      isNew = true;
      expect(await one.ask()).toBe('Yes.');
      expect(one.memory.of('one')).toEqual(ALL);
      expect(one.told).toEqual(['no-system-role', 'not no-system-role']);
    });

    it('believes nothing for longer than six hours', async () => {
      const one = route(({ systemRole }) => (systemRole ? [refusing('system-role')] : whole));
      await one.ask();
      one.pass(6 * 3_600_000 - 1);
      await one.ask();
      expect(one.asked).toHaveLength(3);
      one.pass(1);
      await one.ask();
      expect(one.asked).toHaveLength(5);
    });
  });

  it('remembers so many models', () => {
    const memory = createCapabilityMemory();
    for (let count = 0; count <= 100; count += 1) memory.learn(`m${count}`, { ...ALL, systemRole: false });
    expect([memory.of('m0').systemRole, memory.of('m1').systemRole]).toEqual([true, false]);
  });
});
