import { scopesOf } from './scope-settings';
import type { Block, Settings } from './settings';

/** What the settings say about consent, in the form that the consent gate asks for. */
export function consentPolicyOf(settings: Pick<Settings, 'consent' | 'tenants'>) {
  const { consent, tenants } = settings;
  return {
    mode: (tenant: string) =>
      (Object.hasOwn(tenants, tenant) ? tenants[tenant]?.consentMode : undefined) ?? consent.mode,
    blocks: (tenant: string, conversation: string | undefined, vendor: string, purpose: 'use' | 'training'): boolean =>
      scopesOf(settings, tenant, conversation).some(({ blocks }) =>
        blocks.some((block) => isMet(block, vendor, purpose)),
      ),
    /** Routes that cannot be proven were refused at start, so that what runs is proven. */
    residency: () => 'proven' as const,
    vendor: (tenant: string, conversation: string | undefined) =>
      scopesOf(settings, tenant, conversation).find(({ vendor }) => vendor !== undefined)?.vendor,
    externalsAdmitted: consent.admitExternals,
    grantDays: consent.grantDays,
  };
}

function isMet(block: Block, vendor: string, purpose: 'use' | 'training'): boolean {
  return 'vendor' in block ? block.vendor === '*' || block.vendor === vendor : block.purpose === purpose;
}
