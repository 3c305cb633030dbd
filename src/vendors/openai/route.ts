import type { Route } from '../connector';
import type { Residency } from '../kit/residency';
import type { OpenAiSettings } from './settings';

/** Where the address leads, and what its host proves of the place. */
export function openAiRoute(options: Pick<OpenAiSettings, 'baseURL' | 'models' | 'sharesForTraining'>): Route {
  const { host, hostname } = new URL(options.baseURL);
  const { models, sharesForTraining } = options;
  return {
    vendor: 'openai',
    endpoint: host,
    region: residencyOfOpenAi(hostname),
    model: models.join(', '),
    sharesForTraining,
  };
}

/**
 * Where OpenAI processes and stores what goes to a host. A host that only stores in its region proves nothing.
 * Source: "Data residency", developers.openai.com/api/docs/guides/data-residency (checked 2026-11-23).
 */
export function residencyOfOpenAi(hostname: string): Residency {
  const region = /^(us|eu|ae|au|in|jp)\.api\.openai\.com$/u.exec(hostname)?.[1];
  return (region as Residency | undefined) ?? 'global';
}
