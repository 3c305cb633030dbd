import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type FakeTeams, startFakeTeams } from '../../../src/prove/doubles/teams/fake-teams';
import { startWebServer, type WebServer } from '../../../src/prove/doubles/web-server';
import { type Program, startProgram } from '../../support/program';

const CANARY = 'CANARY-attack-5f20';
/** What a refusal may carry beside its status. */
const PLAIN: ReadonlySet<string> = new Set([
  'allow',
  'connection',
  'content-length',
  'content-security-policy',
  'date',
  'keep-alive',
  'referrer-policy',
  'transfer-encoding',
  'x-content-type-options',
]);

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly telling: readonly string[];
}

describe('an attack on the door of Teams', () => {
  let teams: FakeTeams;
  let program: Program;
  let elsewhere: WebServer;

  beforeAll(async () => {
    teams = await startFakeTeams();
    elsewhere = await startWebServer((_request, response) => response.writeHead(200).end('{}'));
    program = await startProgram({
      env: { ...teams.env, DEJIREN_EGRESS_HOSTS: '127.0.0.1', DEJIREN_VENDOR: 'preview' },
    });
    teams.deliverTo(`${program.url}/api/messages`);
  });
  afterAll(async () => {
    await program?.end();
    await teams?.close();
    await elsewhere?.close();
  });

  interface Attack {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: http.OutgoingHttpHeaders;
    readonly body?: string | Buffer;
  }

  function send({ method = 'POST', path = '/api/messages', headers = {}, body = '' }: Attack): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = http.request(`${program.url}`, { method, path, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            telling: Object.keys(response.headers).filter((name) => !PLAIN.has(name)),
          }),
        );
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  const good = (): string => `Bearer ${teams.issuer.token(`${teams.url}/`)}`;
  const question = (more: Record<string, unknown> = {}): string =>
    JSON.stringify(teams.activityOf({ text: CANARY, more }));

  /** Refused with the status and no word more; nothing was worked on, and nothing was asked for or sent anywhere. */
  async function refused(status: number, attack: Attack): Promise<void> {
    const before = [teams.calls.length, teams.issuer.granted.length, elsewhere.connections()];
    expect(await send(attack)).toEqual({ status, body: '', telling: [] });
    expect([teams.calls.length, teams.issuer.granted.length, elsewhere.connections()]).toEqual(before);
    expect(program.output()).not.toContain(CANARY);
  }

  const now = Math.floor(Date.now() / 1_000);
  const claimed = (claims: Record<string, unknown>) => `Bearer ${teams.issuer.token(`${teams.url}/`, { claims })}`;

  it.each([
    ['of an emulator', { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }],
    [
      'of an emulator, second version',
      { iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0' },
    ],
    ['of a skill', { iss: 'https://login.microsoftonline.com/botframework.com/v2.0', ver: '2.0', azp: 'a-skill' }],
    ['of a government cloud', { iss: 'https://api.botframework.us' }],
    ['for several audiences without this one', { aud: ['one', 'two'] }],
    ['without an audience of words', { aud: null }],
    ['that ended six minutes ago', { exp: now - 360 }],
    ['that begins in six minutes', { nbf: now + 360 }],
    ['whose end is no number', { exp: '4102444800' }],
    ['whose service address is no word', { serviceurl: ['https://smba.trafficmanager.net/'] }],
    ['whose service address is empty', { serviceurl: '' }],
  ])('is refused where the token is one %s', async (_name, claims) => {
    await refused(401, { headers: { authorization: claimed(claims) }, body: question() });
  });

  it('is refused where the token is changed after it was signed', async () => {
    const [head = '', , signature = ''] = good().split('.');
    const forged = Buffer.from(JSON.stringify({ iss: teams.issuer.issuer, aud: 'x', exp: now + 60 })).toString(
      'base64url',
    );
    await refused(401, { headers: { authorization: `${head}.${forged}.${signature}` }, body: question() });
    await refused(401, { headers: { authorization: `${head}.${forged}.` }, body: question() });
  });

  it('is refused where the token brings its own key along', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const header = {
      jwk: publicKey.export({ format: 'jwk' }),
      jku: `${elsewhere.url}/keys`,
      x5u: `${elsewhere.url}/x`,
    };
    const authorization = `Bearer ${teams.issuer.token(`${teams.url}/`, { key: privateKey, header })}`;
    await refused(401, { headers: { authorization }, body: question() });
  });

  it.each([
    ['no authorization', () => ({})],
    ['“bearer” in other letters', () => ({ authorization: good().replace('Bearer', 'BEARER') })],
    ['two spaces', () => ({ authorization: good().replace(' ', '  ') })],
    ['two tokens in one', () => ({ authorization: `${good()}, ${good()}` })],
    ['the token in another header', () => ({ 'x-forwarded-authorization': good() })],
  ] as const)('is refused with %s', async (_name, headers) => {
    await refused(401, { headers: headers(), body: question() });
  });

  it.each([
    ['a good authorization after a bad one', () => ['Bearer x.y.z', good()]],
    ['a bad authorization after a good one', () => [good(), 'Bearer x.y.z']],
  ])('is refused at the head with %s', async (_name, both) => {
    const headers: http.OutgoingHttpHeaders = {};
    Object.assign(headers, { authorization: both() });
    await refused(400, { headers, body: question() });
  });

  it.each([
    ['of a host that only begins like Teams’', 'https://smba.trafficmanager.net.evil.example/'],
    ['of a host that only ends like Teams’', 'https://evilsmba.trafficmanager.net/'],
    ['with Teams’ host as the name of a person', 'https://smba.trafficmanager.net@evil.example/'],
    ['with a backslash', 'https://evil.example\\@smba.trafficmanager.net/'],
    ['with a person and a word', 'https://a:b@smba.trafficmanager.net/'],
    ['on another port', 'https://smba.trafficmanager.net:8443/'],
    ['that is not encrypted', 'http://smba.trafficmanager.net/'],
    ['of an address', 'https://10.0.0.1/'],
    ['of the machine’s own metadata', 'http://169.254.169.254/'],
    ['of letters that only look like Teams’', 'https://smbа.trafficmanager.net/'],
    ['of a top level of its own', 'https://smba.trafficmanager.net./'],
    ['with a query', 'https://smba.trafficmanager.net/?x='],
    ['with a fragment', 'https://smba.trafficmanager.net/#'],
    ['of another kind', 'ftp://smba.trafficmanager.net/'],
    ['that is none', 'smba.trafficmanager.net'],
  ])('is refused where the service address is one %s, in the token as well', async (_name, serviceUrl) => {
    const status = /[?#@\\]|\.\/$|^(?!https?:)/u.test(serviceUrl) ? 400 : 403;
    await refused(status, {
      headers: { authorization: claimed({ serviceurl: serviceUrl }) },
      body: question({ serviceUrl }),
    });
  });

  it('is refused where the service is another server of the same machine', async () => {
    const serviceUrl = elsewhere.url.replace('127.0.0.1', 'localhost');
    await refused(403, {
      headers: { authorization: claimed({ serviceurl: serviceUrl }) },
      body: question({ serviceUrl }),
    });
  });

  it.each([
    ['no service address', { serviceUrl: undefined }, 400],
    ['a service address that is no word', { serviceUrl: { href: 'https://smba.trafficmanager.net/' } }, 400],
    ['the channel of the emulator', { channelId: 'emulator' }, 403],
    ['a channel in other letters', { channelId: 'MSTeams' }, 403],
    ['no sender', { from: undefined }, 400],
    ['a tenant that is no id', { conversation: { id: 'a:1', tenantId: '*' } }, 400],
  ])('is refused with %s', async (_name, more, status) => {
    await refused(status, { headers: { authorization: good() }, body: question(more) });
  });

  it.each([
    [
      'words that are no UTF-8',
      () => Buffer.concat([Buffer.from(question().slice(0, -1)), Buffer.from(',"x":"\u00ff"}', 'latin1')]),
    ],
    ['a compressed body', () => gzipSync(question())],
    ['nothing', () => Buffer.alloc(0)],
    ['a list', () => Buffer.from(`[${question()}]`)],
    ['a word', () => Buffer.from('"hello"')],
    ['null', () => Buffer.from('null')],
    ['a half', () => Buffer.from(question().slice(0, 100))],
    ['a million brackets', () => Buffer.from('['.repeat(1_000_000))],
  ])('is refused where the body is %s', async (_name, body) => {
    await refused(400, { headers: { authorization: good() }, body: body() });
  });

  it('is refused where the body is too large, with a token and without', async () => {
    const body = question({ padding: 'x'.repeat(1_100_000) });
    await refused(413, { headers: { authorization: good() }, body });
    await refused(413, { body });
  });

  it.each([
    ['GET', '/api/messages', 405],
    ['PUT', '/api/messages', 405],
    ['DELETE', '/api/messages', 405],
    ['OPTIONS', '/api/messages', 405],
    ['POST', '/api/messages/', 404],
    ['POST', '/API/MESSAGES', 404],
    ['POST', '//api/messages', 404],
    ['POST', '/api/./messages', 404],
    ['POST', '/api%2Fmessages', 404],
    ['POST', '/api/messages%00', 404],
  ])('is refused by %s %s', async (method, path, status) => {
    await refused(status, {
      method,
      path,
      headers: { authorization: good() },
      body: method === 'POST' ? question() : '',
    });
  });

  it('changes nothing of the program with keys that are prototypes’, or with depth', async () => {
    const depth = 50_000;
    const nested = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    for (const extra of [
      '"__proto__":{"channelId":"x","polluted":1},"constructor":{"prototype":{"polluted":1}}',
      `"value":${nested}`,
      `"channelData":{"tenant":{"id":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"},"x":${nested}}`,
      `"entities":[${nested}]`,
      `"attachments":[${nested}]`,
    ]) {
      const body = `${question().slice(0, -1)},${extra}}`;
      const answer = await send({ headers: { authorization: good() }, body });
      expect(answer.body).toBe('');
      expect(answer.status).toBeLessThan(500);
    }
    const status = teams.activityOf({ user: 'alive', text: '/dejiren-optin status' });
    expect(await teams.post(status)).toEqual({ status: 202, body: '' });
    await teams.until(() => teams.personal('alive').length === 1);
    expect(program.output()).not.toContain(CANARY);
  });

  it('of no type, or with words where the SDK looks for others, is no fault of dejiren’s', async () => {
    const odd = { timestamp: 'never', expiration: {}, relatesTo: 7, deliveryMode: 'expectReplies' };
    expect(await teams.post({ ...teams.activityOf({}), type: '' })).toEqual({ status: 400, body: '' });
    expect(await teams.post({ ...teams.activityOf({ user: 'odd' }), ...odd })).toEqual({ status: 202, body: '' });
    await teams.until(() => teams.personal('odd').length === 1);
    expect(program.output()).not.toContain('teams-activity-failed');
  });

  it('of any shape is answered without a word, and brings nothing down', async () => {
    const junk = fc.oneof(
      fc.constant(null),
      fc.constant(CANARY),
      fc.integer(),
      fc.boolean(),
      fc.string({ maxLength: 40 }),
      fc.constantFrom(
        'message',
        'invoke',
        'conversationUpdate',
        'messageUpdate',
        'messageDelete',
        'installationUpdate',
      ),
      fc.jsonValue({ maxDepth: 3 }),
      fc.array(fc.constant(CANARY), { maxLength: 3 }),
      fc.record({ id: fc.string({ maxLength: 20 }), text: fc.constant(CANARY), name: fc.constant(CANARY) }),
    );
    const field = fc.constantFrom(
      ...['type', 'id', 'text', 'from', 'recipient', 'conversation', 'channelData', 'entities', 'attachments', 'value'],
      ...['name', 'action', 'membersAdded', 'membersRemoved', 'replyToId', 'timestamp', 'locale', 'textFormat'],
      ...['relatesTo', 'suggestedActions', 'reactionsAdded', 'deliveryMode', 'callerId', 'expiration'],
    );
    const type = fc.constantFrom('message', 'invoke', 'conversationUpdate', 'installationUpdate', 'messageDelete');
    const mutations = fc.array(fc.tuple(field, junk), { minLength: 1, maxLength: 4 });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(type, mutations, async (kind, changes) => {
        count += 1;
        const activity = teams.activityOf({ user: `f${count}`, text: CANARY, more: { type: kind } });
        const { status, body } = await teams.post({ ...activity, ...Object.fromEntries(changes) });
        expect([200, 202, 400, 403, 501]).toContain(status);
        expect(body).toBe('');
      }),
      { numRuns: 300, seed: 4 },
    );
    expect(program.output()).not.toContain(CANARY);
    expect(program.output()).not.toContain('teams-activity-failed');
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
  });
});
