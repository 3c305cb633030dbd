import { platformsIn } from '../../adapters/registry';
import { routesOf, VENDOR_MODULES, vendorsIn } from '../vendors/registry';
import type { Settings } from './settings';

/**
 * Every host that dejiren may call under these settings, and no other: the vendors that are set up, the platforms
 * that are, and what `DEJIREN_EGRESS_HOSTS` adds.
 */
export function allowedHosts({ vendors, platforms, egressHosts }: Settings): readonly string[] {
  const local = vendors.default === 'auto' ? VENDOR_MODULES : [];
  return [
    ...routesOf(vendors.setUp).map(({ endpoint }) => endpoint),
    ...vendorsIn(vendors.setUp).flatMap(({ module, settings }) => module.furtherHosts?.(settings) ?? []),
    ...local.flatMap(({ localSearch }) => localSearch?.hosts ?? []),
    ...platformsIn(platforms).flatMap(({ module, settings }) => module.hostsOf(settings)),
    ...egressHosts,
  ];
}
