import type { VendorDouble } from '../vendor-double';
import { anything, areTurns, is, type WirePromise } from '../wire-promise';
import { type FakeBedrock, startFakeBedrock } from './server';

/** Every question and every answer has to pass it. */
const GUARDRAIL = { id: 'gr-0123456789ab', version: '1' };

export const bedrockDouble: VendorDouble = {
  name: 'Bedrock',
  setUpBy: 'BEDROCK_MODEL_ID',
  async start(secret) {
    const fake = await startFakeBedrock({ secret: secret() });
    const { origin, region, model, keyId } = fake;
    return {
      fake,
      env: {
        BEDROCK_MODEL_ID: model,
        BEDROCK_GUARDRAIL_ID: GUARDRAIL.id,
        BEDROCK_GUARDRAIL_VERSION: GUARDRAIL.version,
        AWS_REGION: region,
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: origin,
        AWS_ACCESS_KEY_ID: keyId,
        AWS_SECRET_ACCESS_KEY: fake.secret,
      },
      secrets: ['AWS_SECRET_ACCESS_KEY'],
      promise: bedrockPromise(fake, GUARDRAIL),
    };
  },
  keeps: [],
};

/** Signed for its Region, and with the guardrail that is set up. */
export function bedrockPromise(
  { host, model, region }: Pick<FakeBedrock, 'host' | 'model' | 'region'>,
  guardrail: typeof GUARDRAIL,
): WirePromise {
  return {
    host,
    path: `/model/${encodeURIComponent(model)}/converse-stream`,
    body: {
      system: anything,
      messages: areTurns(['role', 'content']),
      guardrailConfig: is({
        guardrailIdentifier: guardrail.id,
        guardrailVersion: guardrail.version,
        trace: 'disabled',
        streamProcessingMode: 'sync',
      }),
    },
    optional: ['system'],
    headers: /^(authorization|x-amz-(date|content-sha256))$/u,
    authorization: new RegExp(`^AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/${region}/bedrock/aws4_request`, 'u'),
  };
}
