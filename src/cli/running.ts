import { PLATFORM_MODULES } from '../../adapters/registry';
import type { Notice } from '../consent/notice';
import type { ChatAdapter } from '../model/adapter';
import { allWork } from '../model/link';
import { redactionPolicyOf } from '../settings/redaction-policy';
import type { Settings } from '../settings/settings';
import type { PlatformLine, Running } from './startup';

/** What came of the start, beside the settings. */
export interface Started {
  readonly url: string;
  /** Whether another process uses the data folder as well. */
  readonly shared: boolean;
  readonly adapters: readonly Pick<ChatAdapter, 'platform' | 'links' | 'routes'>[];
  /** The notices in force, by vendor. */
  readonly notices: ReadonlyMap<string, Notice>;
  /** The vendor that answers by default. */
  readonly usual: string;
}

/** What is running, in the form that the first lines ask for. */
export function runningOf(settings: Settings, { url, shared, adapters, notices, usual }: Started): Running {
  const notice = notices.get(usual);
  const { endpoint = 'none', region = '', model = '' } = notice?.route ?? {};
  return {
    url,
    hasPage: adapters.some(({ routes }) => routes.some(({ path }) => path === '/')),
    platforms: platformLines(settings, url, adapters),
    vendor: { name: notice?.vendorName ?? usual, endpoint, region, model },
    others: [...notices.values()]
      .filter(({ vendor }) => vendor !== usual && vendor !== 'preview')
      .map(({ vendorName }) => vendorName),
    fallback: settings.vendors.fallback.map((vendor) => notices.get(vendor)?.vendorName ?? vendor),
    consentMode: settings.consent.mode,
    redaction: redactionPolicyOf(settings).least,
    databasePath: settings.databasePath,
    shared,
    language: settings.language,
  };
}

/** A line for each platform there is, whether it is set up or not. */
export function platformLines(
  { platforms, language }: Pick<Settings, 'platforms' | 'language'>,
  url: string,
  adapters: readonly Pick<ChatAdapter, 'platform' | 'links'>[],
): readonly PlatformLine[] {
  const unreached = adapters.filter(({ links }) => !allWork(links)).map(({ platform }) => platform);
  const setUp: Readonly<Record<string, unknown>> = platforms;
  return PLATFORM_MODULES.map((module) => {
    const settings = setUp[module.id];
    const state = settings === undefined ? 'off' : unreached.includes(module.id) ? 'unreached' : 'on';
    return { name: module.name, state, words: module.startupLine(settings, url)[language] };
  });
}
