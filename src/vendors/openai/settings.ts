import { flag, secret, url } from '../../model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../model/settings-part';
import { MODELS_MUST, models } from '../kit/models';

export const openAiSettings = settingsPart({
  names: {
    OPENAI_API_KEY: setting(secret(1).optional(), 'must be a key of an OpenAI project', 'sk-…'),
    OPENAI_BASE_URL: setting(
      url.default('https://api.openai.com/v1'),
      'must be an http or https address',
      'https://jp.api.openai.com/v1',
    ),
    OPENAI_MODEL: setting(models.prefault('gpt-5-mini'), MODELS_MUST, 'gpt-5-mini, gpt-5'),
    OPENAI_SHARES_FOR_TRAINING: setting(flag.default(false), 'must be true or false', 'false'),
  },
  addresses: ['OPENAI_BASE_URL'],
  read(env) {
    if (env.OPENAI_API_KEY === undefined) return undefined;
    return {
      apiKey: env.OPENAI_API_KEY,
      baseURL: env.OPENAI_BASE_URL,
      models: env.OPENAI_MODEL,
      /** The organisation shares data with OpenAI for training. */
      sharesForTraining: env.OPENAI_SHARES_FOR_TRAINING,
    };
  },
});

export type OpenAiSettings = SettingsOf<typeof openAiSettings>;
