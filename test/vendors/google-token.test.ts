import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEgress, type Egress } from '../../src/egress/egress';
import { createGoogleTokens } from '../../src/vendors/google-token';
import { bodyOf, startWebServer, type WebServer } from '../support/web-server';

const AUTHORITY = 'https://oauth2.googleapis.com';

describe('tokens of Google', () => {
  let authority: WebServer;
  let egress: Egress;
  let folder: string;
  let asked: URLSearchParams[];
  let refuses: boolean;
  const before = { ...process.env };

  /** The library insists on Google's address: our way out leads it to the one on loopback. */
  const send: typeof fetch = (input, init) => {
    const address = String(input instanceof Request ? input.url : input);
    if (!address.startsWith(AUTHORITY)) throw new TypeError('fetch failed');
    return egress.fetch(authority.url + address.slice(AUTHORITY.length), init);
  };

  beforeEach(async () => {
    asked = [];
    refuses = false;
    authority = await startWebServer(async (request, response) => {
      asked.push(new URLSearchParams(await bodyOf(request)));
      const body = refuses
        ? { error: 'invalid_grant', error_description: 'canary-google' }
        : { access_token: 'ya29.token', token_type: 'Bearer', expires_in: 3_600 };
      response.writeHead(refuses ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    egress = createEgress({ hosts: [authority.host] });
    folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const file = join(folder, 'account.json');
    writeFileSync(
      file,
      JSON.stringify({
        type: 'service_account',
        project_id: 'acme',
        private_key_id: 'k1',
        private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
        client_email: 'dejiren@acme.iam.gserviceaccount.com',
        client_id: '1',
        token_uri: `${AUTHORITY}/token`,
      }),
    );
    process.env.GOOGLE_APPLICATION_CREDENTIALS = file;
  });

  afterEach(async () => {
    process.env = { ...before };
    rmSync(folder, { recursive: true });
    egress.close();
    await authority.close();
  });

  it('are asked for by the default credentials, through our own way out, and kept', async () => {
    const getToken = createGoogleTokens(send, { optional: false });
    expect(await getToken()).toBe('ya29.token');
    expect(await getToken()).toBe('ya29.token');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
  });

  it('that are refused are a fault of the set-up, and not a word of the refusal is in it', async () => {
    refuses = true;
    const error: unknown = await createGoogleTokens(send, { optional: false })().catch((one: unknown) => one);
    expect(error).toMatchObject({ name: 'VendorError', category: 'auth' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('canary-google');
  });

  it('are none where they are optional and cannot be had', async () => {
    process.env.GOOGLE_APPLICATION_CREDENTIALS = join(folder, 'missing.json');
    expect(await createGoogleTokens(send, { optional: true })()).toBeUndefined();
    await expect(createGoogleTokens(send, { optional: false })()).rejects.toMatchObject({ category: 'auth' });
    expect(asked).toHaveLength(0);
  });
});
