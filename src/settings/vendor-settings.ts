import type { Fault, SettingsAround } from '../model/settings-part';
import { type SetUp, type SetUpVendors, VENDOR_MODULES, type Vendor, vendorsIn } from '../vendors/registry';
import type { Environment } from './environment';
import type { Settings, VendorSettings } from './settings';

/** What the settings of the vendors are read with. */
export interface VendorsSource {
  readonly fault: Fault;
  readonly around: SettingsAround;
  /** Whether a chat platform is set up. */
  readonly onPlatform: boolean;
}

/** What the environment says about the vendors. A vendor is set up once its first setting is there. */
export function vendorsOf(env: Environment, { fault, around, onPlatform }: VendorsSource): VendorSettings {
  const setUp: SetUp = Object.fromEntries(
    VENDOR_MODULES.flatMap(({ id, settings }) => {
      const read = settings.read(env, fault, around);
      return read === undefined ? [] : [[id, read]];
    }),
  );
  refuseMissing(env, setUp, fault);
  const [first] = remoteIn(setUp);
  return {
    default: env.DEJIREN_VENDOR ?? first ?? (mayLookHere(env, onPlatform) ? 'auto' : 'preview'),
    fallback: env.DEJIREN_FALLBACK,
    // Each part was read by its own module.
    setUp: setUp as SetUpVendors,
  };
}

/** What is chosen must be set up, and where several are there must be a choice. */
function refuseMissing(
  { DEJIREN_VENDOR: wanted, DEJIREN_FALLBACK: fallback }: Environment,
  setUp: SetUp,
  fault: Fault,
) {
  const firstSetting = VENDOR_MODULES.find(({ id }) => id === wanted)?.firstSetting;
  if (wanted !== undefined && setUp[wanted] === undefined && firstSetting !== undefined)
    fault(firstSetting, `is required when DEJIREN_VENDOR is ${wanted}`);
  if (wanted === undefined && remoteIn(setUp).length > 1)
    fault('DEJIREN_VENDOR', 'is required when several vendors are set up: it names the default one');
  for (const vendor of fallback)
    if (setUp[vendor] === undefined) fault('DEJIREN_FALLBACK', `names ${vendor}, which is not set up`);
}

function remoteIn(setUp: SetUp): readonly Vendor[] {
  return vendorsIn(setUp)
    .filter(({ module }) => module.sendsNothing !== true)
    .map(({ module }) => module.id);
}

/** A model that is found on this machine has to satisfy the residency as well. */
function mayLookHere({ DEJIREN_RESIDENCY: residency }: Environment, onPlatform: boolean): boolean {
  return !onPlatform && [undefined, 'this-machine', 'own-servers'].includes(residency);
}

/** What is connected by these settings, in the form that `connectVendors` asks for. */
export function vendorsWishOf({ vendors, limits }: Pick<Settings, 'vendors' | 'limits'>) {
  return {
    setUp: vendors.setUp,
    usual: vendors.default,
    deadlines: {
      silenceMs: limits.silenceSeconds * 1_000,
      firstDeltaMs: limits.firstDeltaSeconds * 1_000,
      betweenDeltasMs: limits.betweenDeltasSeconds * 1_000,
      wholeMs: limits.answerSeconds * 1_000,
    },
  };
}
