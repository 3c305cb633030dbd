import { isLoopback } from '../../src/kit/hosts';
import { flag } from '../../src/model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../src/model/settings-part';

/** The page is served where no chat platform is asked for, and beside one where a setting says so. */
export const localSettings = settingsPart({
  names: {
    DEJIREN_LOCAL: setting(flag.optional(), 'must be true or false', 'true'),
  },
  addresses: [],
  read({ DEJIREN_LOCAL: wish }, fault, { host, onPlatform }) {
    const isServed = wish ?? !onPlatform;
    if (isServed && !isLoopback(host))
      fault('HOST', 'must be a loopback address, because the local page is for this machine only', '127.0.0.1');
    if (!isServed && !onPlatform)
      fault('DEJIREN_LOCAL', 'must not be false when no chat platform is set up: nobody could ask anything');
    return isServed ? { isServed: true as const } : undefined;
  },
});

export type LocalSettings = SettingsOf<typeof localSettings>;
