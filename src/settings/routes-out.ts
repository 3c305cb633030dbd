import { PLATFORM_MODULES } from '../../adapters/registry';
import { hostAllowed } from '../kit/hosts';
import type { Fault } from '../model/settings-part';
import { isWithin, type Residency } from '../vendors/kit/residency';
import { type SetUp, VENDOR_MODULES, vendorsIn } from '../vendors/registry';
import { type Environment, PARTS } from './environment';

/** Every address that the settings name must be a known host or one of `DEJIREN_EGRESS_HOSTS`, loopback included. */
export function refuseForeignHosts(env: Environment, fault: Fault): void {
  const known = [...PLATFORM_MODULES, ...VENDOR_MODULES].flatMap(({ knownHosts }) => knownHosts);
  const allowed = [...known, ...env.DEJIREN_EGRESS_HOSTS];
  const values: Readonly<Record<string, unknown>> = env;
  for (const name of PARTS.flatMap(({ addresses }) => addresses)) {
    const address = values[name];
    if (typeof address !== 'string') continue;
    const url = new URL(address);
    if (url.username !== '' || url.password !== '') fault(name, 'must not contain a user name or a password');
    else if (!hostAllowed(url, allowed))
      fault(
        name,
        'points to a host that is neither known nor listed in DEJIREN_EGRESS_HOSTS',
        `DEJIREN_EGRESS_HOSTS=${url.host}`,
      );
  }
}

/** No vendor may be set up whose route cannot be proven to stay in the residency. `preview` sends nothing. */
export function refuseUnprovenRoutes(residency: Residency | undefined, setUp: SetUp, fault: Fault): void {
  if (residency === undefined) return;
  for (const { module, settings } of vendorsIn(setUp)) {
    const { region } = module.routeOf(settings);
    if (module.sendsNothing || isWithin(region, residency)) continue;
    const { setting, example } = module.proofOf(settings, residency);
    fault(setting, `cannot be proven to stay in ${residency}: ${module.id} would process data in ${region}`, example);
  }
}
