import type { Block, Settings } from './settings';

/** What the settings say about consent, in the form that the consent gate asks for. */
export function consentPolicyOf({ consent }: Pick<Settings, 'consent'>) {
  const tenantOf = (tenant: string) => (Object.hasOwn(consent.tenants, tenant) ? consent.tenants[tenant] : undefined);
  return {
    mode: (tenant: string) => tenantOf(tenant)?.consentMode ?? consent.mode,
    blocks(tenant: string, conversation: string | undefined, vendor: string, purpose: 'use' | 'training'): boolean {
      const settings = tenantOf(tenant);
      if (settings === undefined) return false;
      const channel =
        conversation !== undefined && Object.hasOwn(settings.channels, conversation)
          ? settings.channels[conversation]
          : undefined;
      return [...settings.blocks, ...(channel?.blocks ?? [])].some((block) => isMet(block, vendor, purpose));
    },
    /** Routes that cannot be proven were refused at start, so that what runs is proven. */
    residency: () => 'proven' as const,
    externalsAdmitted: consent.admitExternals,
    grantDays: consent.grantDays,
  };
}

function isMet(block: Block, vendor: string, purpose: 'use' | 'training'): boolean {
  return 'vendor' in block ? block.vendor === '*' || block.vendor === vendor : block.purpose === purpose;
}
