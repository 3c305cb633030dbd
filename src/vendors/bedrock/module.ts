import { readDataHandling } from '../kit/data-handling';
import type { VendorModule } from '../vendor-module';
import { BEDROCK_ARTICLE } from './article';
import { AWS_CREDENTIAL_HOSTS } from './client';
import { createBedrockConnector } from './connector';
import { BEDROCK_ERRORS } from './errors';
import notice from './notice.json';
import { bedrockRoute } from './route';
import { type BedrockSettings, bedrockSettings } from './settings';

export const bedrock: VendorModule<'bedrock', BedrockSettings> = {
  id: 'bedrock',
  name: 'Amazon Bedrock',
  aliases: ['aws', 'amazon', 'aws-bedrock', 'アマゾン'],
  settings: bedrockSettings,
  firstSetting: 'BEDROCK_MODEL_ID',
  // Source: "Amazon Bedrock endpoints", docs.aws.amazon.com.
  knownHosts: [
    'bedrock-runtime.*.amazonaws.com',
    'bedrock-runtime-fips.*.amazonaws.com',
    'bedrock-runtime.*.amazonaws.com.cn',
  ],
  furtherHosts: () => AWS_CREDENTIAL_HOSTS,
  routeOf: bedrockRoute,
  proofOf: ({ endpoint }) =>
    endpoint === undefined
      ? {
          setting: 'BEDROCK_MODEL_ID',
          example: 'jp.anthropic.claude-sonnet-4-5-20250929-v1:0, with AWS_REGION=ap-northeast-1',
        }
      : {
          setting: 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
          example: "leave it out: a host that is not AWS's proves nothing",
        },
  connect: (settings, parts) => createBedrockConnector({ ...settings, ...parts }),
  errors: BEDROCK_ERRORS,
  notice: readDataHandling(notice),
  article: BEDROCK_ARTICLE,
};
