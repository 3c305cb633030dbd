import { ENTRA_HOSTS } from '../../kit/entra-token';
import { openSecret } from '../../model/secret';
import { readDataHandling } from '../kit/data-handling';
import { createVendorEntraTokens } from '../kit/entra-token';
import { OPENAI_ERRORS } from '../kit/openai/errors';
import type { VendorModule } from '../vendor-module';
import { AZURE_OPENAI_ARTICLE } from './article';
import { createAzureOpenAiConnector } from './connector';
import notice from './notice.json';
import { azureOpenAiRoute } from './route';
import { type AzureOpenAiSettings, azureOpenAiSettings } from './settings';

export const azureOpenAi: VendorModule<'azure-openai', AzureOpenAiSettings> = {
  id: 'azure-openai',
  name: 'Azure OpenAI',
  aliases: ['azure', 'アジュール'],
  settings: azureOpenAiSettings,
  firstSetting: 'AZURE_OPENAI_ENDPOINT',
  // Source: "Azure OpenAI REST API", learn.microsoft.com.
  knownHosts: ['*.openai.azure.com', '*.cognitiveservices.azure.com', '*.services.ai.azure.com'],
  furtherHosts: ({ apiKey }) => (apiKey === undefined ? ENTRA_HOSTS : []),
  routeOf: azureOpenAiRoute,
  proofOf: ({ deploymentType }) =>
    deploymentType === 'global'
      ? { setting: 'AZURE_OPENAI_DEPLOYMENT_TYPE', example: 'standard, with AZURE_OPENAI_REGION=japaneast' }
      : { setting: 'AZURE_OPENAI_REGION', example: 'japaneast' },
  connect: ({ apiKey, ...settings }, parts) =>
    createAzureOpenAiConnector({
      ...settings,
      ...parts,
      apiKey: apiKey && openSecret(apiKey),
      getToken: createVendorEntraTokens(parts.fetch),
    }),
  errors: OPENAI_ERRORS,
  notice: readDataHandling(notice),
  article: AZURE_OPENAI_ARTICLE,
};
