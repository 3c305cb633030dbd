import { openSecret } from '../../model/secret';
import { readDataHandling } from '../kit/data-handling';
import { OPENAI_ERRORS } from '../kit/openai/errors';
import type { VendorModule } from '../vendor-module';
import { OPENAI_ARTICLE } from './article';
import { createOpenAiConnector } from './connector';
import notice from './notice.json';
import { openAiRoute, residencyOfOpenAi } from './route';
import { type OpenAiSettings, openAiSettings } from './settings';

export const openAi: VendorModule<'openai', OpenAiSettings> = {
  id: 'openai',
  name: 'OpenAI',
  aliases: ['open-ai', 'chatgpt', 'オープンai'],
  settings: openAiSettings,
  firstSetting: 'OPENAI_API_KEY',
  // Source: "Data residency", developers.openai.com/api/docs/guides/data-residency.
  knownHosts: [
    'api.openai.com',
    ...['us', 'eu', 'au', 'ca', 'jp', 'in', 'sg', 'kr', 'gb', 'ae'].map((region) => `${region}.api.openai.com`),
  ],
  routeOf: openAiRoute,
  proofOf: (_settings, place) => ({
    setting: 'OPENAI_BASE_URL',
    example:
      residencyOfOpenAi(`${place}.api.openai.com`) === place
        ? `https://${place}.api.openai.com/v1`
        : 'leave OPENAI_API_KEY out',
  }),
  connect: ({ apiKey, ...settings }, parts) =>
    createOpenAiConnector({ ...settings, ...parts, apiKey: openSecret(apiKey) }),
  errors: OPENAI_ERRORS,
  notice: readDataHandling(notice),
  article: OPENAI_ARTICLE,
};
