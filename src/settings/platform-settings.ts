import { PLATFORM_MODULES, type SetUpPlatforms } from '../../adapters/registry';
import type { Fault, SettingsAround } from '../model/settings-part';
import type { Environment } from './environment';

/** Whether a chat platform is asked for, as the values were given: one whose settings are wrong is asked for as well. */
export function isAskedFor(given: Readonly<Record<string, string | undefined>>): boolean {
  return PLATFORM_MODULES.flatMap(({ askedForBy }) => askedForBy).some((name) => {
    const value = given[name]?.trim() ?? '';
    return value !== '' && value !== 'false';
  });
}

/** What the environment says about the platforms. */
export function platformsOf(env: Environment, fault: Fault, around: SettingsAround): SetUpPlatforms {
  const setUp = PLATFORM_MODULES.flatMap(({ id, settings }) => {
    const read = settings.read(env, fault, around);
    return read === undefined ? [] : [[id, read]];
  });
  // Each part was read by its own module.
  return Object.fromEntries(setUp) as SetUpPlatforms;
}
