import { z } from 'zod';
import { secret, url, word } from '../../model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../model/settings-part';
import { models } from '../kit/models';

/** Where Azure may process for a deployment: within its geography, within the US or the EU, anywhere. */
export const AZURE_DEPLOYMENT_TYPES = ['standard', 'data-zone', 'global'] as const;
export type AzureDeploymentType = (typeof AZURE_DEPLOYMENT_TYPES)[number];

export const azureOpenAiSettings = settingsPart({
  names: {
    AZURE_OPENAI_ENDPOINT: setting(
      url.optional(),
      'must be the https address of the resource',
      'https://RESOURCE.openai.azure.com',
    ),
    AZURE_OPENAI_API_KEY: setting(
      secret(1).optional(),
      'must be a key of the resource',
      'a key, or unset for Entra ID',
    ),
    AZURE_OPENAI_DEPLOYMENT: setting(
      models.optional(),
      'must be the name of a deployment, or several separated by commas (the first is the default)',
      'gpt-5-mini',
    ),
    OPENAI_API_VERSION: setting(
      word
        .regex(/^(v1|\d{4}-\d{2}-\d{2}(-preview)?)$/u)
        .transform((version) => (version === 'v1' ? undefined : version))
        .optional(),
      'must be a dated version of the Azure API, or v1',
      '2024-10-21',
    ),
    AZURE_OPENAI_DEPLOYMENT_TYPE: setting(
      z.enum(AZURE_DEPLOYMENT_TYPES).default('global'),
      `must be the deployment type: ${AZURE_DEPLOYMENT_TYPES.join(', ')}`,
      'standard',
    ),
    AZURE_OPENAI_REGION: setting(
      word
        .regex(/^[a-z0-9]+$/u)
        .max(40)
        .optional(),
      'must be the region of the resource as Azure writes it',
      'japaneast',
    ),
  },
  addresses: ['AZURE_OPENAI_ENDPOINT'],
  read(env, fault) {
    const { AZURE_OPENAI_ENDPOINT: endpoint, AZURE_OPENAI_DEPLOYMENT: deployments } = env;
    if (endpoint === undefined) {
      if (deployments !== undefined) fault('AZURE_OPENAI_ENDPOINT', 'is required when AZURE_OPENAI_DEPLOYMENT is set');
      return undefined;
    }
    if (deployments === undefined) {
      fault('AZURE_OPENAI_DEPLOYMENT', 'is required when AZURE_OPENAI_ENDPOINT is set');
      return undefined;
    }
    return {
      endpoint,
      /** Undefined: Entra ID. */
      apiKey: env.AZURE_OPENAI_API_KEY,
      models: deployments,
      apiVersion: env.OPENAI_API_VERSION,
      deploymentType: env.AZURE_OPENAI_DEPLOYMENT_TYPE,
      region: env.AZURE_OPENAI_REGION,
    };
  },
});

export type AzureOpenAiSettings = SettingsOf<typeof azureOpenAiSettings>;
