import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeTeams, startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import { BOT } from '../../../src/prove/doubles/teams/state';
import { type Program, startProgram } from '../../support/program';

describe('an activity of Teams that comes again', () => {
  let teams: FakeTeams;
  let program: Program;
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  const start = async (): Promise<void> => {
    const env = { ...teams.env, DEJIREN_EGRESS_HOSTS: '127.0.0.1', DEJIREN_VENDOR: 'preview' };
    program = await startProgram({ folder, env });
    teams.deliverTo(`${program.url}/api/messages`);
  };

  beforeAll(async () => {
    teams = await startFakeTeams();
    await start();
  });
  afterAll(async () => {
    await program?.end();
    await teams?.close();
    rmSync(folder, { recursive: true });
  });

  let count = 0;
  const someone = (): string => {
    count += 1;
    return `r${count}`;
  };
  const lastIn = (user: string): string => {
    const last = teams.personal(user).at(-1);
    return last === undefined ? '' : teams.seen(last);
  };
  /** Once its answer is there, everything that the person sent before was worked on. */
  const asked = async (user: string): Promise<string> => {
    const messages = teams.personal(user).length;
    await teams.say({ user, text: '/dejiren-optin status' });
    await teams.until(() => teams.personal(user).length > messages && lastIn(user).includes('Your consent'));
    return lastIn(user);
  };
  const agreed = async (): Promise<string> => {
    const user = someone();
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => lastIn(user).includes('You have agreed'));
    return user;
  };

  it('toggles nobody back', async () => {
    const user = await agreed();
    const { activity } = await teams.say({ user, text: '/dejiren-optin' });
    await teams.until(() => lastIn(user).includes('You have withdrawn'));
    const messages = teams.personal(user).length;
    expect((await teams.post(activity)).status).toBe(202);
    expect((await teams.post({ ...activity, text: '/dejiren-optin on' })).status).toBe(202);
    expect(await asked(user)).toContain('Withdrawn');
    expect(teams.personal(user)).toHaveLength(messages + 1);
  });

  it('agrees for nobody by a press that was taken before they withdrew', async () => {
    const user = someone();
    await teams.say({ user, text: 'hello?' });
    await teams.until(() => teams.personal(user).length === 1);
    const [card] = teams.personal(user);
    if (card === undefined) throw new Error('no card');
    const press = teams.pressOf(card, 'Agree', { user });
    expect((await teams.post(press)).status).toBe(200);
    await teams.until(() => teams.personal(user).length === 2);
    await teams.say({ user, text: '/dejiren-optin off' });
    await teams.until(() => lastIn(user).includes('You have withdrawn'));
    const again = await teams.post(press);
    expect(again.status).toBe(200);
    expect(again.body).toContain('You have withdrawn');
    expect(await asked(user)).toContain('Withdrawn');
  });

  it('agrees for nobody after a start anew either, and after a crash: the store knows it', async () => {
    const user = someone();
    const { activity: on } = await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => lastIn(user).includes('You have agreed'));
    const { activity: off } = await teams.say({ user, text: '/dejiren-optin off' });
    await teams.until(() => lastIn(user).includes('You have withdrawn'));
    await teams.say({ user, text: 'hello?' });
    await teams.until(() => lastIn(user).includes('May I send'));
    const card = teams.personal(user).at(-1);
    if (card === undefined) throw new Error('no card');
    const press = teams.pressOf(card, 'Agree', { user });
    const cards = teams.personal(user).length;
    expect((await teams.post(press)).body).toContain('You have agreed');
    await teams.until(() => teams.personal(user).length > cards);
    await teams.say({ user, text: '/dejiren-optin off' });
    await teams.until(() => lastIn(user).includes('You have withdrawn'));
    const messages = teams.personal(user).length;
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await program.end(signal);
      await start();
      for (const activity of [on, off, { ...on, timestamp: undefined }]) await teams.post(activity);
      expect((await teams.post(press)).body).toContain('You have withdrawn');
    }
    expect(await asked(user)).toContain('Withdrawn');
    expect(teams.personal(user)).toHaveLength(messages + 1);
  });

  it('overrides nothing that was said since, where it comes for the first time, but late', async () => {
    const user = someone();
    const late = ['on', '', 'off'].map((words) => teams.activityOf({ user, text: `/dejiren-optin ${words}` }));
    const [on, toggle, off] = late;
    await teams.say({ user, text: '/dejiren-optin off' });
    await teams.until(() => lastIn(user).includes('You have withdrawn'));
    for (const activity of [on, toggle]) {
      const messages = teams.personal(user).length;
      await teams.post(activity ?? {});
      await teams.until(() => teams.personal(user).length > messages);
    }
    expect(await asked(user)).toContain('Withdrawn');
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => lastIn(user).includes('You have agreed'));
    const messages = teams.personal(user).length;
    await teams.post(off ?? {});
    await teams.until(() => teams.personal(user).length > messages);
    expect(await asked(user)).toContain('Agreed ·');
  });

  it('asks somebody once to send a question again that cannot be read, however often their press comes', async () => {
    const user = someone();
    await teams.say({ user, text: 'hello?' });
    await teams.until(() => teams.personal(user).length === 1);
    const [card] = teams.personal(user);
    if (card === undefined) throw new Error('no card');
    const press = teams.pressOf(card, 'Agree', { user });
    for (let delivery = 0; delivery < 3; delivery += 1)
      expect((await teams.post(press)).body).toContain('You have agreed');
    await teams.until(() => teams.personal(user).length === 2);
    await asked(user);
    expect(teams.personal(user)).toHaveLength(3);
  });

  it('starts nothing anew twice, and tells of it once', async () => {
    const user = await agreed();
    const { activity } = await teams.say({ user, text: '/new' });
    await teams.until(() => teams.personal(user).length === 2);
    await Promise.all([teams.post(activity), teams.post(activity)]);
    await asked(user);
    expect(teams.personal(user)).toHaveLength(3);
  });

  it('welcomes nobody twice', async () => {
    const user = someone();
    const more = { type: 'conversationUpdate', text: undefined, membersAdded: [{ id: BOT }] };
    const { activity } = await teams.say({ user, more });
    await teams.until(() => teams.personal(user).length === 1);
    await teams.post(activity);
    await asked(user);
    expect(teams.personal(user)).toHaveLength(2);
  });

  it('counts a thumb once, and answers each delivery', async () => {
    const user = someone();
    const value = { actionName: 'feedback', actionValue: { reaction: 'like', feedback: '{}' } };
    const more = { type: 'invoke', name: 'message/submitAction', text: undefined, value };
    const activity = teams.activityOf({ user, more });
    for (let delivery = 0; delivery < 3; delivery += 1)
      expect(await teams.post(activity)).toEqual({ status: 200, body: '{}' });
    await teams.post(teams.activityOf({ user, more }));
    expect(program.output().match(/answer-rated/gu)).toHaveLength(2);
  });

  it('is answered one time, with other words too, and after a restart', async () => {
    const user = await agreed();
    const { activity } = await teams.say({ user, text: 'FIRST WORDS' });
    await teams.until(() => lastIn(user).includes('FIRST WORDS') && teams.personal(user).at(-1)?.state === 'whole');
    const messages = teams.personal(user).length;
    await teams.post(activity);
    await teams.post({ ...activity, text: 'OTHER WORDS' });
    await program.end();
    await start();
    await teams.post(activity);
    await teams.post({ ...activity, text: 'OTHER WORDS' });
    await asked(user);
    expect(teams.personal(user)).toHaveLength(messages + 1);
    expect(
      teams
        .personal(user)
        .map((one) => teams.seen(one))
        .join(),
    ).not.toContain('OTHER');
  });
});
