import { generateKeyPairSync } from 'node:crypto';
import { type FakeTeams, startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import { APP_ID, SECRET } from '../../../src/prove/doubles/teams/state';
import { type Program, runProgram, startProgram } from '../../support/program';

const EVIL = 'https://evil.example/';

describe('the door of Teams', () => {
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

  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const past = Math.floor(Date.now() / 1_000) - 3_600;

  it.each([
    ['another audience', { claims: { aud: 'other' } }],
    ['another issuer', { claims: { iss: 'https://evil.example' } }],
    ['a key that nobody told', { key: foreign }],
    ['a key id that nobody told', { kid: 'k9' }],
    ['another algorithm of the same key', { algorithm: 'RS512' }],
    ['the algorithm none', { algorithm: 'none' }],
    ['the public key as a symmetric one', { algorithm: 'HS256' }],
    ['an end in the past', { claims: { iat: past, nbf: past, exp: past + 60 } }],
    ['no end', { without: ['exp'] }],
    ['a beginning in the future', { claims: { nbf: Math.floor(Date.now() / 1_000) + 3_600 } }],
    ['no service address', { without: ['serviceurl'] }],
  ] as const)('refuses a token with %s, without a word', async (_name, wish) => {
    const calls = teams.calls.length;
    expect(await teams.post(teams.activityOf({ text: 'hello' }), wish)).toEqual({ status: 401, body: '' });
    expect(teams.calls).toHaveLength(calls);
  });

  it('refuses a token whose key is endorsed for another channel', async () => {
    const wish = { key: teams.issuer.otherKey, kid: 'k2' };
    expect(await teams.post(teams.activityOf({}), wish)).toEqual({ status: 401, body: '' });
  });

  it.each(['', 'Bearer', 'Bearer x.y.z', 'Basic abc', `Bearer ${'a'.repeat(9_000)}`])(
    'refuses the authorization “%s”',
    async (bare) => {
      expect(await teams.post(teams.activityOf({}), { bare })).toEqual({ status: 401, body: '' });
    },
  );

  it.each([
    ['of another address than its token', { serviceUrl: EVIL }, {}],
    ['of an address that is not Teams’, in both', { serviceUrl: EVIL }, { claims: { serviceurl: EVIL } }],
    ['of another channel', { channelId: 'webchat' }, {}],
    ['of no tenant', { conversation: { id: 'a:1' }, channelData: {} }, {}],
    ['of two tenants', { channelData: { tenant: { id: 'bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee' } } }, {}],
  ] as const)('refuses an activity %s, without a word', async (_name, more, wish) => {
    const calls = teams.calls.length;
    expect(await teams.post(teams.activityOf({ more }), wish)).toEqual({ status: 403, body: '' });
    expect(teams.calls).toHaveLength(calls);
    expect(program.output()).not.toContain('evil.example');
  });

  it('refuses people of a tenant that is not on the list', async () => {
    const tenant = 'bbbbbbbb-bbbb-cccc-dddd-eeeeeeeeeeee';
    expect(await teams.post(teams.activityOf({ tenant }))).toEqual({ status: 403, body: '' });
  });

  it.each([{}, { type: 'message' }, { ...{ type: 7 } }])('refuses what is no activity: %j', async (activity) => {
    expect(await teams.post(activity)).toEqual({ status: 400, body: '' });
  });

  it('refuses a body over its size, and one that is no JSON', async () => {
    const send = (body: string): Promise<Response> =>
      fetch(`${program.url}/api/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${teams.issuer.token(`${teams.url}/`)}` },
        body,
      });
    expect((await send('x'.repeat(2 * 1024 * 1024))).status).toBe(413);
    expect((await send('{"type"')).status).toBe(400);
    expect((await send('[]')).status).toBe(400);
  });

  it('gets its own token with its secret, from the place of the settings', () => {
    const [form] = teams.issuer.granted;
    expect(form?.get('client_id')).toBe(APP_ID);
    expect(form?.get('client_secret')).toBe(SECRET);
    expect(form?.get('scope')).toBe('https://api.botframework.com/.default');
  });

  it('refuses to start where Entra ID gives no token, and tells what to look at', async () => {
    const env = { ...teams.env, MicrosoftAppPassword: 'another-secret', DEJIREN_EGRESS_HOSTS: '127.0.0.1' };
    const { code, output } = await runProgram({ env });
    expect(code).toBe(1);
    expect(output).toContain('MicrosoftAppPassword');
    expect(output).not.toContain('another-secret');
  });
});
