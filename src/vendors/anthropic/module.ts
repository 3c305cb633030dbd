import { openSecret } from '../../model/secret';
import { readDataHandling } from '../kit/data-handling';
import type { VendorModule } from '../vendor-module';
import { ANTHROPIC_ARTICLE } from './article';
import { createAnthropicConnector } from './connector';
import { ANTHROPIC_ERRORS } from './errors';
import notice from './notice.json';
import { ANTHROPIC_HOST, anthropicRoute } from './route';
import { type AnthropicSettings, anthropicSettings } from './settings';

export const anthropic: VendorModule<'anthropic', AnthropicSettings> = {
  id: 'anthropic',
  name: 'Anthropic',
  aliases: ['claude', 'アンソロピック', 'クロード'],
  settings: anthropicSettings,
  firstSetting: 'ANTHROPIC_API_KEY',
  // Source: "API overview", platform.claude.com/docs/en/api/overview.
  knownHosts: [ANTHROPIC_HOST],
  routeOf: anthropicRoute,
  proofOf: ({ baseURL }, place) =>
    place !== 'us' || new URL(baseURL).hostname === ANTHROPIC_HOST
      ? { setting: 'ANTHROPIC_INFERENCE_GEO', example: place === 'us' ? 'us' : 'leave ANTHROPIC_API_KEY out' }
      : { setting: 'ANTHROPIC_BASE_URL', example: "leave it out: a host that is not Anthropic's proves nothing" },
  connect: ({ apiKey, ...settings }, parts) =>
    createAnthropicConnector({ ...settings, ...parts, apiKey: openSecret(apiKey) }),
  errors: ANTHROPIC_ERRORS,
  notice: readDataHandling(notice),
  article: ANTHROPIC_ARTICLE,
};
