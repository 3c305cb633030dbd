import type { VendorDouble } from '../vendor-double';
import { anything, areTurns, is } from '../wire-promise';
import { startFakeVertex } from './server';

export const vertexAiDouble: VendorDouble = {
  name: 'Vertex AI',
  setUpBy: 'VERTEX_MODEL',
  async start() {
    // As a gateway that brings its own token: Google's are given out by no address that could be replaced.
    const fake = await startFakeVertex({ isGateway: true });
    const { origin, host, project, location, model } = fake;
    return {
      fake,
      env: {
        VERTEX_MODEL: model,
        VERTEX_BASE_URL: origin,
        GOOGLE_CLOUD_PROJECT: project,
        GOOGLE_CLOUD_LOCATION: location,
        METADATA_SERVER_DETECTION: 'none',
      },
      secrets: [],
      promise: {
        host,
        path: `/v1/projects/${project}/locations/${location}/publishers/google/models/${model}:streamGenerateContent?alt=sse`,
        body: { contents: areTurns(['role', 'parts']), systemInstruction: anything, generationConfig: is({}) },
        optional: ['generationConfig', 'systemInstruction'],
        headers: /^(authorization|x-goog-api-client|x-goog-user-project)$/u,
      },
    };
  },
  keeps: ['VERTEX_SDK'],
};
