import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createEgress, type Egress } from '../../../src/egress/egress';
import { type FakeBedrock, startFakeBedrock } from '../../../src/prove/doubles/bedrock/server';
import { startFakeSts } from '../../../src/prove/doubles/bedrock/sts';
import { type BedrockOptions, createBedrockConnector } from '../../../src/vendors/bedrock/connector';
import { CANARY } from '../../contracts/vendor-connector.contract';
import { listen, promptOf } from '../../support/vendors';
import { optionsOf } from './case';

describe('the credentials of Bedrock', () => {
  const before = { ...process.env };
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-aws-'));
  const signal = new AbortController().signal;
  let fake: FakeBedrock;
  let egress: Egress;

  beforeEach(async () => {
    fake = await startFakeBedrock();
    egress = createEgress({ hosts: [fake.host] });
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, {
      AWS_CONFIG_FILE: join(folder, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  });

  afterEach(async () => {
    process.env = { ...before };
    egress.close();
    await fake.close();
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const ask = (more: Partial<BedrockOptions> = {}, stop = signal) => {
    const { credentials: _given, ...options } = optionsOf(fake);
    return listen(createBedrockConnector({ ...options, fetch: egress.fetch, ...more }), promptOf('Hi'), stop);
  };

  it('are those that the chain finds in variables', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: fake.keyId, AWS_SECRET_ACCESS_KEY: fake.secret });
    expect((await ask()).error).toBeUndefined();
  });

  it('are those that STS gives for a web identity, asked through the same way out', async () => {
    const sts = await startFakeSts(fake);
    writeFileSync(join(folder, 'token'), sts.identity);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_STS: sts.origin,
      AWS_ROLE_ARN: sts.roleArn,
      AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, 'token'),
    });
    expect((await ask()).error).toMatchObject({ category: 'residency' });
    expect(sts.requests).toHaveLength(0);
    const both = createEgress({ hosts: [fake.host, sts.host] });
    expect((await ask({ fetch: both.fetch })).error).toBeUndefined();
    expect(fake.requests.at(-1)?.headers['x-amz-security-token']).toBe(sts.sessionToken);
    both.close();
    await sts.close();
  });

  it('are kept, and asked for again shortly before they end', async () => {
    let asked = 0;
    const { keyId: accessKeyId, secret: secretAccessKey } = fake;
    const credentials = async () => {
      asked += 1;
      return { accessKeyId, secretAccessKey, expiration: new Date(Date.now() + (asked === 1 ? 60_000 : 3_600_000)) };
    };
    const connector = createBedrockConnector({ ...optionsOf(fake), fetch: egress.fetch, credentials });
    for (let turn = 0; turn < 3; turn += 1) await listen(connector, promptOf('Hi'), signal);
    expect(asked).toBe(2);
  });

  it('may be an API key of Bedrock, which goes as it is', async () => {
    process.env.AWS_BEARER_TOKEN_BEDROCK = fake.apiKey;
    expect((await ask()).error).toBeUndefined();
    expect(fake.requests[0]?.headers.authorization).toBe(`Bearer ${fake.apiKey}`);
  });

  it('are no empty API key', async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: fake.keyId, AWS_SECRET_ACCESS_KEY: fake.secret });
    process.env.AWS_BEARER_TOKEN_BEDROCK = '';
    expect((await ask()).error).toBeUndefined();
  });

  it('that do not come are not waited for once it is aborted', async () => {
    const stop = new AbortController();
    const credentials = (): Promise<never> => {
      setImmediate(() => stop.abort());
      return new Promise(() => undefined);
    };
    expect((await ask({ credentials }, stop.signal)).error).toMatchObject({ category: 'cancelled' });
    expect(fake.requests).toHaveLength(0);
  });

  it('are told to be wrong without a word of what was wrong', async () => {
    const credentials = () => Promise.reject(Object.assign(new Error(CANARY), { name: 'CredentialsProviderError' }));
    const { error } = await ask({ credentials });
    expect(error).toMatchObject({ category: 'auth' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(CANARY);
  });

  it.each([
    ['the chain finds none', {}],
    ['their file is not there', { AWS_ROLE_ARN: 'arn:aws:iam::1:role/r', AWS_WEB_IDENTITY_TOKEN_FILE: '/none' }],
  ])('fail the question where %s, and nothing is sent', async (_name, variables) => {
    Object.assign(process.env, variables);
    expect((await ask()).error).toMatchObject({ category: 'auth' });
    expect(fake.requests).toHaveLength(0);
  });
});
