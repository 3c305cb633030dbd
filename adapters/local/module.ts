import { join } from 'node:path';
import type { PlatformModule } from '../platform-module';
import { createLocalAdapter } from './adapter';
import { type LocalSettings, localSettings } from './settings';

export const local: PlatformModule<'local', LocalSettings> = {
  id: 'local',
  name: 'Local page',
  settings: localSettings,
  askedForBy: [],
  knownHosts: [],
  hostsOf: () => [],
  startupLine: (settings) =>
    settings === undefined
      ? { en: 'off; set DEJIREN_LOCAL=true to serve it too', ja: 'オフ（DEJIREN_LOCAL=trueで併用できます）' }
      : { en: 'on, for this machine only', ja: 'オン（このコンピューターからのみ開けます）' },
  fromSettings: (_settings, parts) => createLocalAdapter({ ...parts, pageDir: join(parts.root, 'dist', 'page') }),
};
