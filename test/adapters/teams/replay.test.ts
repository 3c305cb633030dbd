import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeTeams, startFakeTeams } from '../../fakes/teams/fake-teams';
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
    await teams.until(() => teams.personal(user).length > messages && lastIn(user).includes('Where you stand'));
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
    expect(await asked(user)).toContain('withdrawn');
    expect(teams.personal(user)).toHaveLength(messages + 1);
  });

  it('agrees for nobody by a press that was taken before they withdrew', async () => {
    const user = someone();
    await teams.say({ user, text: 'hello?' });
    await teams.until(() => teams.personal(user).length === 1);
    const [card] = teams.personal(user);
    if (card === undefined) throw new Error('no card');
    const press = teams.pressOf(card, 'Agree and answer', { user });
    expect((await teams.post(press)).status).toBe(200);
    await teams.until(() => teams.personal(user).length === 2);
    await teams.say({ user, text: '/dejiren-optin off' });
    await teams.until(() => lastIn(user).includes('You have withdrawn'));
    expect(await teams.post(press)).toEqual({ status: 200, body: '' });
    expect(await asked(user)).toContain('withdrawn');
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
