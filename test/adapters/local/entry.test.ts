import { type LocalChat, startLocalChat } from './local-chat';

describe('who may enter the local chat', () => {
  let chat: LocalChat;
  const said = { person: 'ben', language: 'en', conversation: 'general', text: 'hello' };

  beforeEach(async () => {
    chat = await startLocalChat();
  });
  afterEach(() => chat.close());

  it('serves the page to this machine, under a policy that allows its own script and style alone', async () => {
    const { status, headers, body } = await chat.get('/');
    expect(status).toBe(200);
    expect(body).toContain('<title>page</title>');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['app.js', 'text/javascript'],
    ['style.css', 'text/css'],
  ])('serves %s as %s', async (file, type) => {
    const { status, headers } = await chat.get(`/local/${file}`);
    expect(status).toBe(200);
    expect(headers['content-type']).toContain(type);
  });

  it.each(['localhost', 'localhost:3000', '127.0.0.1:80', '[::1]:3000', 'LOCALHOST'])(
    'lets in the loopback name %s',
    async (host) => {
      expect((await chat.get('/', { host })).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'evil.example:3000',
    '0.0.0.0',
    '192.168.0.2',
    'localhost:3000:1',
    'user@localhost',
  ])('turns away the name %s with a bare 403, so that a rebound name reaches nothing', async (host) => {
    for (const path of ['/', '/local/app.js', '/local/events?person=ben'])
      expect(await chat.get(path, { host })).toMatchObject({ status: 403, body: '' });
    expect(await chat.post('/local/messages', said, { host })).toMatchObject({ status: 403, body: '' });
    expect(chat.heard.asked).toHaveLength(0);
  });

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://localhost:1' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('takes no message that another site sent: %j', async (headers) => {
    expect(await chat.post('/local/messages', said, headers)).toMatchObject({ status: 403, body: '' });
  });

  it('gives its events and scripts to no other site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    for (const path of ['/local/app.js', '/local/events?person=ben'])
      expect((await chat.get(path, headers)).status).toBe(403);
  });

  it.each(['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'])(
    'turns away what a proxy passes on (%s)',
    async (name) => {
      expect((await chat.get('/', { [name]: '203.0.113.9' })).status).toBe(403);
    },
  );

  it('takes what its own page sends', async () => {
    const headers = { origin: chat.url, host: `127.0.0.1:${chat.port}`, 'sec-fetch-site': 'same-origin' };
    expect((await chat.post('/local/messages', said, headers)).status).toBe(200);
  });

  it.each([
    ['no JSON', 'plain words', 400, 'malformed'],
    ['no object', '[]', 400, 'malformed'],
    ['a stranger', { ...said, person: 'mallory' }, 400, 'malformed'],
    ['a field too many', { ...said, admin: true }, 400, 'malformed'],
    ['no text', { ...said, text: ' \n ' }, 400, 'empty'],
    ['a long text', { ...said, text: 'x'.repeat(100_001) }, 413, 'text-too-long'],
    ['a huge body', { ...said, text: 'x'.repeat(17_000_000) }, 413, 'too-large'],
    ['a foreign direct chat', { ...said, conversation: 'direct-aiko' }, 403, 'not-yours'],
    ['an unknown thread', { ...said, thread: 'm99' }, 404, 'gone'],
  ])('refuses %s clearly', async (_what, body, status, code) => {
    const answered = await chat.post('/local/messages', body);
    expect(answered.status).toBe(status);
    expect(JSON.parse(answered.body)).toEqual({ code });
    expect(chat.heard.asked).toHaveLength(0);
  });

  it('takes no form that a browser would send without asking first', async () => {
    const answered = await chat.post('/local/messages', said, { 'content-type': 'text/plain' });
    expect(answered.status).toBe(415);
  });

  it('refuses a huge body of unknown length', async () => {
    const headers = { 'transfer-encoding': 'chunked' };
    const answered = await chat.post('/local/action', `"${'x'.repeat(300_000)}"`, headers);
    expect(answered.status).toBe(413);
  });
});
