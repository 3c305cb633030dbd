import fc from 'fast-check';
import { loadSettings } from '../../src/settings/load-settings';
import { SettingsError } from '../../src/settings/settings';
import { ALL_RESIDENCIES, isWithin } from '../../src/vendors/kit/residency';
import { routesOf } from '../../src/vendors/registry';

/** What is certainly within a place, by the words of an address, a location or a model id: kept apart from the code. */
const WITHIN: Readonly<Record<string, RegExp>> = {
  jp: /^jp\.api\.openai\.com$|^japan(east|west)$|^asia-northeast[12]$|^ap-northeast-[13] (jp\.)?amazon\./u,
  eu: /^eu\.api\.openai\.com$|^(swedencentral|westeurope)$|^(eu|europe-west4)$|^eu-central-1 (eu\.)?amazon\./u,
  us: /^us\.api\.openai\.com$|^eastus2$|^(us|us-central1)$|^us-east-1 (us\.)?amazon\./u,
};

const maybe = (...values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 });
const environments = fc.record({
  OPENAI_API_KEY: maybe('sk-1'),
  OPENAI_BASE_URL: maybe(
    'https://api.openai.com/v1',
    'https://jp.api.openai.com/v1',
    'https://eu.api.openai.com/v1',
    'https://sg.api.openai.com/v1',
  ),
  AZURE_OPENAI_ENDPOINT: maybe('https://acme.openai.azure.com'),
  AZURE_OPENAI_DEPLOYMENT_TYPE: maybe('standard', 'data-zone', 'global'),
  AZURE_OPENAI_REGION: maybe('japaneast', 'swedencentral', 'eastus2', 'uksouth', 'nowhere'),
  VERTEX_MODEL: maybe('gemini'),
  GOOGLE_CLOUD_PROJECT: fc.constant('acme'),
  GOOGLE_CLOUD_LOCATION: maybe('asia-northeast1', 'europe-west4', 'europe-west2', 'us-central1', 'eu', 'us', 'global'),
  BEDROCK_MODEL_ID: maybe(
    'amazon.nova-lite-v1:0',
    'jp.amazon.nova-lite-v1:0',
    'eu.amazon.nova-lite-v1:0',
    'us.amazon.nova-lite-v1:0',
    'apac.amazon.nova-lite-v1:0',
    'global.amazon.nova-lite-v1:0',
    'jp.amazon.nova-lite-v1:0, global.amazon.nova-lite-v1:0',
  ),
  AWS_REGION: maybe('ap-northeast-1', 'eu-central-1', 'eu-west-2', 'us-east-1', 'ap-southeast-1'),
  ANTHROPIC_API_KEY: maybe('sk-ant-1'),
  ANTHROPIC_INFERENCE_GEO: maybe('us', 'global'),
  MISTRAL_API_KEY: maybe('key'),
  MISTRAL_SHARES_FOR_TRAINING: fc.constant('false'),
  MISTRAL_BASE_URL: maybe('https://api.eu.mistral.ai/v1', 'https://api.us.mistral.ai/v1'),
  DEJIREN_RESIDENCY: fc.constantFrom('jp', 'eu', 'us'),
  DEJIREN_VENDOR: fc.constant('preview'),
});

describe('a residency', () => {
  it('is kept by every route of every combination of settings that lets dejiren start', () => {
    let started = 0;
    fc.assert(
      fc.property(environments, (environment) => {
        const set = Object.entries(environment).filter(([, value]) => value !== undefined);
        const deployment = environment.AZURE_OPENAI_ENDPOINT && { AZURE_OPENAI_DEPLOYMENT: 'chat' };
        const given = { ...Object.fromEntries(set), ...deployment };
        try {
          const { vendors, residency } = loadSettings({
            environment: given,
            workingDir: '/srv',
            readFile: () => undefined,
          });
          const wanted = residency ?? 'global';
          started += 1;
          for (const { region } of routesOf(vendors.setUp)) expect(isWithin(region, wanted)).toBe(true);
          const { openai, anthropic, mistral, bedrock, 'azure-openai': azure, 'vertex-ai': vertex } = vendors.setUp;
          const certain = WITHIN[wanted];
          if (openai !== undefined) expect(new URL(openai.baseURL).hostname).toMatch(certain ?? /$^/u);
          if (anthropic !== undefined) expect([anthropic.inferenceGeo, wanted]).toEqual(['us', 'us']);
          expect(mistral).toBeUndefined();
          if (azure !== undefined) {
            expect(azure.deploymentType).not.toBe('global');
            expect(azure.region).toMatch(certain ?? /$^/u);
          }
          if (vertex !== undefined) expect(vertex.location).toMatch(certain ?? /$^/u);
          for (const model of bedrock?.models ?? []) expect(`${bedrock?.region} ${model}`).toMatch(certain ?? /$^/u);
        } catch (error) {
          if (!(error instanceof SettingsError)) throw error;
          for (const { example } of error.faults) expect(example).not.toBe('');
        }
      }),
      { numRuns: 3_000 },
    );
    expect(started).toBeGreaterThan(20);
  });

  it('can be asked for every place but anywhere', () => {
    for (const place of ALL_RESIDENCIES) {
      const start = (): unknown =>
        loadSettings({ environment: { DEJIREN_RESIDENCY: place }, workingDir: '/srv', readFile: () => undefined });
      if (place === 'global') expect(start).toThrow(SettingsError);
      else expect(start).not.toThrow();
    }
  });
});
