import childProcess from 'node:child_process';
import { generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEgress, type Egress } from '../../../src/egress/egress';
import { bodyOf, startWebServer, type WebServer } from '../../../src/prove/doubles/web-server';
import { createGoogleTokens } from '../../../src/vendors/vertex-ai/google-token';

const HOST = 'https://oauth2.googleapis.com';
const CANARY = 'canary-google';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('tokens of Google', () => {
  const before = { ...process.env };
  let folder: string;
  let server: WebServer;
  let egress: Egress;
  let asked: {
    readonly path: string;
    readonly headers: NodeJS.Dict<string | string[]>;
    readonly form: URLSearchParams;
  }[];
  let how: 'grants' | 'refuses' | 'hangs';

  /** The library knows one host of tokens: our way out leads it to the one on loopback. */
  const send: typeof fetch = (input, init) => {
    const address = String(input);
    if (!address.startsWith(HOST)) throw new TypeError('fetch failed');
    return egress.fetch(server.url + address.slice(HOST.length), init);
  };

  const credentials = (name: string, content: object | string): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const serviceAccount = (): string =>
    credentials('account.json', {
      type: 'service_account',
      project_id: 'elsewhere',
      private_key_id: 'key-1',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      client_email: 'dejiren@acme.iam.gserviceaccount.com',
      client_id: '1',
      token_uri: 'http://127.0.0.1:1/elsewhere',
    });

  beforeEach(async () => {
    asked = [];
    how = 'grants';
    folder = mkdtempSync(join(tmpdir(), 'dejiren-google-'));
    server = await startWebServer(async (request, response) => {
      const { url: path = '', headers } = request;
      asked.push({ path, headers, form: new URLSearchParams(await bodyOf(request)) });
      if (how === 'hangs') return;
      const body =
        how === 'grants'
          ? { access_token: `ya29.${asked.length}`, expires_in: 3_599, token_type: 'Bearer' }
          : { error: 'invalid_grant', error_description: CANARY };
      response.writeHead(how === 'grants' ? 200 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    egress = createEgress({ hosts: [server.host] });
    for (const name of ['GOOGLE_APPLICATION_CREDENTIALS', 'google_application_credentials']) delete process.env[name];
    // Read when the library is loaded, which the first test does.
    process.env.GOOGLE_SDK_NODE_LOGGING = 'all';
    // No credentials of the developer's, and no machine of Google's: neither is the test's.
    Object.assign(process.env, { CLOUDSDK_CONFIG: folder, APPDATA: folder, METADATA_SERVER_DETECTION: 'none' });
  });

  afterEach(async () => {
    process.env = { ...before };
    egress.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it("are asked for with a service account's key, through our own way out, and kept", async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = serviceAccount();
    const getToken = createGoogleTokens(send, { optional: false });
    expect([await getToken(), await getToken()]).toEqual(['ya29.1', 'ya29.1']);
    expect(asked).toHaveLength(1);
    const [head = '', claims = '', signature = ''] = (asked[0]?.form.get('assertion') ?? '').split('.');
    expect(asked[0]?.path).toBe('/token');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'dejiren@acme.iam.gserviceaccount.com',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      aud: `${HOST}/token`,
    });
    const signed = Buffer.from(`${head}.${claims}`);
    expect(verify('RSA-SHA256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it("are asked for with a developer's own login, and no program is run for it", async () => {
    const run = jest.spyOn(childProcess, 'exec');
    credentials('application_default_credentials.json', {
      type: 'authorized_user',
      client_id: 'id',
      client_secret: 'a-secret',
      refresh_token: 'a-refresh-token',
      quota_project_id: 'elsewhere',
    });
    expect(await createGoogleTokens(send, { optional: false })()).toBe('ya29.1');
    expect(Object.fromEntries(asked[0]?.form ?? [])).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'a-refresh-token',
    });
    expect(asked).toHaveLength(1);
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
  });

  it('are asked for once by questions that come together', async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = serviceAccount();
    const getToken = createGoogleTokens(send, { optional: false });
    expect(new Set(await Promise.all([getToken(), getToken(), getToken()]))).toEqual(new Set(['ya29.1']));
    expect(asked).toHaveLength(1);
  });

  it('tell nothing of the machine, and are never printed', async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = serviceAccount();
    const written: string[] = [];
    const spies = [
      ...[process.stdout, process.stderr].map((stream) =>
        jest.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0),
      ),
      ...(['debug', 'error', 'info', 'log', 'warn'] as const).map((method) =>
        jest.spyOn(console, method).mockImplementation((...words) => void written.push(words.join(' '))),
      ),
    ];
    expect(await createGoogleTokens(send, { optional: false })()).toBe('ya29.1');
    for (const spy of spies) spy.mockRestore();
    expect(written).toEqual([]);
    expect(asked[0]?.headers['user-agent']).toBe('dejiren');
    expect(Object.keys(asked[0]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it.each([
    ['are refused', () => serviceAccount()],
    ['are in no file that can be read', () => join(folder, 'nowhere.json')],
    ['are no JSON', () => credentials('broken.json', CANARY)],
  ])('fail by their category, towards a gateway as well, where credentials %s', async (_name, path) => {
    how = 'refuses';
    process.env.GOOGLE_APPLICATION_CREDENTIALS = path();
    for (const optional of [true, false]) {
      const error = await createGoogleTokens(send, { optional })().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'VendorError', category: 'auth' });
      expect(String(error instanceof Error ? error.stack : error)).not.toContain(CANARY);
    }
  });

  it('are left out where there are no credentials and none are needed', async () => {
    expect(await createGoogleTokens(send, { optional: true })()).toBeUndefined();
    await expect(createGoogleTokens(send, { optional: false })()).rejects.toMatchObject({ category: 'auth' });
    expect(asked).toEqual([]);
  });

  it('are given up when their host hangs, and asked for anew by the next question', async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = serviceAccount();
    how = 'hangs';
    const getToken = createGoogleTokens(send, { optional: false, tokenMs: 1_000 });
    await expect(getToken()).rejects.toMatchObject({ category: 'auth' });
    how = 'grants';
    expect(await getToken()).toMatch(/^ya29\./);
  });
});
