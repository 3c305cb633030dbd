import { azureOpenAiSettings } from './azure-openai/settings';
import { bedrockSettings } from './bedrock/settings';
import { openAiSettings } from './openai/settings';
import { openAiCompatibleSettings } from './openai-compatible/settings';
import { vertexAiSettings } from './vertex-ai/settings';

/** The settings of every vendor that has any. */
export const VENDOR_SETTINGS = [
  openAiSettings,
  azureOpenAiSettings,
  vertexAiSettings,
  bedrockSettings,
  openAiCompatibleSettings,
] as const;
