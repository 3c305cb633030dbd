import { openSecret } from '../../model/secret';
import { readDataHandling } from '../kit/data-handling';
import { OPENAI_ERRORS } from '../kit/openai/errors';
import type { VendorModule } from '../vendor-module';
import { OPENAI_COMPATIBLE_ARTICLE } from './article';
import { createOpenAiCompatibleConnector } from './connector';
import { findLocalModel, LOCAL_MODEL_HOSTS } from './local-model';
import notice from './notice.json';
import { openAiCompatibleRoute } from './route';
import { type OpenAiCompatibleSettings, openAiCompatibleSettings } from './settings';

export const openAiCompatible: VendorModule<'openai-compatible', OpenAiCompatibleSettings> = {
  id: 'openai-compatible',
  name: 'Self-hosted model',
  aliases: ['compatible', 'ollama', 'local', 'own-model-server', 'セルフホスト'],
  settings: openAiCompatibleSettings,
  firstSetting: 'OPENAI_COMPATIBLE_BASE_URL',
  knownHosts: [],
  routeOf: openAiCompatibleRoute,
  proofOf: (_settings, place) => ({
    setting: 'OPENAI_COMPATIBLE_BASE_URL',
    example: place === 'this-machine' ? 'http://127.0.0.1:11434/v1' : 'DEJIREN_RESIDENCY=own-servers',
  }),
  connect: ({ apiKey, ...settings }, parts) =>
    createOpenAiCompatibleConnector({ ...settings, ...parts, apiKey: openSecret(apiKey) }),
  errors: OPENAI_ERRORS,
  notice: readDataHandling(notice),
  article: OPENAI_COMPATIBLE_ARTICLE,
  // A server of one's own loads its model first, and begins anew where somebody hangs up.
  isSlowToStart: true,
  localSearch: { hosts: LOCAL_MODEL_HOSTS, find: findLocalModel },
};
