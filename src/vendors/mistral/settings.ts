import { flag, secret, url } from '../../model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../model/settings-part';
import { MODELS_MUST, models } from '../kit/models';

/** Models that Mistral trains on the use of, whatever the plan. Source: "Commercial Terms of Service", section 4.3. */
const LABS = /^labs/iu;

export const mistralSettings = settingsPart({
  names: {
    MISTRAL_API_KEY: setting(
      secret(1).optional(),
      'must be a key of a Mistral workspace',
      'the key that Mistral shows',
    ),
    MISTRAL_BASE_URL: setting(
      url.default('https://api.mistral.ai/v1'),
      'must be an http or https address',
      'https://api.eu.mistral.ai/v1',
    ),
    MISTRAL_MODEL: setting(models.prefault('mistral-small-latest'), MODELS_MUST, 'mistral-small-latest'),
    MISTRAL_SHARES_FOR_TRAINING: setting(
      flag.optional(),
      'must be true on the free plan, and false on the paid plan or if you opted out',
      'false',
    ),
  },
  addresses: ['MISTRAL_BASE_URL'],
  read(env, fault) {
    const { MISTRAL_API_KEY: apiKey, MISTRAL_SHARES_FOR_TRAINING: shares, MISTRAL_MODEL: known } = env;
    if (apiKey === undefined) return undefined;
    // The free plan trains unless one opts out, and neither the key nor the address tells the plan.
    if (shares === undefined)
      fault(
        'MISTRAL_SHARES_FOR_TRAINING',
        'is required when MISTRAL_API_KEY is set: true on the free plan, false on the paid plan or if you opted out',
      );
    return {
      apiKey,
      baseURL: env.MISTRAL_BASE_URL,
      models: known,
      /** Mistral may train on what is sent. */
      sharesForTraining: shares !== false || known.some((model) => LABS.test(model)),
    };
  },
});

export type MistralSettings = SettingsOf<typeof mistralSettings>;
