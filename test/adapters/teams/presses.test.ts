import { AT_BOT, type PressWish } from '../../../src/prove/doubles/teams/activities';
import { type FakeTeams, startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import { accountOf, objectIdOf, type Shown } from '../../../src/prove/doubles/teams/state';
import { type Program, startProgram } from '../../support/program';

const REFUSED = { status: 403, body: '' };
const UNREAD = { status: 501, body: '' };

describe('a press of a card in Teams', () => {
  let teams: FakeTeams;
  let program: Program;

  beforeAll(async () => {
    teams = await startFakeTeams();
    program = await startProgram({
      env: { ...teams.env, DEJIREN_EGRESS_HOSTS: '127.0.0.1', DEJIREN_VENDOR: 'preview' },
    });
    teams.deliverTo(`${program.url}/api/messages`);
  });
  afterAll(async () => {
    await program?.end();
    await teams?.close();
  });

  let count = 0;
  const someone = (): string => {
    count += 1;
    return `c${count}`;
  };
  const lastIn = (user: string): string => {
    const last = teams.personal(user).at(-1);
    return last === undefined ? '' : teams.seen(last);
  };
  const standingOf = async (user: string): Promise<string> => {
    const messages = teams.personal(user).length;
    await teams.say({ user, text: '/dejiren-optin status' });
    await teams.until(() => teams.personal(user).length > messages && lastIn(user).includes('Your consent'));
    return lastIn(user);
  };
  const askedWith = async (text: string): Promise<{ readonly user: string; readonly card: Shown }> => {
    const user = someone();
    await teams.say({ user, text });
    await teams.until(() => teams.personal(user).length === 1);
    const [card] = teams.personal(user);
    if (card === undefined) throw new Error('no card');
    return { user, card };
  };
  const dataOf = (card: Shown): Record<string, unknown> => {
    const data = card.activity.attachments?.[0]?.content.actions?.[0]?.data.dejiren;
    return { ...(data as Record<string, unknown>) };
  };
  const forged = (card: Shown, changes: Record<string, unknown>, more: Record<string, unknown> = {}): PressWish => ({
    data: { dejiren: { ...dataOf(card), ...changes }, ...more },
  });

  it.each([
    ['another notice', { noticeId: '0'.repeat(64) }],
    ['no notice', { noticeId: undefined }],
    ['a vendor that is not here', { vendor: 'openai' }],
    ['no vendor', { vendor: undefined }],
    ['a vendor that is a prototype’s', { vendor: '__proto__' }],
  ])('agrees to nothing where it names %s', async (_name, changes) => {
    const { user, card } = await askedWith('hello?');
    const answer = await teams.press(card, 'Agree', { user, ...forged(card, changes) });
    expect(answer.status).toBe(200);
    expect(teams.seen(card)).not.toContain('You have agreed');
    expect(await standingOf(user)).toContain('Not agreed');
  });

  it.each([
    ['an action that there is not', { do: 'grant-all' }, {}],
    ['a purpose that there is not', { purpose: 'everything' }, {}],
    ['a language that there is not', { language: 'xx' }, {}],
    ['a field of its own', { admin: true }, {}],
    ['a field beside', {}, { admin: true }],
    ['a tick that is no word', {}, { training: true }],
    ['a tick of another word', {}, { training: 'yes' }],
    ['a list of people', { for: ['a', 'b'] }, {}],
    ['a question of another kind', { question: 'hello' }, {}],
  ])('is not read with %s', async (_name, changes, more) => {
    const { user, card } = await askedWith('hello?');
    expect(await teams.press(card, 'Agree', { user, ...forged(card, changes, more) })).toEqual(UNREAD);
    expect(await standingOf(user)).toContain('Not agreed');
  });

  it.each(['erase', 'withdraw', 'withdraw-all', 'grant', 'notice', 'status', 'help', 'dismiss'])(
    'does “%s” for nobody but the person whom the card is for',
    async (what) => {
      const { user, card } = await askedWith('hello?');
      await teams.press(card, 'Agree', { user });
      await teams.until(() => teams.personal(user).length === 2);
      const other = someone();
      const press = { user: other, ...forged(card, { do: what }) };
      expect(await teams.press(card, 'Undo', press)).toEqual(REFUSED);
      expect(await teams.press(card, 'Undo', { ...press, conversation: '19:group@thread.v2' })).toEqual(REFUSED);
      expect(await standingOf(user)).toContain('Agreed ·');
    },
  );

  it('does what it says for whoever presses, where somebody puts their own id in', async () => {
    const { user, card } = await askedWith('hello?');
    const { user: other, card: theirs } = await askedWith('hello?');
    const mine = forged(card, { for: dataOf(theirs).for });
    expect((await teams.press(card, 'Agree', { user: other, ...mine })).status).toBe(200);
    expect(await standingOf(user)).toContain('Not agreed');
    expect(await standingOf(other)).toContain('Agreed ·');
  });

  it.each([{ userRole: 'guest' }, { userRole: 'anonymous' }, { userRole: 'gone' }])(
    'agrees for nobody of %j',
    async (member) => {
      const { card } = await askedWith('hello?');
      const user = someone();
      teams.members.set(accountOf(user), member);
      await teams.press(card, 'Agree', { user, ...forged(card, { for: objectIdOf(user) }) });
      expect(teams.seen(card)).not.toContain('You have agreed');
      expect(await standingOf(user)).toContain('Not available');
    },
  );

  it('works the same where a client sends it as a message, and shows its answer to nobody else', async () => {
    const { user, card } = await askedWith('hello?');
    const value = { dejiren: dataOf(card) };
    const group = '19:pressed@thread.v2';
    await teams.say({ user: someone(), kind: 'groupChat', conversation: group, more: { value, text: undefined } });
    await teams.say({ user, more: { value, text: undefined, replyToId: card.id } });
    const apart = (): string => {
      const others = teams.personal(user).filter(({ id }) => id !== card.id);
      return others.map((one) => teams.seen(one)).join('\n');
    };
    await teams.until(() => teams.seen(card).includes('You have agreed') && apart().includes('send it once more'));
    expect(apart()).not.toContain('You have agreed');
    await teams.say({
      user,
      kind: 'groupChat',
      conversation: group,
      more: { value: { ...value, training: 'false' }, text: undefined },
    });
    await teams.until(() => apart().includes('You have agreed'));
    expect(teams.in(group)).toEqual([]);
    expect(await standingOf(user)).toContain('Agreed ·');
  });

  it('is never needed in a group or a channel: no card stands there for everybody', async () => {
    for (const kind of ['groupChat', 'channel'] as const)
      for (const words of ['hello?', '/dejiren-optin', '/dejiren-optin erase', '/dejiren-optin receipt', '', '/new']) {
        const [user, conversation] = [someone(), `19:${kind}-${count}@thread.tacv2`];
        const text = `${AT_BOT.text} ${words}`;
        await teams.say({ user, kind, conversation, text, mentions: [AT_BOT.mention] });
        await teams.until(() => teams.personal(user).length === 1);
        expect(teams.in(conversation)).toEqual([]);
      }
  });
});
