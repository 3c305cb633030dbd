import { Secret } from '../../model/secret';
import { flag, secret, url } from '../../model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../model/settings-part';
import { MODELS_MUST, models } from '../kit/models';

export const openAiCompatibleSettings = settingsPart({
  names: {
    OPENAI_COMPATIBLE_BASE_URL: setting(
      url.optional(),
      'must be an http or https address',
      'http://127.0.0.1:11434/v1',
    ),
    OPENAI_COMPATIBLE_API_KEY: setting(
      secret(1).optional(),
      'must be the key of that server, if it needs one',
      'any word',
    ),
    OPENAI_COMPATIBLE_MODEL: setting(models.optional(), MODELS_MUST, 'llama3.2'),
    OPENAI_COMPATIBLE_IMAGES: setting(flag.default(false), 'must be true or false', 'true'),
  },
  addresses: ['OPENAI_COMPATIBLE_BASE_URL'],
  read(env, fault) {
    const { OPENAI_COMPATIBLE_BASE_URL: baseURL, OPENAI_COMPATIBLE_MODEL: known } = env;
    if (baseURL !== undefined && known === undefined)
      fault('OPENAI_COMPATIBLE_MODEL', 'is required when OPENAI_COMPATIBLE_BASE_URL is set');
    if (baseURL === undefined && known !== undefined)
      fault('OPENAI_COMPATIBLE_BASE_URL', 'is required when OPENAI_COMPATIBLE_MODEL is set');
    if (baseURL === undefined || known === undefined) return undefined;
    const apiKey = env.OPENAI_COMPATIBLE_API_KEY ?? new Secret('none');
    return { apiKey, baseURL, models: known, images: env.OPENAI_COMPATIBLE_IMAGES };
  },
});

export type OpenAiCompatibleSettings = SettingsOf<typeof openAiCompatibleSettings>;
