import { anthropicDouble } from './anthropic/double';
import { azureOpenAiDouble } from './azure-openai/double';
import { bedrockDouble } from './bedrock/double';
import { mistralDouble } from './mistral/double';
import { openAiDouble } from './openai/double';
import { openAiCompatibleDouble } from './openai-compatible/double';
import type { VendorDouble } from './vendor-double';
import { vertexAiDouble } from './vertex-ai/double';

/** The double of every vendor that questions go to, in the registry's order. */
const DOUBLES = {
  openai: openAiDouble,
  'azure-openai': azureOpenAiDouble,
  'vertex-ai': vertexAiDouble,
  bedrock: bedrockDouble,
  anthropic: anthropicDouble,
  mistral: mistralDouble,
  'openai-compatible': openAiCompatibleDouble,
} as const;

export type RemoteVendor = keyof typeof DOUBLES;

export const VENDOR_DOUBLES: Readonly<Record<RemoteVendor, VendorDouble>> = DOUBLES;

export const REMOTE_VENDORS = Object.keys(DOUBLES) as [RemoteVendor, ...RemoteVendor[]];
