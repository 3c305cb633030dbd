import { createOrganisation, exactMembership, type Told } from '../../../adapters/slack/organisation';
import { actionBody, commandBody, questionEvent } from '../../../adapters/slack/payloads';
import { shownOf } from '../../../adapters/slack/turn';
import type { Membership, TenantId } from '../../../src/model/turn';

const HERE = 'T1' as TenantId;
const GRID = { tenant: HERE, enterprise: 'E1' };
const ALONE = { tenant: HERE, enterprise: undefined };
const NOTHING: Told = { membership: undefined, homes: new Set() };
const told = (membership: Membership, ...homes: string[]): Told => ({ membership, homes: new Set(homes) });

describe('what a message shows of its writer', () => {
  it.each([
    ['somebody of the workspace', { team: 'T1' }, GRID, 'member'],
    ['their home in a channel of another', { team: 'T9', user_team: 'T1', source_team: 'T1' }, GRID, 'member'],
    ['their organisation as their home', { team: 'T9', user_team: 'E1', source_team: 'E1' }, GRID, 'member'],
    ['the same outside of an organisation', { team: 'T9', user_team: 'E1' }, ALONE, 'external'],
    ['another organisation', { team: 'T1', user_team: 'E9', source_team: 'E9' }, GRID, 'external'],
    ['a sister workspace, which might be anybody’s', { team: 'T1', user_team: 'T2' }, GRID, 'external'],
    ['two homes that do not agree', { user_team: 'T1', source_team: 'T9' }, GRID, 'external'],
    ['a home that the profile tells otherwise', { user_team: 'T1', user_profile: { team: 'T2' } }, GRID, 'member'],
    ['a home in their profile alone', { team: 'T1', user_profile: { team: 'T9' } }, GRID, 'external'],
    ['no home', {}, GRID, 'member'],
    ['a bot', { team: 'T1', bot_id: 'B1' }, GRID, 'bot'],
    ['an app that posts as a person', { team: 'T1', app_id: 'A1' }, GRID, 'bot'],
    ['the profile of a bot', { team: 'T1', bot_profile: {} }, GRID, 'bot'],
    ['a workflow', { team: 'T1', subtype: 'bot_message' }, GRID, 'bot'],
    ['a reminder of Slack’s', { team: 'T1', user: 'USLACKBOT' }, GRID, 'bot'],
  ] as const)('%s', (_what, message, delivered, membership) => {
    const { user_profile: profile, ...rest } = { user_profile: undefined, ...message };
    const user_profile =
      profile === undefined
        ? undefined
        : { ...profile, name: undefined, real_name: undefined, display_name: undefined };
    const none = { user: 'U1', bot_id: undefined, app_id: undefined, bot_profile: undefined, subtype: undefined };
    const nowhere = { team: undefined, user_team: undefined, source_team: undefined };
    expect(shownOf({ ...none, ...nowhere, ...rest, user_profile }, delivered, false).membership).toBe(membership);
  });

  it('is nobody known where another organisation takes part and no home is told', () => {
    const parsed = questionEvent.parse({ event: { type: 'app_mention', channel: 'C1', user: 'U1', ts: '1.1' } });
    expect(shownOf(parsed.event, GRID, true).membership).toBe('unknown');
  });
});

describe('what Slack tells beside it', () => {
  it.each([
    ['makes a member a guest', { membership: 'member', homes: ['T1'] }, told('guest', 'T1'), 'guest'],
    ['makes a member a stranger', { membership: 'member', homes: ['T1'] }, told('external', 'T9'), 'external'],
    ['leaves a member one where it tells nothing', { membership: 'member', homes: ['T1'] }, NOTHING, 'member'],
    ['tells who is not known', { membership: 'unknown', homes: [] }, told('member', 'T1'), 'member'],
    ['leaves who is not known', { membership: 'unknown', homes: [] }, NOTHING, 'unknown'],
    ['knows a sister workspace', { membership: 'external', homes: ['T2'] }, told('member', 'T2', 'T1', 'E1'), 'member'],
    ['knows a guest of a sister', { membership: 'external', homes: ['T2'] }, told('guest', 'T2', 'E1'), 'guest'],
    ['does not know another home', { membership: 'external', homes: ['T9'] }, told('member', 'T1', 'E1'), 'external'],
    ['makes no member of a stranger', { membership: 'external', homes: ['T9'] }, told('external', 'T9'), 'external'],
    ['is nothing to a stranger without', { membership: 'external', homes: ['T2'] }, NOTHING, 'external'],
    ['makes nobody of a bot', { membership: 'bot', homes: ['T1'] }, told('member', 'T1'), 'bot'],
    ['makes no member of who shows no home', { membership: 'external', homes: [] }, told('member', 'T1'), 'external'],
  ] as const)('%s', (_what, shown, answer, membership) => {
    expect(exactMembership(shown, answer)).toBe(membership);
  });
});

describe('where something comes from', () => {
  const event = (body: object) =>
    questionEvent.parse({ ...body, event: { type: 'app_mention', channel: 'C1', user: 'U1', ts: '1.1' } });
  const press = (body: object) => actionBody.parse({ user: { id: 'U1' }, actions: [{ action_id: 'a' }], ...body });
  const self = { team: 'T1', enterprise: undefined };
  const inOrganisation = { team_id: 'T1', enterprise_id: 'E1' };

  it.each([
    ['the installation', { team_id: 'T9', authorizations: [inOrganisation] }, { tenant: 'T1', enterprise: 'E1' }],
    [
      'an organisation’s installation',
      { team_id: 'T9', context_team_id: 'T2', authorizations: [{ team_id: null, enterprise_id: 'E1' }] },
      { tenant: 'T2', enterprise: 'E1' },
    ],
    ['no authorization', { team_id: 'T1', authorizations: [] }, { tenant: 'T1', enterprise: undefined }],
    ['nothing', {}, undefined],
  ])('an event, by %s', (_what, body, delivered) => {
    expect(createOrganisation(() => self).ofEvent(event(body))).toEqual(delivered);
  });

  it('knows the organisation from then on, also of a press or a command', () => {
    const organisation = createOrganisation(() => self);
    organisation.ofEvent(event({ authorizations: [inOrganisation] }));
    expect(organisation.ofPress(press({ team: { id: 'T1' } }))).toEqual(GRID);
    const command = commandBody.parse({ team_id: 'T1', user_id: 'U1', channel_id: 'C1', enterprise_id: '' });
    expect(organisation.ofCommand(command)).toEqual(GRID);
    expect(organisation.enterpriseOf(HERE)).toBe('E1');
  });

  it('learns of no organisation from who presses a button', () => {
    const organisation = createOrganisation(() => self);
    const stranger = { team: { id: 'T1' }, user: { id: 'U9', team_id: 'E9' }, enterprise: { id: 'E9' } };
    expect(organisation.ofPress(press(stranger))).toEqual(ALONE);
    expect(organisation.ofPress(press({ team: { id: 'T1', enterprise_id: 'E1' } }))).toEqual(GRID);
    expect(organisation.ofPress(press({ team: { id: 'T1', enterprise_id: 'E9' } }))).toEqual(GRID);
  });

  it('is of dejiren’s own workspaces alone where a button is pressed', () => {
    const organisation = createOrganisation(() => ({ team: 'T1', enterprise: 'E1' }));
    expect(organisation.ofPress(press({ team: { id: 'T1' }, user: { id: 'U1', team_id: 'T2' } }))).toEqual(GRID);
    expect(organisation.ofPress(press({ team: { id: 'T2' }, enterprise: { id: 'E1' } }))).toEqual({
      tenant: 'T2',
      enterprise: 'E1',
    });
    expect(organisation.ofPress(press({ team: { id: 'T9' }, enterprise: { id: 'E9' } }))).toBeUndefined();
    expect(organisation.ofPress(press({ team: { id: 'T9' } }))).toBeUndefined();
    expect(organisation.ofPress(press({ view: { app_installed_team_id: 'T1' } }))).toEqual(GRID);
  });
});
