import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { startFakeOpenAi } from '../../src/prove/doubles/openai/server';
import { startFakeSlack } from '../../src/prove/doubles/slack/fake-slack';
import { startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { type Program, startProgram } from '../support/program';
import { type Asked, type Heard, requestOf, say } from './wire';

/** `DEJIREN_FUZZ_RUNS` multiplies the requests, and adds those that wait for the server's time limits. */
const RUNS = Number(process.env.DEJIREN_FUZZ_RUNS ?? 1);
const SEED = 20261125;
const AT_ONCE = 8;
const PATIENCE_MS = 10_000;
const LONG_MS = 120_000 * RUNS;
/** One word of letters, as a code is: nothing filters it by its look. */
const WORD = 'fuzzcanaryword';
const TOKEN = 'fuzz-admin-token-0123456789abcdef';

const PATHS = [
  ...['/slack/events', '/api/messages', '/healthz', '/readyz', '/metrics', '/admin', '/data-handling', '/', '/app.js'],
  ...['/local/messages', '/local/action', '/local/stop', '/local/new', '/local/delete', '/local/events'],
  ...[
    `/${WORD}`,
    `/healthz/${WORD}`,
    `//${WORD}`,
    `/%2e%2e/${WORD}`,
    '/__proto__',
    '*',
    `http://${WORD}.example/healthz`,
  ],
];
const METHODS = ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY'];

const said = fc.oneof(
  fc.constant(WORD),
  fc.constant(`<@U0BOT> ${WORD} <!channel> @${WORD}`),
  fc.string({ maxLength: 30 }).map((words) => `${WORD}${words}`),
  fc.constantFrom('', '\u0000', '\ud800', '￾', '/dejiren-optin on', '/dejiren-optin erase', WORD.repeat(2_000)),
);
const odd = fc.oneof(
  said,
  fc.anything({ maxDepth: 2, withNullPrototype: false }),
  fc.constantFrom(null, true, -1, 1e308, [], {}),
);

/** A payload of the real kind with some of its leaves replaced, left out or added. */
function near(template: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(template))
    return fc.oneof({ weight: 40, arbitrary: fc.tuple(...template.map(near)) }, { weight: 1, arbitrary: odd });
  if (typeof template === 'object' && template !== null) {
    const whole = fc.record(Object.fromEntries(Object.entries(template).map(([key, value]) => [key, near(value)])));
    return fc.oneof(
      { weight: 40, arbitrary: whole },
      {
        weight: 1,
        arbitrary: fc
          .tuple(whole, fc.constantFrom('__proto__', 'constructor', 'toJSON', WORD), odd)
          .map(([object, key, value]) => ({ ...object, [key]: value })),
      },
      { weight: 1, arbitrary: odd },
    );
  }
  return fc.oneof({ weight: 40, arbitrary: fc.constant(template) }, { weight: 2, arbitrary: odd });
}

const SLACK = [
  {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev1',
    event: {
      type: 'app_mention',
      user: 'U1',
      channel: 'C1',
      ts: '1700000000.000100',
      text: `<@U0BOT> ${WORD}`,
      team: 'T1',
    },
  },
  {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev2',
    event: {
      type: 'message',
      channel_type: 'im',
      user: 'U1',
      channel: 'D1',
      ts: '1700000000.000200',
      text: WORD,
      files: [{ id: 'F1', mimetype: 'text/plain', size: 3, name: WORD }],
    },
  },
  { type: 'event_callback', team_id: 'T1', event: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' } },
  { type: 'event_callback', team_id: 'T1', event: { type: 'tokens_revoked', tokens: { bot: [], oauth: [WORD] } } },
];
const PRESS = {
  type: 'block_actions',
  team: { id: 'T1' },
  user: { id: 'U1', team_id: 'T1' },
  channel: { id: 'C1' },
  container: { thread_ts: '1.0' },
  actions: [
    {
      action_id: 'dejiren:grant',
      block_id: 'b',
      type: 'button',
      value: JSON.stringify({ do: 'grant', vendor: WORD, noticeId: WORD }),
    },
  ],
  response_url: 'http://127.0.0.1:9/nowhere',
};
const TEAMS = [
  {
    type: 'message',
    id: WORD,
    channelId: 'msteams',
    text: WORD,
    textFormat: 'plain',
    from: { id: '29:1', name: WORD, aadObjectId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' },
    recipient: { id: '28:bot', name: WORD },
    conversation: { id: 'a:1', conversationType: 'personal', tenantId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' },
    channelData: { tenant: { id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' } },
    serviceUrl: 'http://127.0.0.1:9/',
  },
  {
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: '1',
    channelId: 'msteams',
    value: {
      action: {
        type: 'Action.Execute',
        verb: WORD,
        data: { dejiren: { do: 'grant', vendor: WORD, noticeId: WORD, for: 'x', language: 'en' } },
      },
    },
    from: { id: '29:1' },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:1', tenantId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' },
    serviceUrl: 'http://127.0.0.1:9/',
  },
  {
    type: 'conversationUpdate',
    id: '1',
    channelId: 'msteams',
    membersAdded: [{ id: '28:bot' }],
    from: { id: '29:1' },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:1', tenantId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' },
    serviceUrl: 'http://127.0.0.1:9/',
  },
];
const LOCAL: readonly (readonly [string, unknown])[] = [
  [
    '/local/messages',
    {
      person: 'aiko',
      language: 'en',
      conversation: 'general',
      text: `@dejiren ${WORD}`,
      files: [{ name: WORD, mediaType: 'text/plain', data: 'ZnV6eg==' }],
    },
  ],
  ['/local/action', { person: 'ben', language: 'ja', card: WORD, version: 0, button: 0, ticked: true }],
  ['/local/stop', { person: 'aiko', conversation: 'general', thread: WORD }],
  ['/local/new', { person: 'aiko' }],
  ['/local/delete', { person: 'chika', message: WORD }],
];

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const stringified = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return `{"${WORD}":`;
  }
};
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom(
    '{',
    `{"${WORD}"`,
    '[]',
    'null',
    `"${WORD}"`,
    '['.repeat(50_000),
    `${WORD}=${WORD}&payload=%7B`,
    `{"a":1e999,"${WORD}":"\\ud800"}`,
  ),
  fc.string({ maxLength: 100 }).map((words) => WORD + words),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'authorization',
    'cookie',
    'origin',
    'x-slack-signature',
    'x-slack-request-timestamp',
    'x-slack-retry-num',
    'x-forwarded-for',
    'range',
    'if-none-match',
    'accept-encoding',
    'expect',
    'content-encoding',
    'upgrade',
    'x-http-method-override',
  ),
  fc.constantFrom(
    WORD,
    `Bearer ${WORD}`,
    `Basic ${Buffer.from(`a:${WORD}`).toString('base64')}`,
    '',
    'gzip',
    '100-continue',
    'websocket',
    '\u00e9\u00ff',
    'a'.repeat(8_000),
  ),
  { maxKeys: 3 },
);

describe('whatever is sent to the program', () => {
  let program: Program;
  let port: number;
  let secret: string;
  let service: string;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const slack = await startFakeSlack({ scopes: ['chat:write', 'users:read'] });
    const teams = await startFakeTeams({ authenticated: false });
    const openai = await startFakeOpenAi();
    closing.push(slack.close, teams.close, openai.close);
    secret = slack.signingSecret;
    service = `${teams.url}/`;
    program = await startProgram({
      env: {
        DEJIREN_TEAMS_INSECURE_LOOPBACK: 'true',
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
        OPENAI_API_KEY: openai.apiKey,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_MODEL: openai.model,
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
        DEJIREN_ADMIN_TOKEN: TOKEN,
        DEJIREN_LOCAL: 'true',
        LOG_LEVEL: 'trace',
      },
    });
    port = Number(new URL(program.url).port);
  });

  afterAll(async () => {
    const code = await program?.end();
    for (const close of closing) await close();
    expect(code).toBe(0);
  });

  const signed = (body: string, type: Record<string, string>): Asked => {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    return {
      method: 'POST',
      path: '/slack/events',
      headers: { ...type, 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp },
      body,
    };
  };

  const wellHeard = ({ statuses, bodies: told, all, hung }: Heard, what: unknown): void => {
    const wrong: string[] = [];
    if (hung) wrong.push('the connection hung');
    if (statuses.includes(500)) wrong.push('it failed');
    if (statuses.some((status) => status > 500) && told !== '' && !/^\{"code":"[a-z-]+"\}$/u.test(told))
      wrong.push('it failed with words');
    if (all.toLowerCase().includes(WORD)) wrong.push('it gave back what was sent');
    expect([wrong, wrong.length === 0 ? '' : what, wrong.length === 0 ? '' : all]).toEqual([[], '', '']);
  };

  /** What was answered how often: the requests reach what stands behind the doors, and not the doors alone. */
  const answered = new Map<number, number>();

  const survives = async (requests: fc.Arbitrary<Asked>, taken: number): Promise<void> => {
    answered.clear();
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (asked) => {
        const heard = await Promise.all(
          asked.map((one) => say(port, requestOf(one, `127.0.0.1:${port}`), PATIENCE_MS)),
        );
        for (const [index, one] of heard.entries()) {
          wellHeard(one, asked[index]);
          for (const status of one.statuses) answered.set(status, (answered.get(status) ?? 0) + 1);
        }
      }),
      { numRuns: 60 * RUNS, seed: SEED },
    );
    expect(answered.get(taken) ?? 0).toBeGreaterThan(AT_ONCE);
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    const page = await fetch(`${program.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await page.text()).not.toContain(WORD);
    expect(program.output().toLowerCase()).not.toContain(WORD);
    expect(program.output()).not.toContain('"crashed"');
  };

  it(
    'on any path, by any method, with any headers and body: it answers without a word of it',
    async () => {
      const asked = fc.record({
        method: fc.constantFrom(...METHODS),
        path: fc
          .tuple(fc.constantFrom(...PATHS), fc.constantFrom('', `?${WORD}=1`, '?person=%00', '#x', '?'.repeat(100)))
          .map((parts) => parts.join('')),
        headers,
        body: bodies,
      });
      await survives(
        asked.filter(({ method, path }) => !(method === 'GET' && path === '/local/events')),
        404,
      );
    },
    LONG_MS,
  );

  it(
    'signed by Slack’s secret',
    async () => {
      const events = fc.oneof(...SLACK.map(near)).map((body) => signed(stringified(body), json));
      const presses = near(PRESS).map((body) =>
        signed(`payload=${encodeURIComponent(stringified(body).toWellFormed())}`, form),
      );
      const commands = fc
        .record({
          command: fc.constantFrom('/dejiren-optin', `/${WORD}`),
          text: said,
          team_id: said,
          user_id: fc.constantFrom('U1', WORD),
          channel_id: fc.constantFrom('C1', WORD),
          response_url: fc.constant('http://127.0.0.1:9/x'),
        })
        .map((fields) => signed(String(new URLSearchParams(fields)), form));
      const anything = bodies.map((body) =>
        signed(
          Buffer.from(body)
            .toString('latin1')
            .replace(/[^ -~]/gu, '?'),
          json,
        ),
      );
      await survives(fc.oneof(events, presses, commands, anything), 200);
    },
    LONG_MS,
  );

  it(
    'to Teams’ door, opened for this machine',
    async () => {
      const activities = fc
        .oneof(...TEAMS.map(near))
        .map((activity) => stringified(activity).replaceAll('http://127.0.0.1:9/', service));
      const asked = fc.oneof(
        { weight: 5, arbitrary: activities as fc.Arbitrary<string | Uint8Array> },
        { weight: 1, arbitrary: bodies },
      );
      await survives(
        asked.map((body) => ({ method: 'POST', path: '/api/messages', headers: json, body })),
        202,
      );
    },
    LONG_MS,
  );

  it(
    'to the local page’s own paths',
    async () => {
      const asked = fc.oneof(
        ...LOCAL.map(([path, template]) =>
          near(template).map((body) => ({ method: 'POST', path, headers: json, body: stringified(body) })),
        ),
      );
      await survives(asked, 200);
    },
    LONG_MS,
  );

  it.each([
    ['no HTTP', [`${WORD}\r\n\r\n`]],
    ['HTTP/0.9', [`GET /${WORD}\r\n\r\n`]],
    ['HTTP/2', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', Buffer.alloc(64)]],
    ['TLS', [Buffer.from('16030100c8010000c40303', 'hex'), Buffer.alloc(200)]],
    ['a request to be a proxy', [`CONNECT ${WORD}.example:443 HTTP/1.1\r\nhost: ${WORD}\r\n\r\n`]],
    [
      'two lengths',
      [`POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\n${WORD}`],
    ],
    [
      'a length and chunks',
      [
        `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /${WORD} HTTP/1.1\r\n\r\n`,
      ],
    ],
    [
      'chunks by another name',
      [
        `POST /slack/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\ncontent-length: 3\r\nconnection: close\r\n\r\nabc`,
      ],
    ],
    [
      'a chunk that lies',
      [`POST /api/messages HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n${WORD}\r\n0\r\n\r\n`],
    ],
    ['a folded header', [`GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: b\r\n ${WORD}\r\nconnection: close\r\n\r\n`]],
    ['bare line feeds', [`GET /healthz HTTP/1.1\nhost: x\nx-a: ${WORD}\n\n`]],
    ['a space before the colon', [`GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length : 4\r\n\r\n${WORD}`]],
    ['a null byte in a header', [`GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: \0${WORD}\r\n\r\n`]],
    ['no host', [`GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n`]],
    ['headers without end', [`GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: ${WORD.repeat(4_000)}\r\n\r\n`]],
    [
      'three in a row',
      [
        'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(2),
        `GET /${WORD} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
      ],
    ],
    ['an upgrade', [`GET / HTTP/1.1\r\nhost: x\r\nupgrade: ${WORD}\r\nconnection: upgrade, close\r\n\r\n`]],
    [
      'an odd expectation',
      [`POST /slack/events HTTP/1.1\r\nhost: x\r\nexpect: ${WORD}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`],
    ],
    [
      'two megabytes',
      [
        `POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 2000000\r\nconnection: close\r\n\r\n`,
        WORD.repeat(150_000).slice(0, 2_000_000),
      ],
    ],
    [
      'two megabytes without a length',
      [
        `POST /api/messages HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n1e8480\r\n`,
        WORD.repeat(150_000).slice(0, 2_000_000),
        '\r\n0\r\n\r\n',
      ],
    ],
  ] as const)('as %s: it answers or hangs up, and goes on', async (_name, pieces) => {
    wellHeard(await say(port, pieces, PATIENCE_MS), pieces);
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    expect(program.output().toLowerCase()).not.toContain(WORD);
  });

  const slowly = RUNS > 1 ? it : it.skip;
  slowly.each([
    ['a header', [`GET /healthz HTTP/1.1\r\nhost: ${WORD}`]],
    ['a body', [`POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n${WORD}`]],
  ] as const)(
    'as %s that never ends: it hangs up within its time limits',
    async (_name, pieces) => {
      wellHeard(await say(port, pieces, 60_000), pieces);
    },
    90_000,
  );
});
