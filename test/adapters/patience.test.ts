import { createOrganisation } from '../../adapters/slack/organisation';
import { createPeople as createSlackPeople } from '../../adapters/slack/people';
import { createSlackRates } from '../../adapters/slack/rates';
import { createPeople as createTeamsPeople } from '../../adapters/teams/people';
import type { TenantId } from '../../src/model/turn';

const tenant = 'T1' as TenantId;
const never = (): Promise<never> => new Promise(() => {});

/** A person waits for it, and is told when it does not come. */
describe('asking a platform who somebody is', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const platforms = {
    Slack: () => {
      const organisation = createOrganisation(() => ({ team: 'T1', enterprise: undefined }));
      const parts = { api: { call: never }, rates: createSlackRates(Date.now), mayRead: () => true, organisation };
      return createSlackPeople({ ...parts, now: Date.now }).find('U1', tenant);
    },
    Teams: () => {
      const place = {
        serviceUrl: 'https://teams.example/',
        conversation: 'c',
        kind: 'personal',
        bot: '28:bot',
      } as const;
      return createTeamsPeople({ member: never }, Date.now).find(place, '29:u1', tenant);
    },
  };

  it.each(['Slack', 'Teams'] as const)('ends after eight seconds: %s', async (platform) => {
    const asked = platforms[platform]();
    await jest.advanceTimersByTimeAsync(8_000);
    expect((await asked).membership).toBe('unknown');
  });
});
