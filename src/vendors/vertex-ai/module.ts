import { readDataHandling } from '../kit/data-handling';
import type { VendorModule } from '../vendor-module';
import { VERTEX_AI_ARTICLE } from './article';
import { createVertexAiConnector } from './connector';
import { VERTEX_ERRORS } from './errors';
import { createGoogleTokens, GOOGLE_TOKEN_HOSTS } from './google-token';
import notice from './notice.json';
import { vertexAiRoute } from './route';
import { type VertexAiSettings, vertexAiSettings } from './settings';

export const vertexAi: VendorModule<'vertex-ai', VertexAiSettings> = {
  id: 'vertex-ai',
  name: 'Google Vertex AI',
  aliases: ['vertex', 'google', 'gemini', 'グーグル'],
  settings: vertexAiSettings,
  firstSetting: 'VERTEX_MODEL',
  // Source: "Vertex AI locations", docs.cloud.google.com.
  knownHosts: ['aiplatform.googleapis.com', 'aiplatform.*.rep.googleapis.com', '*-aiplatform.googleapis.com'],
  furtherHosts: () => GOOGLE_TOKEN_HOSTS,
  routeOf: vertexAiRoute,
  proofOf: ({ baseURL }) =>
    baseURL === undefined
      ? { setting: 'GOOGLE_CLOUD_LOCATION', example: 'asia-northeast1' }
      : { setting: 'VERTEX_BASE_URL', example: 'leave it out: another host proves nothing' },
  connect: (settings, parts) =>
    createVertexAiConnector({
      ...settings,
      ...parts,
      getToken: createGoogleTokens(parts.fetch, { optional: settings.baseURL !== undefined }),
    }),
  errors: VERTEX_ERRORS,
  notice: readDataHandling(notice),
  article: VERTEX_AI_ARTICLE,
};
