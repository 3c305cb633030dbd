import { createAdminPage } from '../../src/http/admin-page';
import { createGuesses } from '../../src/http/guesses';
import { createMetricsRoute, createOperatorDoor } from '../../src/http/operator-routes';
import { createServer } from '../../src/http/server';
import { aNotice, quietLog } from '../support/consent';

const TOKEN = 'a-token-of-the-operator';
const finding = {
  vendor: 'one',
  key: 'training',
  reviewBy: '2027-01-01',
  url: 'https://v.example/<x>',
  state: 'changed',
};

describe('what is for operators alone', () => {
  const routes = [
    createAdminPage({
      notices: [aNotice('one', { vendorName: '<b>One</b>' })],
      sources: () => ({ at: Date.parse('2026-06-01'), all: [finding] }),
    }),
    createMetricsRoute({ text: async () => 'dejiren_events_total 1\n', contentType: 'text/plain; version=0.0.4' }),
  ];
  const logged: unknown[] = [];
  const log = { ...quietLog, warn: (...line: unknown[]) => void logged.push(line) };
  let now = 0;
  const clock = () => now;
  const guesses = createGuesses(clock, {
    perAddress: { atOnce: 2, everyMs: 1_500 },
    altogether: { atOnce: 100, everyMs: 1 },
    addresses: 8,
  });
  const server = createServer({
    host: '127.0.0.1',
    port: 0,
    routes: routes.map(createOperatorDoor({ token: TOKEN, log, now: clock, guesses })),
    readiness: () => [],
    log: quietLog,
  });
  let url: string;
  const get = (path: string, authorization?: string) =>
    fetch(`${url}${path}`, { headers: authorization === undefined ? {} : { authorization } });
  const basic = (password: string): string => `Basic ${Buffer.from(`anyone:${password}`).toString('base64')}`;

  beforeAll(async () => {
    ({ url } = await server.start());
  });
  afterAll(() => server.stop(0));
  beforeEach(() => {
    now += 60_000;
    logged.length = 0;
  });

  it.each([
    ['nothing', undefined],
    ['another token', 'Bearer another'],
    ['the beginning of it', `Bearer ${TOKEN.slice(0, -1)}`],
    ['another password', basic('another')],
    ['the token as a name', `Basic ${Buffer.from(`${TOKEN}:`).toString('base64')}`],
    ['another scheme', `Digest ${TOKEN}`],
  ])('is not shown for %s', async (_name, authorization) => {
    for (const path of ['/admin', '/metrics']) {
      const response = await get(path, authorization);
      expect([response.status, await response.text()]).toEqual([401, '']);
      expect(response.headers.get('www-authenticate')).toContain('Basic realm="dejiren"');
    }
  });

  it('is shown for the token, as a bearer or as a password', async () => {
    for (const authorization of [`Bearer ${TOKEN}`, basic(TOKEN)]) {
      const metrics = await get('/metrics', authorization);
      expect([metrics.status, await metrics.text()]).toEqual([200, 'dejiren_events_total 1\n']);
      const page = await (await get('/admin', authorization)).text();
      expect(page).toContain('Changed: read it again');
      expect(page).toContain('Last checked on 1 Jun 2026');
      expect(page).toContain('&lt;b&gt;One&lt;/b&gt;');
      expect(page).not.toMatch(/<b>|<x>|<script/u);
    }
  });

  it('does not look at what is guessed too often, tells when it will again, and logs no word of it', async () => {
    expect((await get('/admin', 'Bearer CANARY')).status).toBe(401);
    expect((await get('/metrics', basic('CANARY'))).status).toBe(401);
    for (const authorization of ['Bearer CANARY', `Bearer ${TOKEN}`]) {
      const response = await get('/metrics', authorization);
      expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([429, '2', '']);
    }
    expect(logged).toEqual([
      ['operator-refused', { path: '/admin', code: 'wrong-token' }],
      ['operator-refused', { path: '/metrics', code: 'throttled' }],
    ]);
    now += 1_500;
    expect((await get('/metrics', `Bearer ${TOKEN}`)).status).toBe(200);
  });

  it('does not count whoever gives no token, as browsers do before they ask for one', async () => {
    for (let count = 0; count < 5; count += 1) expect((await get('/metrics')).status).toBe(401);
    expect((await get('/metrics', `Bearer ${TOKEN}`)).status).toBe(200);
  });
});
