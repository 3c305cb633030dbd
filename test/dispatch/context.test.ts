import type { Decision, Verdict } from '../../src/consent/consent';
import { type ContextRequest, readContext } from '../../src/dispatch/context';
import type { ThreadMessage, ThreadReading } from '../../src/model/adapter';
import { openText, sealText } from '../../src/model/text';
import type {
  ConversationId,
  ForwardedMessage,
  Membership,
  MessageId,
  Person,
  PersonId,
  TenantId,
  ThreadId,
  Turn,
  TurnId,
} from '../../src/model/turn';

const person = (id: string, tenant = 'T1', membership: Membership = 'member'): Person => ({
  platform: 'slack',
  tenant: tenant as TenantId,
  id: id as PersonId,
  membership,
});
const says = (id: string, words: string, tenant?: string): ThreadMessage => ({
  kind: 'person',
  author: person(id, tenant),
  names: [sealText(`Name of ${id}`)],
  said: { text: sealText(words), mentions: [] },
});
const saysAs = (membership: Membership, id: string, words: string): ThreadMessage => ({
  kind: 'person',
  author: person(id, 'T1', membership),
  names: [],
  said: { text: sealText(words), mentions: [] },
});
const forward = (id: string, words: string, membership: Membership = 'member'): ForwardedMessage => ({
  author: person(id, 'T1', membership),
  names: [sealText(`Name of ${id}`)],
  said: { text: sealText(words), mentions: [] },
});
const answers = (asker: string | undefined, words: string): ThreadMessage => ({
  kind: 'answer',
  asker,
  said: { text: sealText(words), mentions: [] },
});
const turn: Turn = {
  id: 'turn' as TurnId,
  person: person('ASKER'),
  conversation: { id: 'C1' as ConversationId, kind: 'channel', thread: 't1' as ThreadId, sharedExternally: false },
  message: { conversation: 'C1' as ConversationId, thread: 't1' as ThreadId, message: 'm1' as MessageId },
  question: { text: sealText('why?'), mentions: [] },
  files: [],
  language: 'en',
  receivedAt: 0,
};

const ALLOW: Decision = { kind: 'allow', basis: 'consent', inform: false };
const DENY: Decision = { kind: 'deny', reason: 'withdrawn' };

function arrange(
  messages: readonly ThreadMessage[],
  change: Partial<ContextRequest> = {},
  agreed: readonly string[] = [],
) {
  const asked: string[] = [];
  const limits: number[] = [];
  const verdict = (id: string): Verdict => ({
    decision: agreed.includes(id) ? ALLOW : DENY,
    vendor: 'openai',
    notice: undefined,
    pseudonyms: agreed.includes(id) ? { asker: `pseudonym of ${id}`, safetyId: '' } : undefined,
    silence: 'asks-again',
  });
  const request: ContextRequest = {
    turn,
    surface: {
      readThread: async (limit): Promise<ThreadReading> => {
        limits.push(limit);
        return { kind: 'read', messages };
      },
    },
    mode: 'own',
    vendor: 'openai',
    gate: {
      check: async (who) => {
        asked.push(who.id);
        return verdict(who.id);
      },
    },
    asker: 'pseudonym of ASKER',
    limits: { messages: 10, characters: 1000 },
    signal: new AbortController().signal,
    ...change,
  };
  return { asked, limits, read: () => readContext(request) };
}

async function shown(arranged: ReturnType<typeof arrange>): Promise<readonly string[]> {
  const { messages } = await arranged.read();
  return messages.map((message) =>
    message.from === 'withheld' ? 'withheld' : `${message.from}: ${openText(message.said.text)}`,
  );
}

const THREAD = [
  says('BEN', 'ben agreed'),
  says('CLEO', 'cleo did not'),
  answers('pseudonym of BEN', 'to ben'),
  says('ASKER', 'mine'),
  answers('pseudonym of ASKER', 'to me'),
  answers('pseudonym of CLEO', 'to cleo'),
  answers(undefined, 'to nobody known'),
];

describe('the context', () => {
  it("`own` takes the asker's messages and the answers to them, and asks about nobody else", async () => {
    const arranged = arrange(THREAD, {}, ['BEN']);
    expect(await shown(arranged)).toEqual(['asker: mine', 'dejiren: to me']);
    expect(arranged.asked).toEqual([]);
  });

  it('`consented` takes those of people who agreed, and keeps a place for the others', async () => {
    expect(await shown(arrange(THREAD, { mode: 'consented' }, ['BEN']))).toEqual([
      'person: ben agreed',
      'withheld',
      'dejiren: to ben',
      'asker: mine',
      'dejiren: to me',
    ]);
  });

  it('`none` reads nothing', async () => {
    const arranged = arrange(THREAD, { mode: 'none' });
    expect(await shown(arranged)).toEqual([]);
    expect(arranged.limits).toEqual([]);
  });

  it('reads nothing where no message may go', async () => {
    const arranged = arrange(THREAD, { limits: { messages: 0, characters: 1000 } });
    expect(await shown(arranged)).toEqual([]);
    expect(arranged.limits).toEqual([]);
  });

  it('reads four messages at once for each that may go, since those of others stand between', async () => {
    const arranged = arrange(THREAD, { limits: { messages: 10, characters: 1000 } });
    await arranged.read();
    expect(arranged.limits).toEqual([40]);
  });

  it('takes a message that fills what is left to the last character, and none that exceeds it', async () => {
    const thread = [says('ASKER', '12345'), says('ASKER', '1234567890')];
    expect(await shown(arrange(thread, { limits: { messages: 9, characters: 15 } }))).toHaveLength(2);
    expect(await shown(arrange(thread, { limits: { messages: 9, characters: 14 } }))).toHaveLength(1);
  });

  it.each([
    [10, 1],
    [11, 2],
    [1_000, 2],
  ])('reads on until enough characters were found, and no further: %i', async (characters, stretches) => {
    let read = 0;
    const stretch = (): ThreadReading => {
      read += 1;
      return {
        kind: 'read',
        messages: [says('ASKER', '12345'), says('CLEO', 'chatter'), says('ASKER', '12345')],
        ...(read < 2 && { older: async () => stretch() }),
      };
    };
    const surface = { readThread: async () => stretch() };
    await arrange([], { surface, limits: { messages: 9, characters } }).read();
    expect(read).toBe(stretches);
  });

  it('asks once for each author, however much they said', async () => {
    const arranged = arrange([says('BEN', '1'), says('CLEO', '2'), says('BEN', '3')], { mode: 'consented' }, ['BEN']);
    await arranged.read();
    expect(arranged.asked.sort()).toEqual(['BEN', 'CLEO']);
  });

  it("does not take a person of another tenant for the asker, though the platform's ids are the same", async () => {
    expect(await shown(arrange([says('ASKER', 'a stranger', 'T2')]))).toEqual([]);
    const elsewhere: ThreadMessage = {
      kind: 'person',
      author: { ...turn.person, platform: 'teams' },
      names: [],
      said: { text: sealText('a stranger'), mentions: [] },
    };
    expect(await shown(arrange([elsewhere]))).toEqual([]);
  });

  it.each(['bot', 'external', 'guest', 'unknown'] as const)(
    'does not take a message for the asker’s that shows their id as a %s’s',
    async (membership) => {
      expect(await shown(arrange([saysAs(membership, 'ASKER', 'not mine'), says('ASKER', 'mine')]))).toEqual([
        'asker: mine',
      ]);
    },
  );

  it('asks about somebody met as a member and as a stranger apart', async () => {
    const standings: string[] = [];
    const gate: ContextRequest['gate'] = {
      check: async ({ membership }) => {
        standings.push(membership);
        return {
          decision: membership === 'member' ? ALLOW : DENY,
          vendor: 'openai',
          notice: undefined,
          pseudonyms: undefined,
          silence: 'asks-again',
        };
      },
    };
    expect(
      await shown(arrange([saysAs('external', 'BEN', 'a stranger'), says('BEN', 'ben')], { mode: 'consented', gate })),
    ).toEqual(['withheld', 'person: ben']);
    expect(standings.sort()).toEqual(['external', 'member']);
  });

  it('tells what is withheld and who is named, for the redaction', async () => {
    const { withheld, people } = await arrange(THREAD).read();
    expect(withheld.map(({ text }) => openText(text))).toEqual([
      'ben agreed',
      'cleo did not',
      'to ben',
      'to cleo',
      'to nobody known',
    ]);
    expect(people.map(({ id, names }) => [id, names.map(openText)])).toEqual([
      ['BEN', ['Name of BEN']],
      ['CLEO', ['Name of CLEO']],
      ['ASKER', ['Name of ASKER']],
    ]);
  });

  it('keeps the newest within the limits of messages and characters', async () => {
    const many = [...Array(9).keys()].map((index) => says('ASKER', `message ${index}`));
    expect(await shown(arrange(many, { limits: { messages: 2, characters: 1000 } }))).toEqual([
      'asker: message 7',
      'asker: message 8',
    ]);
    expect(await shown(arrange(many, { limits: { messages: 9, characters: 20 } }))).toHaveLength(2);
  });

  it('lets what is withheld take no place from what may go, and marks a run of it once', async () => {
    const chatter = [...Array(30).keys()].map((index) => says('CLEO', `chatter ${index}`));
    const thread = [says('ASKER', 'one'), ...chatter, says('ASKER', 'two'), ...chatter];
    expect(await shown(arrange(thread, { mode: 'consented', limits: { messages: 2, characters: 1000 } }))).toEqual([
      'asker: one',
      'withheld',
      'asker: two',
      'withheld',
    ]);
  });

  it.each(['own', 'consented'] as const)('`%s` reads on until enough was found that may go', async (mode) => {
    const stretches = [
      [says('CLEO', 'not this'), says('ASKER', 'three')],
      [says('ASKER', 'two'), says('CLEO', 'nor this')],
      [says('ASKER', 'one')],
    ];
    let read = 0;
    const stretch = (at: number): ThreadReading => {
      read += 1;
      return {
        kind: 'read',
        messages: stretches[at] ?? [],
        ...(at + 1 < stretches.length && { older: async () => stretch(at + 1) }),
      };
    };
    const surface = { readThread: async () => stretch(0) };
    const said = async (messages: number) =>
      (await shown(arrange([], { surface, mode, limits: { messages, characters: 1000 } }))).filter(
        (one) => one !== 'withheld',
      );
    expect(await said(2)).toEqual(['asker: two', 'asker: three']);
    expect(read).toBe(2);
    expect(await said(9)).toEqual(['asker: one', 'asker: two', 'asker: three']);
  });

  it('reads no further than a bound, and keeps what it has where the rest cannot be read', async () => {
    let read = 0;
    const endless = (): ThreadReading => {
      read += 1;
      return {
        kind: 'read',
        messages: [...Array(100)].map(() => says('CLEO', 'chatter')),
        older: async () => endless(),
      };
    };
    expect(await shown(arrange([], { surface: { readThread: async () => endless() } }))).toEqual([]);
    expect(read).toBe(10);
    const surface = {
      readThread: async (): Promise<ThreadReading> => ({
        kind: 'read',
        messages: [says('ASKER', 'mine')],
        older: async () => ({ kind: 'unavailable', reason: 'failed' }),
      }),
    };
    const { messages, unread } = await arrange([], { surface }).read();
    expect([messages.length, unread]).toEqual([1, undefined]);
  });

  describe('with forwarded messages', () => {
    const forwarded = [forward('ASKER', 'my own'), forward('BEN', 'of ben'), forward('CLEO', 'of cleo')];
    const asked = { turn: { ...turn, forwarded } };

    it.each([
      ['own', ['asker: my own'], 2],
      ['consented', ['asker: my own', 'person: of ben', 'withheld'], 1],
      ['none', [], 3],
    ] as const)('`%s` takes each by its own author’s consent, and counts the others', async (mode, goes, leftOut) => {
      const arranged = arrange([], { ...asked, mode }, ['BEN']);
      expect(await shown(arranged)).toEqual(goes);
      const { forwardsLeftOut, withheld } = await arranged.read();
      expect([forwardsLeftOut, withheld.length]).toEqual([leftOut, leftOut]);
      expect(withheld).toEqual(forwarded.slice(-leftOut).map(({ said }) => said));
    });

    it('rests on the consent of their authors, and knows their names', async () => {
      const { restsOn, people } = await arrange([], { ...asked, mode: 'consented' }, ['BEN']).read();
      expect(restsOn.map(({ id }) => id)).toEqual(['BEN']);
      expect(people.map(({ id }) => id)).toEqual(['ASKER', 'BEN', 'CLEO']);
    });

    it('leaves out one that is too long', async () => {
      const limits = { messages: 10, characters: 5 };
      const { forwardsLeftOut } = await arrange([], {
        turn: { ...turn, forwarded: [forward('ASKER', 'far too long')] },
        limits,
      }).read();
      expect(forwardsLeftOut).toBe(1);
    });
  });

  it.each(['not-permitted', 'failed'] as const)('tells that the thread could not be read: %s', async (reason) => {
    const surface = { readThread: async (): Promise<ThreadReading> => ({ kind: 'unavailable', reason }) };
    expect((await arrange([], { surface }).read()).unread).toBe(reason);
    expect((await arrange([], { surface, mode: 'none' }).read()).unread).toBeUndefined();
    expect((await arrange([], { surface, signal: AbortSignal.abort() }).read()).unread).toBeUndefined();
  });

  it('goes on without context where the thread cannot be read, or the turn was broken off', async () => {
    const surface = { readThread: async (): Promise<ThreadReading> => ({ kind: 'unavailable', reason: 'failed' }) };
    for (const change of [{ surface }, { signal: AbortSignal.abort() }]) {
      expect(await shown(arrange(THREAD, change))).toEqual([]);
      expect(await arrange(THREAD, change).read()).toMatchObject({ withheld: [], people: [], restsOn: [] });
    }
  });
});
