import type { Route } from '../connector';
import type { OpenAiCompatibleSettings } from './settings';

/** An address of this machine stays on it; any other is a server of the organisation's own. */
export function openAiCompatibleRoute({
  baseURL,
  models,
}: Pick<OpenAiCompatibleSettings, 'baseURL' | 'models'>): Route {
  const { host, hostname } = new URL(baseURL);
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/u.test(hostname);
  const region = here ? 'this-machine' : 'own-servers';
  return { vendor: 'openai-compatible', endpoint: host, region, model: models.join(', '), sharesForTraining: false };
}
