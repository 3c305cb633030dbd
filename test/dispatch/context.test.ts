import type { ThreadMessage, ThreadReading } from '../../src/chat/adapter';
import type {
  ConversationId,
  MessageId,
  Person,
  PersonId,
  TenantId,
  ThreadId,
  Turn,
  TurnId,
} from '../../src/chat/turn';
import type { Decision, Verdict } from '../../src/consent/consent';
import { type ContextRequest, readContext } from '../../src/dispatch/context';
import { openText, sealText } from '../../src/text/text';

const person = (id: string, tenant = 'T1'): Person => ({
  platform: 'slack',
  tenant: tenant as TenantId,
  id: id as PersonId,
  standing: 'member',
});
const says = (id: string, words: string, tenant?: string): ThreadMessage => ({
  kind: 'person',
  author: person(id, tenant),
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
    mode: 'opt-in',
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

  it('asks once for each author, however much they said', async () => {
    const arranged = arrange([says('BEN', '1'), says('CLEO', '2'), says('BEN', '3')], { mode: 'consented' }, ['BEN']);
    await arranged.read();
    expect(arranged.asked.sort()).toEqual(['BEN', 'CLEO']);
  });

  it("does not take a person of another tenant for the asker, though the platform's ids are the same", async () => {
    expect(await shown(arrange([says('ASKER', 'a stranger', 'T2')]))).toEqual([]);
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

  it('goes on without context where the thread cannot be read, or the turn was broken off', async () => {
    const surface = { readThread: async (): Promise<ThreadReading> => ({ kind: 'unavailable', reason: 'failed' }) };
    expect(await shown(arrange(THREAD, { surface }))).toEqual([]);
    expect(await shown(arrange(THREAD, { signal: AbortSignal.abort() }))).toEqual([]);
  });
});
