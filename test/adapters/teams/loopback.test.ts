import http from 'node:http';
import { type FakeTeams, startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import { type Program, startProgram } from '../../support/program';

describe('Teams without authentication, on this machine', () => {
  let teams: FakeTeams;
  let program: Program;

  beforeAll(async () => {
    teams = await startFakeTeams({ authenticated: false });
    program = await startProgram({ env: { DEJIREN_TEAMS_INSECURE_LOOPBACK: 'true', DEJIREN_VENDOR: 'preview' } });
    teams.deliverTo(`${program.url}/api/messages`);
  });
  afterAll(async () => {
    await program?.end();
    await teams?.close();
  });

  function send(headers: http.OutgoingHttpHeaders, more: Record<string, unknown> = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = http.request(`${program.url}/api/messages`, { method: 'POST', headers }, (response) => {
        let words = '';
        response.on('data', (chunk) => {
          words += String(chunk);
        });
        response.on('end', () => resolve(`${response.statusCode} ${words}`.trim()));
      });
      request.on('error', reject);
      request.end(JSON.stringify(teams.activityOf({ user: 'eve', text: '/dejiren-optin on', more })));
    });
  }

  it('answers a client of this machine, with no token', async () => {
    await teams.say({ text: '/dejiren-optin on' });
    await teams.until(() => teams.personal().some((one) => teams.seen(one).includes('You have agreed')));
    expect(teams.breaches).toEqual([]);
  });

  it.each([
    ['Teams’ own', 'https://smba.trafficmanager.net/'],
    ['a foreign one', 'http://evil.example/'],
    ['one that begins like this machine', 'http://localhost.evil.example/'],
    ['every address of this machine', 'http://0.0.0.0/'],
  ])('answers to no other service address: %s', async (_name, serviceUrl) => {
    const calls = teams.calls.length;
    expect(await send({}, { serviceUrl })).toBe('403');
    expect(teams.calls).toHaveLength(calls);
  });

  it.each([
    ['a page of another site', { origin: 'https://evil.example', 'content-type': 'text/plain' }],
    ['a page without a name', { origin: 'null' }],
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a foreign name for this machine', { host: 'evil.example' }],
    ['a proxy that lets others in', { 'x-forwarded-for': '203.0.113.7' }],
  ])('refuses %s', async (_name, headers) => {
    const calls = teams.calls.length;
    expect(await send(headers)).toBe('401');
    expect(teams.calls).toHaveLength(calls);
  });
});
