import { openSecret } from '../../model/secret';
import { readDataHandling } from '../kit/data-handling';
import type { VendorModule } from '../vendor-module';
import { MISTRAL_ARTICLE } from './article';
import { createMistralConnector } from './connector';
import { MISTRAL_ERRORS } from './errors';
import notice from './notice.json';
import { MISTRAL_HOSTS, mistralRoute } from './route';
import { type MistralSettings, mistralSettings } from './settings';

export const mistral: VendorModule<'mistral', MistralSettings> = {
  id: 'mistral',
  name: 'Mistral AI',
  aliases: ['mistral-ai', 'la-plateforme', 'ミストラル'],
  settings: mistralSettings,
  firstSetting: 'MISTRAL_API_KEY',
  knownHosts: MISTRAL_HOSTS,
  routeOf: mistralRoute,
  proofOf: () => ({ setting: 'MISTRAL_API_KEY', example: 'leave it out: no address of Mistral proves a place' }),
  connect: ({ apiKey, ...settings }, parts) =>
    createMistralConnector({ ...settings, ...parts, apiKey: openSecret(apiKey) }),
  errors: MISTRAL_ERRORS,
  notice: readDataHandling(notice),
  article: MISTRAL_ARTICLE,
};
