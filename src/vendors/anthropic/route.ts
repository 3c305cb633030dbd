import type { Route } from '../connector';
import type { AnthropicSettings } from './settings';

/** Anthropic's own address. */
export const ANTHROPIC_HOST = 'api.anthropic.com';

/**
 * Where the questions go, and the place that the settings prove. `us`: each request asks for it (and the answer tells
 * where it was made), and workspaces store nowhere else; the workspace's own setting proves nothing here. Source: "Data
 * residency", platform.claude.com/docs/en/manage-claude/data-residency (checked 2026-11-28).
 */
export function anthropicRoute(options: Pick<AnthropicSettings, 'baseURL' | 'models' | 'inferenceGeo'>): Route {
  const { host, hostname } = new URL(options.baseURL);
  return {
    vendor: 'anthropic',
    endpoint: host,
    region: hostname === ANTHROPIC_HOST && options.inferenceGeo === 'us' ? 'us' : 'global',
    model: options.models.join(', '),
    sharesForTraining: false,
  };
}
