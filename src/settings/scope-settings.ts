import type { ScopeSettings, Settings } from './settings';

/**
 * What the administrator decided for a conversation of a tenant: the conversation's own settings first, then the
 * tenant's.
 */
export function scopesOf(
  { tenants }: Pick<Settings, 'tenants'>,
  tenant: string,
  conversation: string | undefined,
): readonly ScopeSettings[] {
  const settings = Object.hasOwn(tenants, tenant) ? tenants[tenant] : undefined;
  if (settings === undefined) return [];
  const channel =
    conversation !== undefined && Object.hasOwn(settings.channels, conversation)
      ? settings.channels[conversation]
      : undefined;
  return channel === undefined ? [settings] : [channel, settings];
}
