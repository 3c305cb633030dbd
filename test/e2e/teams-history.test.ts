import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { AT_BOT } from '../../src/prove/doubles/teams/activities';
import {
  type FakeGraph,
  GRAPH_TOKEN,
  GROUP,
  type GraphWish,
  mentioning,
  startFakeGraph,
} from '../../src/prove/doubles/teams/fake-graph';
import { type FakeTeams, startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { objectIdOf } from '../../src/prove/doubles/teams/state';
import { canariesIn } from '../support/canary';
import { type Program, startProgram } from '../support/program';

const MINE = 'CANARY-thread-of-the-asker';
const THEIRS = 'CANARY-thread-of-a-friend';
const WITHHELD = 'CANARY-thread-of-a-stranger';

describe('dejiren in Teams, where it may read chats', () => {
  let teams: FakeTeams;
  let graph: FakeGraph;
  let openai: FakeOpenAi;
  let program: Program;

  beforeAll(async () => {
    openai = await startFakeOpenAi();
    teams = await startFakeTeams();
    graph = await startFakeGraph(teams);
    program = await startProgram({
      env: {
        ...teams.env,
        ...graph.env,
        OPENAI_API_KEY: openai.apiKey,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_MODEL: openai.model,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
        DEJIREN_CONTEXT: 'consented',
      },
    });
    teams.deliverTo(`${program.url}/api/messages`);
  });

  afterAll(async () => {
    await program?.end();
    await Promise.all([teams?.close(), graph?.close(), openai?.close()]);
  });

  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const someone = (): string => `h${next()}`;
  const agreed = async (): Promise<string> => {
    const user = someone();
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes('You have agreed')));
    return user;
  };
  /** A thread of a channel; its messages' times are long before those of the bot. */
  const newThread = (): string => {
    const root = String(1_600_000_000_000 + next() * 1_000);
    const conversation = `19:c${next()}@thread.tacv2;messageid=${root}`;
    graph.write({ ...written(conversation, 'opener', '<p>let us talk</p>'), id: root });
    return conversation;
  };
  const newGroup = (): string => `19:g${next()}@thread.v2`;
  const written = (conversation: string, user: string, html: string, more: Partial<GraphWish> = {}): GraphWish => ({
    id: String(1_650_000_000_000 + next()),
    conversation,
    user: objectIdOf(user),
    name: `Name of ${user}`,
    html,
    ...more,
  });
  /** Asks in a channel or a group, as Teams delivers it and as Graph tells it. */
  async function ask(user: string, conversation: string, words: string): Promise<string> {
    const inChannel = conversation.includes(';messageid=');
    const id = String(1_750_000_000_000 + next());
    graph.write(mentioning(id, conversation, user, words));
    await teams.say({
      id,
      user,
      kind: inChannel ? 'channel' : 'groupChat',
      conversation,
      text: `${AT_BOT.text} ${words}`,
      mentions: [AT_BOT.mention],
      more: {
        channelData: {
          tenant: { id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' },
          ...(inChannel && { team: { id: '19:team@thread.tacv2', aadGroupId: GROUP } }),
        },
      },
    });
    return id;
  }
  /** The label of what an AI wrote comes with an answer's end. */
  const isWhole = (conversation: string): boolean => {
    const { text, entities = [] } = teams.in(conversation).at(-1)?.activity ?? {};
    return text === 'Hello from the fake.' && JSON.stringify(entities).includes('AIGeneratedContent');
  };
  const sent = (index: number): string => openai.requests[index]?.rawBody ?? '';
  const asked = async (user: string, conversation: string, words: string): Promise<string> => {
    const before = openai.requests.length;
    await ask(user, conversation, words);
    await teams.until(() => openai.requests.length > before);
    await teams.until(() => isWhole(conversation));
    return sent(before);
  };

  it.each([
    ['a thread of a channel', () => newThread()],
    ['a group chat', () => newGroup()],
  ])('sends of %s what those who agreed said, and says where others spoke', async (_name, place) => {
    const [user, friend, stranger] = [await agreed(), await agreed(), someone()];
    const conversation = place();
    graph.write(
      written(conversation, user, `<p>my colour is <b>${MINE}</b></p>`),
      written(conversation, friend, `<p>mine is ${THEIRS} &amp; more</p>`),
      written(conversation, stranger, `<p>mine is ${WITHHELD}</p>`),
      written(conversation, user, '<p>DELETED words</p>', { more: { deletedDateTime: '2026-01-01T00:00:00Z' } }),
      written(conversation, user, '<p>SYSTEM words</p>', { more: { messageType: 'systemEventMessage' } }),
      written(conversation, user, '<p>OTHERBOT words</p>', {
        more: { from: { application: { id: 'bbbbbbbb-2222-3333-4444-555555555555' }, user: null } },
      }),
      written(conversation, user, '<p>INTHEIRNAME words</p>', {
        application: 'bbbbbbbb-2222-3333-4444-555555555555',
      }),
    );
    const body = await asked(user, conversation, 'which colours?');
    expect(body).toContain(MINE);
    expect(body).toContain(`${THEIRS} & more`);
    expect(body).toContain('[message withheld]');
    for (const word of [WITHHELD, 'DELETED', 'SYSTEM', 'OTHERBOT', 'INTHEIRNAME', 'Name of'])
      expect(body).not.toContain(word);
    expect(graph.breaches).toEqual([]);
  });

  it.each([
    ['a thread of a channel', () => newThread()],
    ['a group chat', () => newGroup()],
  ])('finds the asker’s own words in %s however much others said since', async (_name, place) => {
    const [user, stranger] = [await agreed(), someone()];
    const conversation = place();
    graph.write(written(conversation, user, `<p>my colour is ${MINE}</p>`));
    for (let at = 0; at < 230; at += 1) graph.write(written(conversation, stranger, `<p>chatter ${at}</p>`));
    const body = await asked(user, conversation, 'which colour?');
    expect(body).toContain(MINE);
    expect(body).not.toContain('chatter');
    expect(graph.breaches).toEqual([]);
  });

  it('sends its own answers to those who agreed, and those of nobody whom it does not know any more', async () => {
    const [user, friend] = [await agreed(), await agreed()];
    const conversation = newGroup();
    graph.write(written(conversation, friend, '<p>good morning</p>'));
    await asked(user, conversation, 'first');
    const own = { application: '11111111-2222-3333-4444-555555555555', html: '<p>OLD answer of another run</p>' };
    const { user: _nobody, ...unknown } = written(conversation, user, '');
    graph.write({ ...unknown, ...own });
    const body = await asked(friend, conversation, 'second');
    expect(body).toContain('Hello from the fake.');
    expect(body).not.toContain('OLD answer');
  });

  it('takes the words as they are now, a quote as a quote, and begins anew where the person said so', async () => {
    const user = await agreed();
    const conversation = newGroup();
    const edited = written(conversation, user, '<p>BEFORE the edit</p>');
    const reply = written(conversation, user, '<attachment id="7"></attachment><p>I agree with it</p>', {
      more: {
        attachments: [
          { id: '7', contentType: 'messageReference', content: JSON.stringify({ messagePreview: 'QUOTED words' }) },
        ],
      },
    });
    graph.write(edited, reply);
    graph.rewrite(edited.id, { html: '<p>AFTER the edit</p>' });
    const body = await asked(user, conversation, 'and?');
    expect(body).toContain('AFTER the edit');
    expect(body).toContain('I agree with it');
    expect(body).not.toContain('BEFORE');
    expect(body).not.toContain('QUOTED');
    graph.write({ ...mentioning(String(1_750_000_000_000 + next()), conversation, user, '/new') });
    expect(await asked(user, conversation, 'anything left?')).not.toContain('AFTER the edit');
  });

  it('answers the question in its place once the person agrees, on a card in their personal chat', async () => {
    const user = someone();
    const conversation = newThread();
    await ask(user, conversation, 'what is a ledger?');
    await teams.until(() => teams.personal(user).length === 1);
    const [card] = teams.personal(user);
    if (card === undefined) throw new Error('no card');
    expect(teams.seen(card)).toContain('This applies to chats that I cannot read again');
    const before = openai.requests.length;
    await teams.press(card, 'Agree and answer', { user });
    await teams.until(() => teams.in(conversation).some((one) => teams.seen(one) === 'Hello from the fake.'));
    expect(JSON.parse(sent(before)).input.at(-1)).toEqual({
      role: 'user',
      content: expect.stringMatching(/what is a ledger\?$/u),
    });
    expect(teams.personal(user)).toHaveLength(1);
    expect(graph.breaches).toEqual([]);
  });

  it.each([
    ['was written by somebody else', { user: objectIdOf('somebody') }],
    ['was deleted', { more: { deletedDateTime: '2026-01-01T00:00:00Z' } }],
    ['no longer mentions dejiren', { mentions: [], html: '<p>never mind</p>' }],
    ['came with a picture', { html: '<p>look</p><img src="https://graph.microsoft.com/x">' }],
  ])('asks for the question again where it %s', async (_name, change) => {
    const user = someone();
    const conversation = newThread();
    const id = await ask(user, conversation, 'what is it?');
    await teams.until(() => teams.personal(user).length === 1);
    const [card] = teams.personal(user);
    if (card === undefined) throw new Error('no card');
    const before = openai.requests.length;
    graph.rewrite(id, change);
    await teams.press(card, 'Agree and answer', { user });
    await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes('once more')));
    expect(openai.requests).toHaveLength(before);
  });

  it('keeps a window in memory of a chat that it may not read, and asks Graph for it no more for a while', async () => {
    const user = await agreed();
    const conversation = newGroup();
    graph.refuse(conversation);
    expect(await asked(user, conversation, 'my colour is TEAL')).not.toContain('Hello');
    const requests = graph.requests.filter((path) => path.includes(conversation)).length;
    expect(requests).toBe(1);
    expect(await asked(user, conversation, 'which is it?')).toContain('TEAL');
    expect(graph.requests.filter((path) => path.includes(conversation))).toHaveLength(requests);
  });

  it('answers without the thread where Graph fails, and keeps nothing of it', async () => {
    const user = await agreed();
    const conversation = newThread();
    graph.write(written(conversation, user, '<p>my colour is TEAL</p>'));
    graph.failNext(2);
    expect(await asked(user, conversation, 'which is it?')).not.toContain('TEAL');
    expect(await asked(user, conversation, 'and now?')).toContain('TEAL');
  });

  it('reads on over several pages, and the newest first', async () => {
    const user = await agreed();
    const conversation = newThread();
    graph.write(...Array.from({ length: 130 }, (_, index) => written(conversation, user, `<p>word-${index}-end</p>`)));
    const body = await asked(user, conversation, 'go on');
    expect(body).toContain('word-129-end');
    expect(body).not.toContain('word-20-end');
    expect(graph.breaches).toEqual([]);
  });

  it('looks at no message that does not mention it: nothing is asked of Teams or Graph, or sent', async () => {
    const user = await agreed();
    const conversation = newGroup();
    const [calls, requests, lines] = [teams.calls.length, graph.requests.length, program.output()];
    const { status } = await teams.say({ user, kind: 'groupChat', conversation, text: 'CANARY among us' });
    expect(status).toBe(202);
    await teams.say({
      user,
      kind: 'groupChat',
      conversation,
      text: 'CANARY for <at>Ben</at>',
      mentions: [['29:ben', '<at>Ben</at>']],
    });
    expect(await asked(user, newGroup(), 'and for you')).not.toContain('CANARY');
    expect(teams.calls.slice(calls).filter(({ path }) => path.includes(conversation))).toEqual([]);
    expect(graph.requests.slice(requests).filter((path) => path.includes(conversation))).toEqual([]);
    expect(program.output().slice(lines.length)).not.toContain('refused');
  });

  it('leaves no word of what it read, and no token, in a file or in what it prints', () => {
    const canaries = [MINE, THEIRS, WITHHELD, 'Name of somebody', GRAPH_TOKEN, 'CANARY among us'];
    expect(canariesIn(canaries, program.folder, program.output())).toEqual([]);
  });
});
