import type { Fault, SettingsAround, SettingsPart } from '../model/settings-part';
import { azureOpenAiSettings } from '../vendors/azure-openai/settings';
import { bedrockSettings } from '../vendors/bedrock/settings';
import type { Vendor } from '../vendors/connector';
import { openAiSettings } from '../vendors/openai/settings';
import { openAiCompatibleSettings } from '../vendors/openai-compatible/settings';
import { vertexAiSettings } from '../vendors/vertex-ai/settings';
import type { Environment } from './environment';
import type { VendorSettings } from './settings';

type Connected = Omit<VendorSettings, 'default' | 'fallback'>;

/** What the environment says about the vendors. A vendor is set up once its first setting is there. */
export function vendorsOf(
  env: Environment,
  onPlatform: boolean,
  { fault, around }: { readonly fault: Fault; readonly around: SettingsAround },
): VendorSettings {
  const read = <Result>(part: SettingsPart<Result>): Result | undefined => part.read(env, fault, around);
  const connected: Connected = {
    openai: read(openAiSettings),
    'azure-openai': read(azureOpenAiSettings),
    'vertex-ai': read(vertexAiSettings),
    bedrock: read(bedrockSettings),
    'openai-compatible': read(openAiCompatibleSettings),
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
} as const satisfies Record<keyof Connected, string>;
