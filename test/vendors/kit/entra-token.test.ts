import { createEgress, type Egress } from '../../../src/egress/egress';
import { bodyOf, startWebServer, type WebServer } from '../../../src/prove/doubles/web-server';
import { createVendorEntraTokens } from '../../../src/vendors/kit/entra-token';

const AUTHORITY = 'https://login.microsoftonline.com';
const TENANT = '11111111-2222-4333-8444-555555555555';
const SCOPE = 'https://ai.azure.com/.default';

describe('tokens of Entra ID', () => {
  let authority: WebServer;
  let egress: Egress;
  let asked: { readonly path: string; readonly form: URLSearchParams }[];
  let refuses: boolean;
  const before = { ...process.env };

  /** The SDK insists on https for its authority: our way out leads it to the one on loopback. */
  const send: typeof fetch = (input, init) => {
    const address = String(input);
    if (!address.startsWith(AUTHORITY)) throw new TypeError('fetch failed');
    return egress.fetch(authority.url + address.slice(AUTHORITY.length), init);
  };

  beforeEach(async () => {
    asked = [];
    refuses = false;
    authority = await startWebServer(async (request, response) => {
      const path = (request.url ?? '').split('?')[0] ?? '';
      asked.push({ path, form: new URLSearchParams(await bodyOf(request)) });
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      const base = `${AUTHORITY}/${TENANT}`;
      if (path.endsWith('/discovery/instance'))
        return answer(200, {
          tenant_discovery_endpoint: `${base}/v2.0/.well-known/openid-configuration`,
          'api-version': '1.1',
          metadata: [],
        });
      if (path.endsWith('/openid-configuration'))
        return answer(200, {
          token_endpoint: `${base}/oauth2/v2.0/token`,
          authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
          issuer: `${base}/v2.0`,
          jwks_uri: `${base}/discovery/v2.0/keys`,
        });
      if (path !== `/${TENANT}/oauth2/v2.0/token`) return answer(404, {});
      if (refuses) return answer(401, { error: 'invalid_client', error_description: 'canary-entra' });
      return answer(200, { token_type: 'Bearer', expires_in: 3_600, access_token: 'token-1' });
    });
    egress = createEgress({ hosts: [authority.host] });
    Object.assign(process.env, {
      AZURE_TENANT_ID: TENANT,
      AZURE_CLIENT_ID: '99999999-2222-4333-8444-555555555555',
      AZURE_CLIENT_SECRET: 'a-secret',
      AZURE_TOKEN_CREDENTIALS: 'EnvironmentCredential',
    });
  });

  afterEach(async () => {
    process.env = { ...before };
    egress.close();
    await authority.close();
  });

  it('are asked for by the chain that the environment sets up, through our own way out, and kept', async () => {
    const getToken = createVendorEntraTokens(send);
    expect(await getToken(SCOPE)).toBe('token-1');
    expect(await getToken(SCOPE)).toBe('token-1');
    const requests = asked.filter(({ path }) => path.endsWith('/oauth2/v2.0/token'));
    expect(requests).toHaveLength(1);
    expect(requests[0]?.form.get('scope')).toBe(SCOPE);
  });

  it('that are refused are a fault of the set-up, and not a word of the refusal is in it', async () => {
    refuses = true;
    const error: unknown = await createVendorEntraTokens(send)(SCOPE).catch((one: unknown) => one);
    expect(error).toMatchObject({ name: 'VendorError', category: 'auth' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('canary-entra');
  });
});
