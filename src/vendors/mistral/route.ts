import type { Route } from '../connector';
import type { MistralSettings } from './settings';

/**
 * Mistral's addresses. None proves a place: the first commits to none; the European one may use data centres of EFTA
 * countries as well; and all of them tell where an answer is made, not where questions and answers are kept for the
 * thirty days in which abuse is looked for. Source: "Regional inference", docs.mistral.ai/inference/regional-inference
 * (checked 2026-11-28).
 */
export const MISTRAL_HOSTS = ['api.mistral.ai', 'api.eu.mistral.ai', 'api.us.mistral.ai'] as const;

/** Where the questions go. */
export function mistralRoute(options: Pick<MistralSettings, 'baseURL' | 'models' | 'sharesForTraining'>): Route {
  return {
    vendor: 'mistral',
    endpoint: new URL(options.baseURL).host,
    region: 'global',
    model: options.models.join(', '),
    sharesForTraining: options.sharesForTraining,
  };
}
