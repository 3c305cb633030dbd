import { z } from 'zod';
import { secret, url } from '../../model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../model/settings-part';
import { MODELS_MUST, models } from '../kit/models';

export const anthropicSettings = settingsPart({
  names: {
    ANTHROPIC_API_KEY: setting(secret(1).optional(), 'must be a key of an Anthropic workspace', 'sk-ant-…'),
    ANTHROPIC_BASE_URL: setting(
      url.default('https://api.anthropic.com'),
      'must be an http or https address, without /v1',
      'https://api.anthropic.com',
    ),
    ANTHROPIC_MODEL: setting(models.prefault('claude-haiku-5-5'), MODELS_MUST, 'claude-haiku-5-5, claude-opus-5-5'),
    ANTHROPIC_INFERENCE_GEO: setting(
      z.enum(['us', 'global']).optional(),
      'must be us or global: where answers may be generated',
      'us',
    ),
  },
  addresses: ['ANTHROPIC_BASE_URL'],
  read(env) {
    if (env.ANTHROPIC_API_KEY === undefined) return undefined;
    return {
      apiKey: env.ANTHROPIC_API_KEY,
      baseURL: env.ANTHROPIC_BASE_URL,
      models: env.ANTHROPIC_MODEL,
      /** Where answers may be generated; undefined: as the workspace's own setting says. */
      inferenceGeo: env.ANTHROPIC_INFERENCE_GEO,
    };
  },
});

export type AnthropicSettings = SettingsOf<typeof anthropicSettings>;
