import type { Door } from '../plan/matrix';
import type { Canaries } from '../watch/canaries';
import { createLocalPlatform } from './local-platform';
import type { Platform } from './seat';
import { startSlackPlatform } from './slack-platform';
import { startTeamsPlatform } from './teams-platform';

/** How a door is played. */
export interface PlayedDoor {
  /** The platform that it is a door of, by its id. */
  readonly platform: string;
  /** Starts the platform's double. `secret`: makes the keys and tokens that it shares with the program. */
  start(canaries: Canaries, secret: () => string): Promise<Platform>;
}

/** A double for every door, in which people can sit. A door without one does not compile. */
export const PLAYED_DOORS: Readonly<Record<Door, PlayedDoor>> = {
  'slack-http': {
    platform: 'slack',
    start: (canaries, secret) => startSlackPlatform('http', canaries, secret),
  },
  'slack-socket': {
    platform: 'slack',
    start: (canaries, secret) => startSlackPlatform('socket', canaries, secret),
  },
  teams: { platform: 'teams', start: startTeamsPlatform },
  local: { platform: 'local', start: async () => createLocalPlatform() },
};
