import type { Vendor } from '../vendors/connector';
import type { Environment } from './environment';
import type { Fault } from './routes-out';
import { Secret } from './secret-value';
import type { VendorSettings } from './settings';

type Connected = Omit<VendorSettings, 'default' | 'fallback'>;

/** What the environment says about the vendors. A vendor is set up once its first setting is there. */
export function vendorsOf(env: Environment, onPlatform: boolean, fault: Fault): VendorSettings {
  const connected: Connected = {
    openai: openAiOf(env),
    'azure-openai': azureOpenAiOf(env, fault),
    'vertex-ai': vertexAiOf(env, fault),
    bedrock: bedrockOf(env, fault),
    'openai-compatible': openAiCompatibleOf(env, fault),
  };
  const isSetUp = (vendor: Vendor): boolean => vendor === 'preview' || connected[vendor] !== undefined;
  const setUp = REMOTE.filter(isSetUp);

  const wanted = env.DEJIREN_VENDOR;
  if (wanted !== undefined && wanted !== 'preview' && !isSetUp(wanted))
    fault(FIRST_SETTING[wanted], `is missing, while DEJIREN_VENDOR is ${wanted}`);
  if (wanted === undefined && setUp.length > 1)
    fault('DEJIREN_VENDOR', 'is missing, while several vendors are set up: say which one answers by default');
  for (const vendor of env.DEJIREN_FALLBACK)
    if (!isSetUp(vendor)) fault('DEJIREN_FALLBACK', `names ${vendor}, which is not set up`);

  // A model that is found on this machine has to satisfy the residency as well.
  const mayLook = !onPlatform && [undefined, 'this-machine', 'own-servers'].includes(env.DEJIREN_RESIDENCY);
  const usual = wanted ?? setUp[0] ?? (mayLook ? 'auto' : 'preview');
  return { default: usual, fallback: env.DEJIREN_FALLBACK, ...connected };
}

const REMOTE = ['openai', 'azure-openai', 'vertex-ai', 'bedrock', 'openai-compatible'] as const;

const FIRST_SETTING = {
  openai: 'OPENAI_API_KEY',
  'azure-openai': 'AZURE_OPENAI_ENDPOINT',
  'vertex-ai': 'VERTEX_MODEL',
  bedrock: 'BEDROCK_MODEL_ID',
  'openai-compatible': 'OPENAI_COMPATIBLE_BASE_URL',
} as const satisfies Record<keyof Connected, keyof Environment>;

function openAiOf(env: Environment): VendorSettings['openai'] {
  if (env.OPENAI_API_KEY === undefined) return undefined;
  return {
    apiKey: env.OPENAI_API_KEY,
    baseURL: env.OPENAI_BASE_URL,
    models: env.OPENAI_MODEL,
    sharesForTraining: env.OPENAI_SHARES_FOR_TRAINING,
  };
}

function azureOpenAiOf(env: Environment, fault: Fault): VendorSettings['azure-openai'] {
  const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_DEPLOYMENT: models } = env;
  if (endpoint === undefined) {
    if (models !== undefined) fault('AZURE_OPENAI_ENDPOINT', 'is missing, while AZURE_OPENAI_DEPLOYMENT is there');
    return undefined;
  }
  if (models === undefined) {
    fault('AZURE_OPENAI_DEPLOYMENT', 'is missing, while AZURE_OPENAI_ENDPOINT is there');
    return undefined;
  }
  return {
    endpoint,
    apiKey: env.AZURE_OPENAI_API_KEY,
    models,
    apiVersion: env.OPENAI_API_VERSION,
    deploymentType: env.AZURE_OPENAI_DEPLOYMENT_TYPE,
    region: env.AZURE_OPENAI_REGION,
  };
}

function vertexAiOf(env: Environment, fault: Fault): VendorSettings['vertex-ai'] {
  const { VERTEX_MODEL: models, GOOGLE_CLOUD_PROJECT: project, GOOGLE_CLOUD_LOCATION: location } = env;
  if (models === undefined) return undefined;
  if (project === undefined) fault('GOOGLE_CLOUD_PROJECT', 'is missing, while VERTEX_MODEL is there');
  if (location === undefined) fault('GOOGLE_CLOUD_LOCATION', 'is missing, while VERTEX_MODEL is there');
  if (project === undefined || location === undefined) return undefined;
  return { project, location, models, baseURL: env.VERTEX_BASE_URL, engine: env.VERTEX_SDK };
}

function bedrockOf(env: Environment, fault: Fault): VendorSettings['bedrock'] {
  const { BEDROCK_MODEL_ID: models, AWS_REGION: region } = env;
  const { BEDROCK_GUARDRAIL_ID: id, BEDROCK_GUARDRAIL_VERSION: version } = env;
  if (models === undefined) return undefined;
  if (region === undefined) {
    fault('AWS_REGION', 'is missing, while BEDROCK_MODEL_ID is there');
    return undefined;
  }
  if (id !== undefined && version === undefined)
    fault('BEDROCK_GUARDRAIL_VERSION', 'is missing, while BEDROCK_GUARDRAIL_ID is there');
  if (id === undefined && version !== undefined)
    fault('BEDROCK_GUARDRAIL_ID', 'is missing, while BEDROCK_GUARDRAIL_VERSION is there');
  const guardrail = id === undefined || version === undefined ? undefined : { id, version };
  return { region, models, endpoint: env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME, guardrail };
}

function openAiCompatibleOf(env: Environment, fault: Fault): VendorSettings['openai-compatible'] {
  const { OPENAI_COMPATIBLE_BASE_URL: baseURL, OPENAI_COMPATIBLE_MODEL: models } = env;
  if (baseURL !== undefined && models === undefined)
    fault('OPENAI_COMPATIBLE_MODEL', 'is missing, while OPENAI_COMPATIBLE_BASE_URL is there');
  if (baseURL === undefined && models !== undefined)
    fault('OPENAI_COMPATIBLE_BASE_URL', 'is missing, while OPENAI_COMPATIBLE_MODEL is there');
  if (baseURL === undefined || models === undefined) return undefined;
  const apiKey = env.OPENAI_COMPATIBLE_API_KEY ?? new Secret('none');
  return { apiKey, baseURL, models, images: env.OPENAI_COMPATIBLE_IMAGES };
}
