import { type FakeOpenAi, startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { AT_BOT } from '../../src/prove/doubles/teams/activities';
import { type FakeTeams, startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { BOT } from '../../src/prove/doubles/teams/state';
import { answer, createGate } from '../../src/prove/doubles/vendor-script';
import { type Program, startProgram } from '../support/program';

describe('dejiren in Teams', () => {
  let teams: FakeTeams;
  let openai: FakeOpenAi;
  let program: Program;

  beforeAll(async () => {
    openai = await startFakeOpenAi();
    teams = await startFakeTeams({ targeted: true });
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
    await teams?.close();
    await openai?.close();
  });

  let count = 0;
  const someone = (): string => {
    count += 1;
    return `p${count}`;
  };
  const agreed = async (): Promise<string> => {
    const user = someone();
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes('You have agreed')));
    return user;
  };
  const lastIn = (user: string): string => {
    const last = teams.personal(user).at(-1);
    return last === undefined ? '' : teams.seen(last);
  };
  const whole = (user: string): boolean => teams.personal(user).at(-1)?.state === 'whole';
  const sent = (index: number): string => openai.requests[index]?.rawBody ?? '';

  it('asks somebody new with a card, sends nothing, and asks for the question again once they agree', async () => {
    const [user, before] = [someone(), openai.requests.length];
    expect((await teams.say({ user, text: 'what is a ledger?' })).status).toBe(202);
    await teams.until(() => teams.personal(user).length === 1);
    const [card] = teams.personal(user);
    if (card === undefined) throw new Error('no card');
    expect(openai.requests).toHaveLength(before);
    expect(teams.seen(card)).toContain('stay in memory for 15 minutes');
    expect((await teams.press(card, 'Agree', { user })).status).toBe(200);
    expect(teams.seen(card)).toContain('You have agreed');
    await teams.until(() => lastIn(user).includes('once more'));
    expect(openai.requests).toHaveLength(before);
    await teams.say({ user, text: 'what is a ledger?' });
    await teams.until(() => lastIn(user).includes('Hello from the fake.') && whole(user));
    expect(JSON.parse(sent(before))).toMatchObject({ input: [{ role: 'user', content: 'what is a ledger?' }] });
    expect(teams.breaches).toEqual([]);
  });

  it('streams in a personal chat: a line, the text so far, and a labelled end', async () => {
    const user = await agreed();
    const gate = createGate();
    openai.script(answer(['One, ', 'two, ', 'three.'], { gate }));
    await teams.say({ user, text: 'count' });
    gate.next();
    await teams.until(() => lastIn(user) === 'One, ');
    gate.next();
    await teams.until(() => lastIn(user) === 'One, two, ');
    gate.open();
    await teams.until(() => whole(user));
    const final = teams.personal(user).at(-1)?.activity;
    expect(final?.text).toBe('One, two, three.');
    expect(final?.textFormat).toBe('markdown');
    expect(final?.entities).toEqual([
      expect.objectContaining({ type: 'streaminfo', streamType: 'final' }),
      expect.objectContaining({
        additionalType: ['AIGeneratedContent'],
        usageInfo: expect.objectContaining({ name: expect.stringContaining('OpenAI') }),
      }),
    ]);
    expect(final?.channelData).toMatchObject({ feedbackLoop: { type: 'default' } });
    expect(teams.breaches).toEqual([]);
  });

  it('aborts the vendor’s call when the person presses Stop, and leaves the one message', async () => {
    const user = await agreed();
    const gate = createGate();
    openai.script(answer(['FIRST ', 'SECOND ', 'THIRD'], { gate }));
    await teams.say({ user, text: 'a long one' });
    gate.next();
    await teams.until(() => lastIn(user).includes('FIRST'));
    const messages = teams.personal(user).length;
    teams.pressStop();
    gate.next();
    expect(await openai.requests.at(-1)?.over).toBe('hung-up');
    gate.open();
    await teams.say({ user, text: 'and now?' });
    await teams.until(() => teams.personal(user).length === messages + 1 && whole(user));
    expect(teams.personal(user).filter((one) => teams.seen(one).includes('THIRD'))).toEqual([]);
  });

  it('answers a mention in a channel in its thread, and shows the card to nobody but the asker', async () => {
    const user = someone();
    const conversation = '19:team@thread.tacv2;messageid=1690000000000';
    const question = { user, kind: 'channel', conversation, text: `${AT_BOT.text}&nbsp;hello ${AT_BOT.text}` } as const;
    await teams.say({ ...question, mentions: [AT_BOT.mention, AT_BOT.mention] });
    await teams.until(() => teams.personal(user).length === 1);
    expect(teams.in(conversation)).toEqual([]);
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => lastIn(user).includes('You have agreed'));
    const before = openai.requests.length;
    await teams.say({ ...question, mentions: [AT_BOT.mention] });
    await teams.until(() => teams.in(conversation).some((one) => teams.seen(one) === 'Hello from the fake.'));
    expect(JSON.parse(sent(before))).toMatchObject({ input: [{ role: 'user', content: 'hello' }] });
    // Teams shows the dots in no channel.
    expect(teams.typing).not.toContain(conversation);
    await teams.say({ user, kind: 'channel', conversation, text: 'not for the bot' });
    await teams.say({ ...question, mentions: [AT_BOT.mention] });
    await teams.until(() => openai.requests.length === before + 2);
    expect(sent(before + 1)).not.toContain('not for the bot');
  });

  it('answers the slash command of a channel with a message for its writer alone', async () => {
    const user = someone();
    const conversation = '19:slash@thread.tacv2';
    await teams.say({
      user,
      kind: 'channel',
      conversation,
      text: '/dejiren-optin status',
      more: { recipient: { id: BOT, name: 'dejiren', isTargeted: true } },
    });
    await teams.until(() => teams.shown.some((one) => one.conversation === conversation));
    expect(teams.in(conversation)).toEqual([]);
    expect(teams.shown.filter((one) => one.conversation === conversation).map(({ to }) => to)).toEqual([`29:${user}`]);
    expect(teams.personal(user)).toEqual([]);
  });

  it('stops an answer in a group for its asker who says so, and for nobody else', async () => {
    const [user, other] = [await agreed(), await agreed()];
    const conversation = '19:group@thread.v2';
    const gate = createGate();
    openai.script(answer(['FIRST ', 'SECOND'], { gate }));
    const say = (by: string, words: string) =>
      teams.say({
        user: by,
        kind: 'groupChat',
        conversation,
        text: `${AT_BOT.text} ${words}`,
        mentions: [AT_BOT.mention],
      });
    gate.next();
    await say(user, 'a long one');
    await teams.until(() => teams.in(conversation).some((one) => teams.seen(one).includes('FIRST')));
    expect(teams.typing).toContain(conversation);
    const request = openai.requests.at(-1);
    await say(other, 'stop');
    await say(user, 'stop');
    expect(await request?.over).toBe('hung-up');
    gate.open();
    await teams.until(() => teams.in(conversation).some((one) => teams.seen(one).includes('topped')));
    expect(teams.in(conversation).filter((one) => teams.seen(one).includes('SECOND'))).toEqual([]);
  });

  it('asks for a personal chat where Teams lets it open none, and shows the card to nobody', async () => {
    const [user, conversation] = [someone(), '19:unreached@thread.v2'];
    teams.trouble({ status: 403, code: 'BotNotInConversationRoster' });
    await teams.say({
      user,
      kind: 'groupChat',
      conversation,
      text: `${AT_BOT.text} hello`,
      mentions: [AT_BOT.mention],
    });
    await teams.until(() => teams.in(conversation).length === 1);
    expect(teams.in(conversation).map((one) => teams.seen(one).trim())).toEqual([
      'I cannot message you privately from here. Please open a personal chat with me and ask me there.',
    ]);
    expect(teams.personal(user)).toEqual([]);
  });

  it('lets nobody press a button of somebody else’s card', async () => {
    const [user, other] = [someone(), someone()];
    await teams.say({ user, text: 'hello?' });
    await teams.until(() => teams.personal(user).length === 1);
    const [card] = teams.personal(user);
    if (card === undefined) throw new Error('no card');
    expect(await teams.press(card, 'Agree', { user: other })).toEqual({ status: 403, body: '' });
    const before = openai.requests.length;
    for (const asker of [user, other]) {
      const messages = teams.personal(asker).length;
      await teams.say({ user: asker, text: 'hello again' });
      await teams.until(() => teams.personal(asker).length > messages);
    }
    expect(openai.requests).toHaveLength(before);
  });

  it('takes a rating without a word of what was written with it', async () => {
    const value = {
      actionName: 'feedback',
      actionValue: { reaction: 'dislike', feedback: '{"feedbackText":"CANARY"}' },
    };
    const more = { type: 'invoke', name: 'message/submitAction', value };
    expect(await teams.post(teams.activityOf({ more }))).toEqual({ status: 200, body: '{}' });
    expect(program.output()).toContain('answer-rated');
    expect(program.output()).not.toContain('CANARY');
  });

  it('welcomes those who install it, with something to ask', async () => {
    const user = someone();
    const more = { type: 'conversationUpdate', text: undefined, membersAdded: [{ id: BOT }] };
    await teams.say({ user, more });
    await teams.until(() => teams.personal(user).length === 1);
    expect(lastIn(user)).toContain('/dejiren-optin');
    expect(teams.personal(user)[0]?.activity.suggestedActions?.actions.length).toBeGreaterThan(0);
  });

  it('remembers the conversation, and forgets it with /new and with a withdrawal', async () => {
    const user = await agreed();
    const ask = async (text: string): Promise<string> => {
      const [before, messages] = [openai.requests.length, teams.personal(user).length];
      await teams.say({ user, text });
      await teams.until(() => openai.requests.length > before);
      await teams.until(() => teams.personal(user).length > messages && whole(user));
      return sent(before);
    };
    await ask('my colour is TEAL');
    expect(await ask('which is it?')).toContain('TEAL');
    await teams.say({ user, text: '/new' });
    await teams.until(() => lastIn(user).includes('forgotten'));
    expect(await ask('and now?')).not.toContain('TEAL');
    await ask('my colour is OCHRE');
    await teams.say({ user, text: '/dejiren-optin off' });
    await teams.until(() => lastIn(user).includes('withdrew') || lastIn(user).includes('withdrawn'));
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => lastIn(user).includes('You have agreed'));
    expect(await ask('which one was it?')).not.toContain('OCHRE');
  });

  it.each(['Dejiren-optin off', '/DEJIREN-OPTIN off', '／ｄｅｊｉｒｅｎ－ｏｐｔｉｎ　オフ'])(
    'takes back a consent by “%s”, and sends none of it to the vendor',
    async (text) => {
      const [user, before] = [await agreed(), openai.requests.length];
      await teams.say({ user, text });
      await teams.until(() => /withdrawn|撤回/u.test(lastIn(user)));
      expect(openai.requests).toHaveLength(before);
    },
  );

  it('answers a command that there is not with help', async () => {
    const [user, before] = [await agreed(), openai.requests.length];
    for (const text of ['/dejiren-optn off', 'help', '/help']) {
      const messages = teams.personal(user).length;
      await teams.say({ user, text });
      await teams.until(() => teams.personal(user).length > messages);
      expect(lastIn(user)).toContain('How to use dejiren');
    }
    expect(openai.requests).toHaveLength(before);
  });

  it('answers an activity that is delivered twice one time', async () => {
    const user = await agreed();
    const before = openai.requests.length;
    const { activity } = await teams.say({ user, text: 'once, please' });
    await teams.post(activity);
    await teams.until(() => lastIn(user) === 'Hello from the fake.' && whole(user));
    await teams.say({ user, text: 'the next one' });
    await teams.until(() => openai.requests.length >= before + 2);
    expect(openai.requests.filter(({ rawBody }) => rawBody.includes('once, please'))).toHaveLength(2);
    expect(openai.requests).toHaveLength(before + 2);
  });

  it('refuses guests, people of other organisations, and those of whom Teams does not tell', async () => {
    const before = openai.requests.length;
    for (const member of [
      { userRole: 'guest' },
      { tenantId: 'ffffffff-bbbb-cccc-dddd-eeeeeeeeeeee' },
      { userRole: 'gone' },
    ]) {
      const user = someone();
      teams.members.set(`29:${user}`, member);
      await teams.say({ user, text: '/dejiren-optin on' });
      await teams.until(() => teams.personal(user).length === 1);
      expect(lastIn(user)).not.toContain('You have agreed');
      await teams.say({ user, text: 'hello?' });
      await teams.until(() => teams.personal(user).length === 2);
    }
    expect(openai.requests).toHaveLength(before);
  });
});
