import { url, word } from '../../model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../model/settings-part';
import { models } from '../kit/models';

export const bedrockSettings = settingsPart({
  names: {
    AWS_REGION: setting(
      word
        .regex(/^[a-z]{2,}(-[a-z]+)+-\d$/u)
        .max(40)
        .optional(),
      'must be an AWS Region',
      'ap-northeast-1',
    ),
    BEDROCK_MODEL_ID: setting(
      models.optional(),
      'must be the id of a model or an inference profile, or several separated by commas (the first is the default)',
      'jp.anthropic.claude-sonnet-4-5-20250929-v1:0',
    ),
    BEDROCK_GUARDRAIL_ID: setting(word.max(2_048).optional(), 'must be the id of a guardrail', 'gr-0123456789ab'),
    BEDROCK_GUARDRAIL_VERSION: setting(
      word.regex(/^(DRAFT|[1-9]\d{0,7})$/u).optional(),
      'must be the version of the guardrail',
      '1',
    ),
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: setting(
      url.optional(),
      'must be an http or https address',
      'https://vpce-0123.bedrock-runtime.ap-northeast-1.vpce.amazonaws.com',
    ),
  },
  addresses: ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME'],
  read(env, fault) {
    const { BEDROCK_MODEL_ID: known, AWS_REGION: region } = env;
    const { BEDROCK_GUARDRAIL_ID: id, BEDROCK_GUARDRAIL_VERSION: version } = env;
    if (known === undefined) return undefined;
    if (region === undefined) {
      fault('AWS_REGION', 'is required when BEDROCK_MODEL_ID is set');
      return undefined;
    }
    if (id !== undefined && version === undefined)
      fault('BEDROCK_GUARDRAIL_VERSION', 'is required when BEDROCK_GUARDRAIL_ID is set');
    if (id === undefined && version !== undefined)
      fault('BEDROCK_GUARDRAIL_ID', 'is required when BEDROCK_GUARDRAIL_VERSION is set');
    const guardrail = id === undefined || version === undefined ? undefined : { id, version };
    return { region, models: known, endpoint: env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME, guardrail };
  },
});

export type BedrockSettings = SettingsOf<typeof bedrockSettings>;
