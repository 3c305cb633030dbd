import { inspect } from 'node:util';
import fc from 'fast-check';
import { openSecret, type Secret } from '../../src/model/secret';
import { articleUrlOf } from '../../src/settings/article-url';
import { loadSettings } from '../../src/settings/load-settings';
import { redactionPolicyOf } from '../../src/settings/redaction-policy';
import { type Settings, SettingsError } from '../../src/settings/settings';

type Given = Readonly<Record<string, string>>;

const load = (environment: Given = {}, files: Given = {}): Settings =>
  loadSettings({ environment, workingDir: '/srv/dejiren', readFile: (path) => files[path] });

function faultsOf(
  environment: Given,
  files: Given = {},
): readonly { name: string; problem: string; example: string }[] {
  try {
    load(environment, files);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

const namesOf = (environment: Given, files: Given = {}): readonly string[] =>
  faultsOf(environment, files).map(({ name }) => name);

const opened = (secret: Secret | undefined): string | undefined => secret && openSecret(secret);

const SLACK_HTTP = { SLACK_BOT_TOKEN: 'xoxb-test', SLACK_SIGNING_SECRET: 'signing-secret' };
const OPENAI = { OPENAI_API_KEY: 'sk-test' };
const AZURE = { AZURE_OPENAI_ENDPOINT: 'https://acme.openai.azure.com', AZURE_OPENAI_DEPLOYMENT: 'chat' };
const VERTEX = { VERTEX_MODEL: 'gemini', GOOGLE_CLOUD_PROJECT: 'acme', GOOGLE_CLOUD_LOCATION: 'asia-northeast1' };
const BEDROCK = { BEDROCK_MODEL_ID: 'jp.amazon.nova-lite-v1:0', AWS_REGION: 'ap-northeast-1' };
const OWN_SERVER = {
  OPENAI_COMPATIBLE_BASE_URL: 'https://llm.example.com/v1',
  OPENAI_COMPATIBLE_MODEL: 'llama3.2',
  DEJIREN_EGRESS_HOSTS: 'llm.example.com',
};

describe('settings', () => {
  it('name who answers for the data, from the environment before the file', () => {
    const file = 'controller: { name: Example Bank, contact: privacy@example.com }';
    const env = { DEJIREN_CONFIG: 'c.yaml', DEJIREN_CONTROLLER_CONTACT: 'dpo@example.com', DEJIREN_SIGNING_KEY: '3' };
    const settings = loadSettings({
      environment: env,
      workingDir: '/srv',
      readFile: (path) => (path === '/srv/c.yaml' ? file : undefined),
    });
    expect(settings.controller).toEqual({ name: 'Example Bank', contact: 'dpo@example.com' });
    expect(settings.signingKey).toBe(3);
  });

  it.each([
    ['https://dejiren.example.com', 'https://dejiren.example.com/data-handling'],
    ['https://intra.example.com:8443/apps/dejiren/', 'https://intra.example.com:8443/apps/dejiren/data-handling'],
    ['http://127.0.0.1:3000/', 'http://127.0.0.1:3000/data-handling'],
    ['http://[::1]:3000', 'http://[::1]:3000/data-handling'],
    ['', undefined],
  ])('tell where people find the public article: %s', (url, article) => {
    expect(articleUrlOf(load({ DEJIREN_PUBLIC_URL: url }))).toBe(article);
  });

  it.each([
    'dejiren.example.com',
    'http://dejiren.example.com',
    'ftp://dejiren.example.com',
    'https://me:hunter2hunter2@dejiren.example.com',
    'https://dejiren.example.com/?a=b',
    'https://dejiren.example.com/#top',
  ])('take no address for it that people could not trust: %s', (url) => {
    const faults = faultsOf({ DEJIREN_PUBLIC_URL: url });
    expect(faults.map(({ name }) => name)).toEqual(['DEJIREN_PUBLIC_URL']);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it('of an empty environment serve the local page on this machine, and look for a model on it', () => {
    expect(load()).toEqual({
      http: { host: '127.0.0.1', port: 3000 },
      publicUrl: undefined,
      dataDir: '/srv/dejiren/.dejiren',
      databasePath: '/srv/dejiren/.dejiren/dejiren.db',
      secret: undefined,
      logLevel: 'info',
      language: 'en',
      platforms: { local: { isServed: true } },
      vendors: {
        default: 'auto',
        fallback: [],
        setUp: { preview: { models: ['none'] } },
      },
      controller: { name: undefined, contact: undefined },
      signingKey: 1,
      tenants: {},
      adminToken: undefined,
      noticeCheck: true,
      redaction: { mode: 'mask', without: [], names: false, presidio: undefined },
      consent: { mode: 'opt-in', noticeFirst: true, grantDays: 365, admitExternals: false },
      context: 'own',
      egressHosts: [],
      proxy: undefined,
      residency: undefined,
      limits: {
        personPerHour: 300,
        tenantPerHour: 10_000,
        questionCharacters: 32_000,
        files: 5,
        fileMegabytes: 5,
        fileCharacters: 100_000,
        answerCharacters: 100_000,
        contextMessages: 20,
        contextCharacters: 24_000,
        memoryTurns: 8,
        memoryMinutes: 15,
        turnsAtOnce: 600,
        turnsWaiting: 5_000,
        silenceSeconds: 60,
        firstDeltaSeconds: 300,
        betweenDeltasSeconds: 30,
        answerSeconds: 600,
      },
      links: 'visible',
      linkHosts: [],
      instructions: '',
    });
  });

  it('let addresses be clicked, or none', () => {
    expect(load({ DEJIREN_LINKS: 'plain' }).links).toBe('plain');
    expect(() => load({ DEJIREN_LINKS: 'no' })).toThrow();
  });

  it('take empty values as not set', () => {
    expect(load({ PORT: '', OPENAI_API_KEY: '  ', DEJIREN_CONFIG: '' })).toEqual(load());
  });

  it('read .env, and let the real environment win', () => {
    const files = { '/srv/dejiren/.env': 'PORT=4000\nHOST=localhost # mine\nDEJIREN_LANGUAGE="ja"\n' };
    expect(load({ PORT: '5000' }, files)).toMatchObject({ http: { host: 'localhost', port: 5000 }, language: 'ja' });
  });

  it('take paths from the working folder', () => {
    expect(load({ DEJIREN_DATA_DIR: 'data' }).databasePath).toBe('/srv/dejiren/data/dejiren.db');
    expect(load({ DATABASE_URL: 'sqlite:./other.db' }).databasePath).toBe('/srv/dejiren/other.db');
    expect(load({ DATABASE_URL: 'sqlite:/var/lib/d.db' }).databasePath).toBe('/var/lib/d.db');
  });

  it('are frozen all the way down', () => {
    const settings = load(
      { ...SLACK_HTTP, ...OPENAI, DEJIREN_CONFIG: 'c' },
      { '/srv/dejiren/c': 'linkHosts: [a.example]' },
    );
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (value.constructor === Object || Array.isArray(value)) expect(Object.isFrozen(value)).toBe(true);
      for (const inner of Object.values(value)) walk(inner);
    };
    walk(settings);
  });
});

describe('Slack', () => {
  it('is connected by HTTP with a signing secret, and by Socket Mode with an app token, which wins over both', () => {
    const http = load(SLACK_HTTP).platforms.slack;
    expect(http?.connection.mode).toBe('http');
    expect(opened(http?.botToken)).toBe('xoxb-test');
    const socket = load({ ...SLACK_HTTP, SLACK_APP_TOKEN: 'xapp-test' }).platforms.slack;
    expect(socket?.connection.mode).toBe('socket');
    expect(load({ SLACK_BOT_TOKEN: 'xoxb-test', SLACK_APP_TOKEN: 'xapp-test' }).platforms.slack?.connection.mode).toBe(
      'socket',
    );
  });

  it('switches the local page off unless it is asked for', () => {
    expect(load(SLACK_HTTP).platforms.local).toBeUndefined();
    expect(load({ ...SLACK_HTTP, HOST: '0.0.0.0' }).http.host).toBe('0.0.0.0');
    expect(load({ ...SLACK_HTTP, DEJIREN_LOCAL: 'true' }).platforms.local).toBeDefined();
  });

  it('has an API address that ends with a slash, as its SDK needs it', () => {
    const api = { ...SLACK_HTTP, SLACK_API_URL: 'http://127.0.0.1:9000/api', DEJIREN_EGRESS_HOSTS: '127.0.0.1:9000' };
    expect(load(api).platforms.slack?.apiUrl).toBe('http://127.0.0.1:9000/api/');
  });

  it.each([
    ['no bot token', { SLACK_SIGNING_SECRET: 'signing-secret' }, ['SLACK_BOT_TOKEN']],
    ['an app token alone', { SLACK_APP_TOKEN: 'xapp-test' }, ['SLACK_BOT_TOKEN']],
    ['a bot token alone', { SLACK_BOT_TOKEN: 'xoxb-test' }, ['SLACK_APP_TOKEN']],
    [
      'tokens in each other’s place',
      { SLACK_BOT_TOKEN: 'xapp-test', SLACK_APP_TOKEN: 'xoxb-test' },
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'],
    ],
    ['a person’s token', { ...SLACK_HTTP, SLACK_BOT_TOKEN: 'xoxp-test' }, ['SLACK_BOT_TOKEN']],
  ])('is refused with %s, and nothing else is', (_name, environment, names) => {
    expect(namesOf({ HOST: '0.0.0.0', ...environment })).toEqual(names);
  });
});

describe('the default vendor', () => {
  it.each<[string, Given, string]>([
    ['the one that is set up', OPENAI, 'openai'],
    ['the one that is set up, on own servers', OWN_SERVER, 'openai-compatible'],
    ['the named one', { ...OPENAI, ...OWN_SERVER, DEJIREN_VENDOR: 'openai-compatible' }, 'openai-compatible'],
    ['the one that is set up, of four', VERTEX, 'vertex-ai'],
    ['the named one of several', { ...OPENAI, ...AZURE, ...VERTEX, ...BEDROCK, DEJIREN_VENDOR: 'bedrock' }, 'bedrock'],
    ['preview where it is wanted beside another', { ...OPENAI, DEJIREN_VENDOR: 'preview' }, 'preview'],
    ['preview on a platform with no vendor', SLACK_HTTP, 'preview'],
    ['preview where a model on this machine would be outside the region', { DEJIREN_RESIDENCY: 'jp' }, 'preview'],
    ['a model on this machine where it has to be there', { DEJIREN_RESIDENCY: 'this-machine' }, 'auto'],
  ])('is %s', (_name, environment, vendor) => {
    expect(load(environment).vendors.default).toBe(vendor);
  });

  it.each<[string, Given, readonly string[]]>([
    ['a vendor without its key', { DEJIREN_VENDOR: 'openai' }, ['OPENAI_API_KEY']],
    ['own servers without an address', { DEJIREN_VENDOR: 'openai-compatible' }, ['OPENAI_COMPATIBLE_BASE_URL']],
    ['two vendors and no choice', { ...OPENAI, ...OWN_SERVER }, ['DEJIREN_VENDOR']],
    ['own servers without a model', { ...OWN_SERVER, OPENAI_COMPATIBLE_MODEL: '' }, ['OPENAI_COMPATIBLE_MODEL']],
    ['a model without a server', { OPENAI_COMPATIBLE_MODEL: 'llama3.2' }, ['OPENAI_COMPATIBLE_BASE_URL']],
    ['Azure OpenAI', { DEJIREN_VENDOR: 'azure-openai' }, ['AZURE_OPENAI_ENDPOINT']],
    ['Azure OpenAI without a deployment', { ...AZURE, AZURE_OPENAI_DEPLOYMENT: '' }, ['AZURE_OPENAI_DEPLOYMENT']],
    ['Vertex AI', { DEJIREN_VENDOR: 'vertex-ai' }, ['VERTEX_MODEL']],
    ['Vertex AI without a place', { VERTEX_MODEL: 'gemini' }, ['GOOGLE_CLOUD_PROJECT', 'GOOGLE_CLOUD_LOCATION']],
    ['Bedrock', { DEJIREN_VENDOR: 'bedrock' }, ['BEDROCK_MODEL_ID']],
    ['Bedrock without a Region', { ...BEDROCK, AWS_REGION: '' }, ['AWS_REGION']],
    ['half a guardrail', { ...BEDROCK, BEDROCK_GUARDRAIL_ID: 'gr-1' }, ['BEDROCK_GUARDRAIL_VERSION']],
    ['a fallback that is not set up', { ...OPENAI, DEJIREN_FALLBACK: 'bedrock' }, ['DEJIREN_FALLBACK']],
    ['an endless list of models', { ...OPENAI, OPENAI_MODEL: 'm,'.repeat(30) }, ['OPENAI_MODEL']],
    ['a word', { DEJIREN_VENDOR: 'skynet' }, ['DEJIREN_VENDOR']],
  ])('is refused: %s', (_name, environment, names) => {
    expect(namesOf(environment)).toEqual(names);
  });

  it('says of what is planned that this version cannot do it', () => {
    expect(faultsOf({ DATABASE_URL: 'postgres://db/x' })[0]?.problem).toContain(
      'this version does not support PostgreSQL',
    );
  });
});

describe('vendors', () => {
  it('are connected by what their settings say', () => {
    const { vendors } = load({
      ...OPENAI,
      ...AZURE,
      ...VERTEX,
      ...BEDROCK,
      OPENAI_MODEL: 'gpt-5-mini, gpt-5',
      OPENAI_API_VERSION: '2024-10-21',
      BEDROCK_GUARDRAIL_ID: 'gr-1',
      BEDROCK_GUARDRAIL_VERSION: '3',
      DEJIREN_VENDOR: 'openai',
      DEJIREN_FALLBACK: 'azure-openai bedrock',
    });
    expect(vendors.fallback).toEqual(['azure-openai', 'bedrock']);
    expect(vendors.setUp.openai?.models).toEqual(['gpt-5-mini', 'gpt-5']);
    expect(vendors.setUp['azure-openai']).toEqual({
      endpoint: 'https://acme.openai.azure.com',
      apiKey: undefined,
      models: ['chat'],
      apiVersion: '2024-10-21',
      deploymentType: 'global',
      region: undefined,
    });
    expect(vendors.setUp['vertex-ai']).toEqual({
      project: 'acme',
      location: 'asia-northeast1',
      models: ['gemini'],
      baseURL: undefined,
      engine: 'vertexai',
    });
    expect(vendors.setUp.bedrock).toEqual({
      region: 'ap-northeast-1',
      models: ['jp.amazon.nova-lite-v1:0'],
      endpoint: undefined,
      guardrail: { id: 'gr-1', version: '3' },
    });
  });

  it('and models that a tenant or a channel is given must be set up', () => {
    const yaml = [
      'tenants:',
      '  T1:',
      '    vendor: bedrock',
      '    models: { openai: gpt-5 }',
      '    channels: { C1: { vendor: vertex-ai, models: { openai: gpt-5-mini } } }',
    ].join('\n');
    const files = { '/srv/dejiren/c': yaml };
    expect(faultsOf({ ...OPENAI, DEJIREN_CONFIG: 'c' }, files).map(({ problem }) => problem)).toEqual([
      'names bedrock at tenants.T1.vendor, which is not set up',
      'names a model at tenants.T1.models.openai that is not listed in the settings of openai',
      'names vertex-ai at tenants.T1.channels.C1.vendor, which is not set up',
    ]);
    const right = { ...OPENAI, ...VERTEX, ...BEDROCK, OPENAI_MODEL: 'gpt-5-mini, gpt-5', DEJIREN_VENDOR: 'openai' };
    const { tenants } = load({ ...right, DEJIREN_CONFIG: 'c' }, files);
    expect(tenants.T1).toMatchObject({ vendor: 'bedrock', channels: { C1: { vendor: 'vertex-ai' } } });
  });
});

describe('hosts', () => {
  it.each([
    ['OPENAI_BASE_URL', 'https://proxy.example.com/v1'],
    ['OPENAI_BASE_URL', 'http://127.0.0.1:8080/v1'],
    ['OPENAI_BASE_URL', 'https://api.openai.com.evil.example/v1'],
    ['OPENAI_COMPATIBLE_BASE_URL', 'http://localhost:11434/v1'],
    ['SLACK_API_URL', 'https://slack.com.evil.example/api/'],
  ])('outside the list refuse the start: %s=%s', (name, address) => {
    const { host } = new URL(address);
    const environment = {
      ...OPENAI,
      DEJIREN_VENDOR: 'openai',
      [name]: address,
      ...(name === 'OPENAI_COMPATIBLE_BASE_URL' && { OPENAI_COMPATIBLE_MODEL: 'm' }),
    };
    expect(faultsOf(environment)).toEqual([
      {
        name,
        problem: 'points to a host that is neither known nor listed in DEJIREN_EGRESS_HOSTS',
        example: `DEJIREN_EGRESS_HOSTS=${host}`,
      },
    ]);
    expect(faultsOf({ ...environment, DEJIREN_EGRESS_HOSTS: host })).toEqual([]);
  });

  it('are checked also where nothing uses the address yet', () => {
    expect(namesOf({ OPENAI_BASE_URL: 'https://proxy.example.com/v1' })).toEqual(['OPENAI_BASE_URL']);
  });

  it('may not come with a name and a password, and the fault does not repeat them', () => {
    const faults = faultsOf({ ...OPENAI, OPENAI_BASE_URL: 'https://me:hunter2hunter2@api.openai.com/v1' });
    expect(faults.map(({ name }) => name)).toEqual(['OPENAI_BASE_URL']);
    expect(JSON.stringify(faults)).not.toContain('hunter2');
  });

  it.each(['https://x.example', 'a b c/d', '*', 'http:', 'host:99x'])(
    'are names, with or without a port: %s is refused',
    (list) => {
      expect(namesOf({ DEJIREN_EGRESS_HOSTS: list })).toEqual(['DEJIREN_EGRESS_HOSTS']);
    },
  );

  it('are read from a list with commas or spaces', () => {
    expect(load({ DEJIREN_EGRESS_HOSTS: ' a.example, *.b.example  127.0.0.1:8080,[::1]:80 ' }).egressHosts).toEqual([
      'a.example',
      '*.b.example',
      '127.0.0.1:8080',
      '[::1]:80',
    ]);
  });

  it('include the proxy of the usual variables, which is used where its host is allowed and ignored where not', () => {
    const given = { HTTPS_PROXY: 'http://user:pass@proxy.example:8080', no_proxy: 'internal.example' };
    expect(load(given).proxy).toBeUndefined();
    const { proxy } = load({ ...given, DEJIREN_EGRESS_HOSTS: 'proxy.example:8080' });
    expect(opened(proxy?.https)).toBe('http://user:pass@proxy.example:8080');
    expect([proxy?.http, proxy?.except]).toEqual([undefined, 'internal.example']);
    expect(inspect(proxy, { depth: 9 })).not.toContain('pass');
    expect(load({ http_proxy: 'socks5://proxy.example', DEJIREN_EGRESS_HOSTS: 'proxy.example' }).proxy).toBeUndefined();
  });

  it('include a proxy that Node is told to follow; one that nothing follows is ignored', () => {
    const proxy = { HTTPS_PROXY: 'http://user:pass@proxy.example:8080' };
    expect(namesOf(proxy)).toEqual([]);
    expect(namesOf({ ...proxy, NODE_USE_ENV_PROXY: '1' })).toEqual(['HTTPS_PROXY']);
    expect(namesOf({ http_proxy: 'http://proxy.example:8080', NODE_OPTIONS: '--use-env-proxy' })).toEqual([
      'http_proxy',
    ]);
    expect(JSON.stringify(faultsOf({ ...proxy, NODE_USE_ENV_PROXY: '1' }))).not.toContain('pass');
    expect(
      namesOf({
        ALL_PROXY: 'http://proxy.example:8080',
        NODE_USE_ENV_PROXY: '1',
        DEJIREN_EGRESS_HOSTS: 'proxy.example',
      }),
    ).toEqual([]);
  });
});

describe('redaction', () => {
  const file = (yaml: string, environment: Record<string, string> = {}) =>
    [{ DEJIREN_CONFIG: 'c', ...environment }, { '/srv/dejiren/c': yaml }] as const;

  it('is the environment’s, else the file’s, and the tenant’s own before both', () => {
    expect(load(...file('redaction: { mode: block, without: [phone], names: true }')).redaction).toEqual({
      mode: 'block',
      without: ['phone'],
      names: true,
      presidio: undefined,
    });
    const settings = load(
      ...file('redaction: { mode: block }\ntenants: { T1: { redaction: mask } }', { DEJIREN_REDACTION: 'off' }),
    );
    const { mode, least } = redactionPolicyOf(settings);
    expect([mode('T1'), mode('T2'), mode('constructor'), least]).toEqual(['mask', 'off', 'off', 'off']);
  });

  it('tells notices the least that is done for any tenant', () => {
    const least = (yaml: string) => redactionPolicyOf(load(...file(yaml))).least;
    expect(least('tenants: { T1: { redaction: off } }')).toBe('off');
    expect(least('tenants: { T1: { redaction: block } }')).toBe('mask');
    expect(least('redaction: { mode: block }\ntenants: { T1: { redaction: block } }')).toBe('block');
  });

  it('may be written off as YAML understands it', () => {
    expect(load(...file('redaction: { mode: off }')).redaction.mode).toBe('off');
  });

  it.each([
    ['a mode that is none', 'redaction: { mode: some }', 'redaction.mode'],
    ['a kind that is none', 'redaction: { without: [shoes] }', 'redaction.without.0'],
    ['an address that is none', 'redaction: { presidio: { url: presidio } }', 'redaction.presidio.url'],
    ['a foreign host', 'redaction: { presidio: { url: "http://p.example" } }', 'is not in DEJIREN_EGRESS_HOSTS'],
    ['a name and a password', 'redaction: { presidio: { url: "http://a:b@own.example" } }', 'more than a host'],
  ])('refuses %s', (_name, yaml, problem) => {
    const faults = faultsOf(...file(yaml, { DEJIREN_EGRESS_HOSTS: 'own.example' }));
    expect(faults.map((fault) => fault.name)).toEqual(['DEJIREN_CONFIG']);
    expect(faults[0]?.problem).toContain(problem);
  });

  it('takes an analyzer whose host may be called', () => {
    const yaml = 'redaction: { presidio: { url: "http://own.example:3000", languages: [en, ja] } }';
    expect(load(...file(yaml, { DEJIREN_EGRESS_HOSTS: 'own.example' })).redaction.presidio).toEqual({
      url: 'http://own.example:3000',
      languages: ['en', 'ja'],
      timeoutMs: 3_000,
      scoreThreshold: 0.5,
    });
  });
});

describe('residency', () => {
  it.each<[string, Given]>([
    [
      'the regional host of OpenAI',
      { ...OPENAI, OPENAI_BASE_URL: 'https://jp.api.openai.com/v1', DEJIREN_RESIDENCY: 'jp' },
    ],
    ['own servers', { ...OWN_SERVER, DEJIREN_RESIDENCY: 'own-servers' }],
    [
      'this machine, which is one of the own servers',
      {
        OPENAI_COMPATIBLE_BASE_URL: 'http://127.0.0.1:11434/v1',
        OPENAI_COMPATIBLE_MODEL: 'm',
        DEJIREN_EGRESS_HOSTS: '127.0.0.1',
        DEJIREN_RESIDENCY: 'own-servers',
      },
    ],
    ['preview, which sends nothing', { DEJIREN_RESIDENCY: 'eu' }],
  ])('is proven by %s', (_name, environment) => {
    expect(namesOf(environment)).toEqual([]);
  });

  it.each<[string, Given, string]>([
    ['the global host', { ...OPENAI, DEJIREN_RESIDENCY: 'jp' }, 'OPENAI_BASE_URL'],
    [
      'the host of another region',
      { ...OPENAI, OPENAI_BASE_URL: 'https://eu.api.openai.com/v1', DEJIREN_RESIDENCY: 'jp' },
      'OPENAI_BASE_URL',
    ],
    [
      'a host that is not the default vendor’s either',
      { ...OPENAI, DEJIREN_VENDOR: 'preview', DEJIREN_RESIDENCY: 'jp' },
      'OPENAI_BASE_URL',
    ],
    ['a global deployment of Azure', { ...AZURE, DEJIREN_RESIDENCY: 'jp' }, 'AZURE_OPENAI_DEPLOYMENT_TYPE'],
    [
      'a deployment of Azure elsewhere',
      {
        ...AZURE,
        AZURE_OPENAI_DEPLOYMENT_TYPE: 'standard',
        AZURE_OPENAI_REGION: 'eastus',
        DEJIREN_RESIDENCY: 'jp',
      },
      'AZURE_OPENAI_REGION',
    ],
    [
      'the global location of Vertex AI',
      { ...VERTEX, GOOGLE_CLOUD_LOCATION: 'global', DEJIREN_RESIDENCY: 'jp' },
      'GOOGLE_CLOUD_LOCATION',
    ],
    [
      'a profile of Bedrock that leaves the country',
      { ...BEDROCK, BEDROCK_MODEL_ID: 'apac.amazon.nova-lite-v1:0', DEJIREN_RESIDENCY: 'jp' },
      'BEDROCK_MODEL_ID',
    ],
    [
      'one model of Bedrock of several that leaves the country',
      {
        ...BEDROCK,
        BEDROCK_MODEL_ID: 'jp.amazon.nova-lite-v1:0, global.anthropic.claude-x',
        DEJIREN_RESIDENCY: 'jp',
      },
      'BEDROCK_MODEL_ID',
    ],
    ['own servers, somewhere', { ...OWN_SERVER, DEJIREN_RESIDENCY: 'jp' }, 'OPENAI_COMPATIBLE_BASE_URL'],
    [
      'own servers, not this machine',
      { ...OWN_SERVER, DEJIREN_RESIDENCY: 'this-machine' },
      'OPENAI_COMPATIBLE_BASE_URL',
    ],
    ['a region that nobody can prove', { DEJIREN_RESIDENCY: 'mars' }, 'DEJIREN_RESIDENCY'],
  ])('is not proven by %s', (_name, environment, name) => {
    expect(namesOf(environment)).toEqual([name]);
  });
});

describe('the local page', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'example.com', '127.0.0.1.example.com'])('is refused on %s', (host) => {
    expect(namesOf({ HOST: host })).toEqual(['HOST']);
    expect(namesOf({ ...SLACK_HTTP, DEJIREN_LOCAL: 'true', HOST: host })).toEqual(['HOST']);
  });

  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('is served on %s', (host) => {
    expect(namesOf({ HOST: host })).toEqual([]);
  });

  it('cannot be off while there is nothing else', () => {
    expect(namesOf({ DEJIREN_LOCAL: 'false' })).toEqual(['DEJIREN_LOCAL']);
  });
});

describe('faults', () => {
  it('are told all at once, each with its name, what is wrong, and an example', () => {
    const faults = faultsOf(
      {
        PORT: '70000',
        LOG_LEVEL: 'loud',
        DEJIREN_CONTEXT: 'all',
        SLACK_BOT_TOKEN: 'xoxb-test',
        DEJIREN_CONFIG: 'c.yaml',
      },
      { '/srv/dejiren/c.yaml': 'limits: { personPerHour: -1, frobs: 2 }\nlinkHosts: yes\n' },
    );
    expect(faults.map(({ name }) => name).sort()).toEqual([
      'DEJIREN_CONFIG',
      'DEJIREN_CONFIG',
      'DEJIREN_CONFIG',
      'DEJIREN_CONTEXT',
      'LOG_LEVEL',
      'PORT',
      'SLACK_APP_TOKEN',
    ]);
    for (const { problem, example } of faults) {
      expect(problem).toMatch(/^[a-z].*[^.]$/u);
      expect(problem).not.toContain('\n');
      expect(example).not.toBe('');
    }
  });

  it.each(['0x10', '1e3', '-1', '3000.5', 'http', '99999', '３０００'])('do not guess a port: %s', (port) => {
    expect(namesOf({ PORT: port })).toEqual(['PORT']);
  });

  it('name a setting that does not exist, so that a misspelt rule is not ignored', () => {
    expect(faultsOf({ DEJIREN_RESIDENCE: 'jp' })).toEqual([
      {
        name: 'DEJIREN_RESIDENCE',
        problem: 'is not a setting of this version',
        example: 'see .env.example for every name',
      },
    ]);
    expect(namesOf({ SOME_OTHER_PROGRAM: 'x', AWS_REGION: 'eu-west-1', GOOGLE_CLOUD_PROJECT: 'p' })).toEqual([]);
  });

  it('never hold a value of a setting', () => {
    const names = [
      'DEJIREN_SECRET',
      'OPENAI_API_KEY',
      'SLACK_BOT_TOKEN',
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
      'PORT',
      'DEJIREN_VENDOR',
      'DEJIREN_DATA_DIR',
      'DATABASE_URL',
    ] as const;
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...names),
          fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => `CANARY${text}`),
        ),
        (environment) => {
          expect(JSON.stringify(faultsOf(environment))).not.toContain('CANARY');
        },
      ),
      { seed: 20261124, numRuns: 200 },
    );
  });

  it('are the only thing that is thrown, whatever the environment holds', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.webUrl(),
      fc.constantFrom('true', 'sqlite:x', 'xoxb-1', '::', '*', 'http://['),
    );
    const names = [
      'HOST',
      'PORT',
      'DEJIREN_EGRESS_HOSTS',
      'OPENAI_BASE_URL',
      'OPENAI_COMPATIBLE_BASE_URL',
      'SLACK_API_URL',
      'HTTPS_PROXY',
      'NODE_USE_ENV_PROXY',
      'DEJIREN_LOCAL',
      'DEJIREN_CONFIG',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), value, (environment, file) => {
        faultsOf(environment, { [`/srv/dejiren/${environment.DEJIREN_CONFIG}`]: file, '/srv/dejiren/.env': file });
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });

  it('say of a file that is there and cannot be read what they say of one that is not', () => {
    const readFile = (): never => {
      throw new Error('EISDIR');
    };
    expect(() => loadSettings({ environment: { DEJIREN_CONFIG: 'c' }, workingDir: '/srv', readFile })).toThrow(
      SettingsError,
    );
  });
});

describe('secrets', () => {
  it('do not print', () => {
    const secret = 'CANARY'.repeat(6);
    const settings = load({
      ...SLACK_HTTP,
      SLACK_APP_TOKEN: `xapp-${secret}`,
      OPENAI_API_KEY: secret,
      DEJIREN_SECRET: secret,
    });
    expect(inspect(settings, { depth: 9, showHidden: true })).not.toContain('CANARY');
    expect(`${settings.secret} ${JSON.stringify(settings)} ${Object.entries(settings.vendors)}`).not.toContain(
      'CANARY',
    );
    expect(opened(settings.secret)).toBe(secret);
  });

  it('shorter than 32 characters are no key', () => {
    expect(namesOf({ DEJIREN_SECRET: 'x'.repeat(31) })).toEqual(['DEJIREN_SECRET']);
    expect(namesOf({ DEJIREN_SECRET: 'x'.repeat(32) })).toEqual([]);
  });
});
