import { english } from '../../src/language/en';
import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { AT_BOT } from '../../src/prove/doubles/teams/activities';
import { type FakeTeams, startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { BOT, TENANT } from '../../src/prove/doubles/teams/state';
import { answer, createGate } from '../../src/prove/doubles/vendor-script';
import { type Program, startProgram } from '../support/program';

describe('what people change in Teams afterwards', () => {
  let teams: FakeTeams;
  let openai: FakeOpenAi;
  let program: Program;

  beforeAll(async () => {
    openai = await startFakeOpenAi();
    teams = await startFakeTeams();
    program = await startProgram({
      env: {
        ...teams.env,
        OPENAI_API_KEY: openai.apiKey,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_MODEL: openai.model,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
      },
    });
    teams.deliverTo(`${program.url}/api/messages`);
  });

  afterAll(async () => {
    await program?.end();
    await Promise.all([teams?.close(), openai?.close()]);
  });

  let count = 0;
  const next = (): number => {
    count += 1;
    return count;
  };
  const agreed = async (): Promise<string> => {
    const user = `c${next()}`;
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes('You have agreed')));
    return user;
  };
  const newGroup = (): string => `19:changes${next()}@thread.v2`;
  const question = (user: string, conversation: string, words: string) =>
    ({
      user,
      kind: conversation.includes(';messageid=') ? 'channel' : 'groupChat',
      conversation,
      text: `${AT_BOT.text} ${words}`,
      mentions: [AT_BOT.mention],
    }) as const;
  /** Asks, and gives the id of the question and what was sent, once the answer is there. */
  async function ask(user: string, conversation: string, words: string): Promise<{ id: string; sent: string }> {
    const [before, messages] = [openai.requests.length, teams.in(conversation).length];
    const { activity } = await teams.say(question(user, conversation, words));
    await teams.until(() => teams.in(conversation).length > messages);
    await teams.until(() => teams.seen(last(conversation)) === 'Hello from the fake.');
    return { id: String(activity.id), sent: openai.requests[before]?.rawBody ?? '' };
  }
  const last = (conversation: string) => {
    const one = teams.in(conversation).at(-1);
    if (one === undefined) throw new Error('nothing is there');
    return one;
  };
  const change = (user: string, conversation: string, id: string, words: string, eventType = 'editMessage') =>
    teams.say({
      ...question(user, conversation, words),
      id,
      more: { type: 'messageUpdate', channelData: { tenant: { id: TENANT }, eventType } },
    });
  const remove = (user: string, conversation: string, id: string) =>
    teams.say({
      ...question(user, conversation, ''),
      id,
      more: { type: 'messageDelete', channelData: { tenant: { id: TENANT }, eventType: 'softDeleteMessage' } },
    });

  it('an edit changes what is remembered of the question, and is no question of its own', async () => {
    const [user, conversation] = [await agreed(), newGroup()];
    const { id } = await ask(user, conversation, 'my colour is TEAL');
    const before = openai.requests.length;
    await change(user, conversation, id, 'my colour is OCHRE');
    await teams.say({
      ...question(user, conversation, 'nobody asked: CRIMSON'),
      mentions: [],
      id: '1',
      more: { type: 'messageUpdate', channelData: { tenant: { id: TENANT }, eventType: 'editMessage' } },
    });
    const { sent } = await ask(user, conversation, 'which is it?');
    expect(openai.requests).toHaveLength(before + 1);
    expect(sent).toContain('OCHRE');
    expect(sent).not.toMatch(/TEAL|CRIMSON/u);
  });

  it('an edit in a personal chat is no question of its own, and its writer is told what to do', async () => {
    const user = await agreed();
    const personal = (): string =>
      teams
        .personal(user)
        .map((one) => teams.seen(one))
        .join('\n');
    const { activity } = await teams.say({ user, text: 'my colour is TEAL' });
    await teams.until(() => personal().includes('Hello from the fake.'));
    const before = openai.requests.length;
    await teams.say({
      user,
      text: 'my colour is OCHRE',
      id: String(activity.id),
      more: { type: 'messageUpdate', channelData: { tenant: { id: TENANT }, eventType: 'editMessage' } },
    });
    await teams.until(() => personal().includes(english.takenBefore));
    expect(openai.requests).toHaveLength(before);
  });

  it('an edit while the answer is written lets it go on, and counts from then on', async () => {
    const [user, conversation] = [await agreed(), newGroup()];
    const gate = createGate();
    openai.script(answer(['FIRST ', 'SECOND'], { gate }));
    gate.next();
    const { activity } = await teams.say(question(user, conversation, 'my colour is TEAL'));
    await teams.until(() => teams.in(conversation).some((one) => teams.seen(one).includes('FIRST')));
    await change(user, conversation, String(activity.id), 'my colour is OCHRE');
    gate.open();
    await teams.until(() => teams.seen(last(conversation)) === 'FIRST SECOND');
    const { sent } = await ask(user, conversation, 'which is it?');
    expect(sent).toContain('OCHRE');
    expect(sent).not.toContain('TEAL');
  });

  it('a question that is deleted is forgotten, and brought back it stays so', async () => {
    const [user, conversation] = [await agreed(), newGroup()];
    const { id } = await ask(user, conversation, 'my colour is TEAL');
    await remove(user, conversation, id);
    expect((await ask(user, conversation, 'which is it?')).sent).not.toContain('TEAL');
    await change(user, conversation, id, 'my colour is TEAL', 'undeleteMessage');
    expect((await ask(user, conversation, 'and now?')).sent).not.toContain('TEAL');
  });

  it('deleting a question ends its answer, whoever deletes it, and no other of the same person', async () => {
    const [user, conversation] = [await agreed(), newGroup()];
    const gates = [createGate(), createGate()] as const;
    const started = openai.requests.length;
    const ids: string[] = [];
    for (const [index, gate] of gates.entries()) {
      openai.script(answer([`A${index} `, `B${index}`], { gate }));
      gate.next();
      const { activity } = await teams.say(question(user, conversation, `question ${index}`));
      ids.push(String(activity.id));
      await teams.until(() => teams.in(conversation).some((one) => teams.seen(one).includes(`A${index}`)));
    }
    await remove('the-owner', conversation, ids[0] ?? '');
    expect(await openai.requests[started]?.over).toBe('hung-up');
    for (const gate of gates) gate.open();
    await teams.until(() => teams.in(conversation).some((one) => teams.seen(one) === 'A1 B1'));
    expect(teams.in(conversation).filter((one) => teams.seen(one).includes('B0'))).toEqual([]);
  });

  const ofTeam = { tenant: { id: TENANT }, team: { id: '19:team@thread.tacv2' } };
  const removals = [
    [
      'the app is taken out of a group chat',
      () => newGroup(),
      (conversation: string) => ({ conversation, more: { type: 'installationUpdate', action: 'remove' } }),
    ],
    [
      'the bot is removed from a group chat',
      () => newGroup(),
      (conversation: string) => ({
        conversation,
        more: { type: 'conversationUpdate', membersRemoved: [{ id: BOT }] },
      }),
    ],
    [
      'the app is taken out of the team of a channel',
      () => `19:channel${next()}@thread.tacv2;messageid=1690000000000`,
      () => ({
        conversation: '19:team@thread.tacv2',
        more: { type: 'installationUpdate', action: 'remove', channelData: ofTeam },
      }),
    ],
  ] as const;

  it.each(removals)(
    'ends what is answered, and forgets what was said, when %s; what was agreed to stays',
    async (_name, place, removal) => {
      const [user, conversation] = [await agreed(), place()];
      const say = (words: string) =>
        teams.say({ ...question(user, conversation, words), more: { channelData: ofTeam } });
      await say('my colour is TEAL');
      await teams.until(() => teams.in(conversation).some((one) => teams.seen(one) === 'Hello from the fake.'));
      const gate = createGate();
      openai.script(answer(['FIRST ', 'SECOND'], { gate }));
      gate.next();
      await say('a long one');
      await teams.until(() => teams.in(conversation).some((one) => teams.seen(one).includes('FIRST')));
      await teams.say({ user, kind: 'groupChat', ...removal(conversation) });
      expect(await openai.requests.at(-1)?.over).toBe('hung-up');
      gate.open();
      const before = openai.requests.length;
      await say('which is it?');
      await teams.until(() => openai.requests.length > before);
      expect(openai.requests[before]?.rawBody).not.toContain('TEAL');
    },
  );

  it('an upgrade of the app ends and forgets nothing', async () => {
    const [user, conversation] = [await agreed(), newGroup()];
    await ask(user, conversation, 'my colour is TEAL');
    for (const action of ['remove-upgrade', 'add-upgrade'])
      await teams.say({ user, kind: 'groupChat', conversation, more: { type: 'installationUpdate', action } });
    expect((await ask(user, conversation, 'which is it?')).sent).toContain('TEAL');
  });
});
