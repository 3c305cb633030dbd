import { startFakeBedrock } from './doubles/bedrock/server';
import { startFakeOpenAi } from './doubles/openai/server';
import type { FakeVendor } from './doubles/vendor-server';
import { startFakeVertex } from './doubles/vertex/server';
import type { WirePlace } from './judge/wire';
import type { ProvenVendor } from './plan/matrix';

/** A vendor on this machine, and the settings that lead the program there. */
export interface VendorDouble {
  readonly vendor: ProvenVendor;
  readonly fake: FakeVendor;
  readonly env: Readonly<Record<string, string>>;
  /** By which it is told what its requests must be. */
  readonly place: WirePlace;
  /** Names of `env` whose values are secrets, which no one else may get to see. */
  readonly secrets: readonly string[];
}

/** `secret` makes a key that is a canary. */
export function startVendorDouble(vendor: ProvenVendor, secret: () => string): Promise<VendorDouble> {
  return STARTS[vendor](secret);
}

/** Every question and every answer has to pass it. */
const GUARDRAIL = { id: 'gr-0123456789ab', version: '1' };

const STARTS: Readonly<Record<ProvenVendor, (secret: () => string) => Promise<VendorDouble>>> = {
  async openai(secret) {
    const fake = await startFakeOpenAi({ apiKey: `sk-${secret()}` });
    const env = { OPENAI_API_KEY: fake.apiKey, OPENAI_BASE_URL: fake.baseURL, OPENAI_MODEL: fake.model };
    return { vendor: 'openai', fake, env, place: fake, secrets: ['OPENAI_API_KEY'] };
  },
  async 'azure-openai'(secret) {
    const fake = await startFakeOpenAi({ azure: true, apiKey: secret() });
    const { origin, apiKey, model } = fake;
    return {
      vendor: 'azure-openai',
      fake,
      place: fake,
      env: { AZURE_OPENAI_ENDPOINT: origin, AZURE_OPENAI_API_KEY: apiKey, AZURE_OPENAI_DEPLOYMENT: model },
      secrets: ['AZURE_OPENAI_API_KEY'],
    };
  },
  async 'vertex-ai'() {
    // As a gateway that brings its own token: Google's are given out by no address that could be replaced.
    const fake = await startFakeVertex({ isGateway: true });
    const { origin, project, location, model } = fake;
    return {
      vendor: 'vertex-ai',
      fake,
      place: fake,
      env: {
        VERTEX_MODEL: model,
        VERTEX_BASE_URL: origin,
        GOOGLE_CLOUD_PROJECT: project,
        GOOGLE_CLOUD_LOCATION: location,
        METADATA_SERVER_DETECTION: 'none',
      },
      secrets: [],
    };
  },
  async bedrock(secret) {
    const fake = await startFakeBedrock({ secret: secret() });
    const { origin, region, model, keyId } = fake;
    return {
      vendor: 'bedrock',
      fake,
      place: { origin, region, model, guardrail: GUARDRAIL },
      env: {
        BEDROCK_MODEL_ID: model,
        BEDROCK_GUARDRAIL_ID: GUARDRAIL.id,
        BEDROCK_GUARDRAIL_VERSION: GUARDRAIL.version,
        AWS_REGION: region,
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: origin,
        AWS_ACCESS_KEY_ID: keyId,
        AWS_SECRET_ACCESS_KEY: fake.secret,
      },
      secrets: ['AWS_SECRET_ACCESS_KEY'],
    };
  },
  async 'openai-compatible'(secret) {
    const fake = await startFakeOpenAi({ apiKey: secret() });
    return {
      vendor: 'openai-compatible',
      fake,
      place: fake,
      env: {
        OPENAI_COMPATIBLE_BASE_URL: fake.baseURL,
        OPENAI_COMPATIBLE_API_KEY: fake.apiKey,
        OPENAI_COMPATIBLE_MODEL: fake.model,
      },
      secrets: ['OPENAI_COMPATIBLE_API_KEY'],
    };
  },
};
