import { PLATFORM_MODULES, type PlatformId } from '../../adapters/registry';
import { DOORS } from '../../src/prove/plan/matrix';
import { PLAYED_DOORS } from '../../src/prove/play/platforms';
import { itKeepsThePlatformContract, type PlatformCase } from '../contracts/platform.contract';

const TROUBLES = ['platform-refuses', 'platform-slows', 'platform-fails', 'platform-resets'] as const;

/** What each platform can do. One that is in the registry and not here does not compile. */
const CASES: Readonly<Record<PlatformId, PlatformCase>> = {
  local: {
    rereadsIn: ['direct', 'channel', 'thread'],
    remembersIn: 'direct',
    isGoneAtStop: true,
    stopIs: 'told',
    signIn: ['direct', 'channel', 'thread'],
    saysLong: false,
    troubles: [],
  },
  // A question in a direct chat begins a thread of its own.
  slack: {
    rereadsIn: ['direct', 'channel', 'thread'],
    remembersIn: 'thread',
    isGoneAtStop: false,
    stopIs: 'told',
    signIn: ['direct', 'channel', 'thread'],
    saysLong: true,
    troubles: TROUBLES,
  },
  // Without the permission to read chats again.
  teams: {
    rereadsIn: [],
    remembersIn: 'direct',
    isGoneAtStop: false,
    stopIs: 'met',
    // Teams has dots in no channel.
    signIn: ['direct'],
    saysLong: true,
    troubles: TROUBLES,
  },
};

describe('the platforms', () => {
  it('have a double for each of their doors, and the prover knows no other', () => {
    const ids: readonly string[] = PLATFORM_MODULES.map(({ id }) => id);
    expect(new Set(DOORS.map((door) => PLAYED_DOORS[door].platform))).toEqual(new Set(ids));
  });
});

describe.each(DOORS)('the contract of platforms, by %s', (door) => {
  itKeepsThePlatformContract(door, CASES[PLAYED_DOORS[door].platform as PlatformId]);
});
