import { type FakeOpenAi, startFakeOpenAi } from '../../../src/prove/doubles/openai/server';
import { type AzureOpenAiOptions, createAzureOpenAiConnector } from '../../../src/vendors/azure-openai/connector';
import { VendorError } from '../../../src/vendors/kit/vendor-error';
import type { VendorContract } from '../../contracts/vendor.contract';
import type { ConnectorCase } from '../../contracts/vendor-connector.contract';
import { openAiCase } from '../kit/openai/case';
import { chatWire } from '../kit/openai/chat-wire';
import { responsesWire } from '../kit/openai/responses-wire';

export const start = (): Promise<FakeOpenAi> => startFakeOpenAi({ azure: true });
export const versions: readonly (readonly [string, string | undefined])[] = [
  ['the current API', undefined],
  ['a dated API', '2024-10-21'],
];

/** The connector's options for a fake. */
export function optionsOf(fake: FakeOpenAi, more: Partial<AzureOpenAiOptions>): Omit<AzureOpenAiOptions, 'fetch'> {
  return {
    endpoint: fake.origin,
    apiKey: fake.apiKey,
    getToken: () => Promise.reject(new VendorError('auth')),
    models: [fake.model],
    apiVersion: undefined,
    deploymentType: 'standard',
    region: 'japaneast',
    ...more,
  };
}

function caseOf(apiVersion: string | undefined): ConnectorCase<FakeOpenAi> {
  const common = openAiCase(() => {
    throw new Error('connected below');
  });
  return {
    ...common,
    start,
    connect: (fake, send) => createAzureOpenAiConnector({ ...optionsOf(fake, { apiVersion }), fetch: send }),
    headers: common.headers.map((name) => (name === 'authorization' ? 'api-key' : name)),
    hostile: {
      ...common.hostile,
      AZURE_OPENAI_ENDPOINT: 'http://127.0.0.1:1',
      AZURE_OPENAI_API_KEY: 'elsewhere',
      OPENAI_API_VERSION: '1999-elsewhere',
    },
    expectCredentials: ({ headers }, { apiKey }) => expect(headers['api-key']).toBe(apiKey),
  };
}

const place = {
  endpoint: 'http://127.0.0.1:1',
  apiKey: 'key',
  getToken: async () => '',
  models: ['m'] as const,
  deploymentType: 'standard' as const,
  region: 'japaneast',
};

export const contracts: readonly VendorContract[] = versions.map(([name, apiVersion]) => ({
  name,
  connector: caseOf(apiVersion),
  connect: (send) => createAzureOpenAiConnector({ ...place, apiVersion, fetch: send }),
  wire: apiVersion === undefined ? responsesWire : chatWire,
}));
