import { GovernmentConstants } from 'botframework-connector';
import { createHostList } from '../../src/kit/hosts';
import { allowedHosts } from '../../src/settings/allowed-hosts';
import { loadSettings } from '../../src/settings/load-settings';
import { SettingsError } from '../../src/settings/settings';

const ID = '11111111-2222-3333-4444-555555555555';
const TENANT = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const SECRET = 'a-client-secret';
const PEM =
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nBBBB\n-----END PRIVATE KEY-----\n';
const BOT = { MicrosoftAppId: ID, MicrosoftAppPassword: SECRET, MicrosoftAppTenantId: TENANT };

/** As docs/connecting-teams.md has them, and Microsoft's own SDK. */
const GOVERNMENT = {
  ToChannelFromBotLoginUrl: `${GovernmentConstants.ToChannelFromBotLoginUrlPrefix}${TENANT}`,
  ToChannelFromBotOAuthScope: GovernmentConstants.ToChannelFromBotOAuthScope,
  ToBotFromChannelTokenIssuer: GovernmentConstants.ToBotFromChannelTokenIssuer,
  ToBotFromChannelOpenIdMetadataUrl: GovernmentConstants.ToBotFromChannelOpenIdMetadataUrl,
};
const HISTORY = { DEJIREN_TEAMS_HISTORY: 'true' };

const load = (environment: Readonly<Record<string, string>>) =>
  loadSettings({
    environment: { DEJIREN_VENDOR: 'preview', ...environment },
    workingDir: '/srv',
    readFile: (path) => (path === '/srv/bot.pem' ? PEM : undefined),
  });
const namesOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    load(environment);
    return [];
  } catch (error) {
    return error instanceof SettingsError ? error.faults.map(({ name }) => name) : ['?'];
  }
};

describe('Teams', () => {
  it('is of one tenant by default, which alone may ask', () => {
    const { teams, local } = load(BOT).platforms;
    expect(local).toBeUndefined();
    expect(teams).toMatchObject({
      appId: ID,
      tenants: [TENANT],
      access: { kind: 'authenticated', loginUrl: `https://login.microsoftonline.com/${TENANT}` },
    });
  });

  it('proves itself with a certificate, or by the machine’s identity', () => {
    const { MicrosoftAppPassword: _secret, ...bot } = BOT;
    expect(load({ ...bot, DEJIREN_TEAMS_CERTIFICATE: 'bot.pem' }).platforms.teams?.access).toMatchObject({
      credential: { kind: 'certificate', certificate: expect.stringContaining('AAAA') },
    });
    expect(load({ ...bot, MicrosoftAppType: 'UserAssignedMSI' }).platforms.teams?.access).toMatchObject({
      credential: { kind: 'managed-identity' },
    });
  });

  it.each([
    ['no app id', { MicrosoftAppPassword: SECRET, MicrosoftAppTenantId: TENANT }, ['MicrosoftAppId']],
    ['an empty app id', { ...BOT, MicrosoftAppId: '' }, ['MicrosoftAppId']],
    ['an app id that is none', { ...BOT, MicrosoftAppId: 'x' }, ['MicrosoftAppId']],
    ['no secret', { ...BOT, MicrosoftAppPassword: '' }, ['MicrosoftAppPassword']],
    ['no tenant', { ...BOT, MicrosoftAppTenantId: '' }, ['MicrosoftAppTenantId', 'DEJIREN_TEAMS_TENANTS']],
    [
      'many tenants and no list',
      { ...BOT, MicrosoftAppType: 'MultiTenant', MicrosoftAppTenantId: '' },
      ['DEJIREN_TEAMS_TENANTS'],
    ],
    ['a certificate that is not there', { ...BOT, DEJIREN_TEAMS_CERTIFICATE: 'no.pem' }, ['DEJIREN_TEAMS_CERTIFICATE']],
    ['a managed identity with a secret', { ...BOT, MicrosoftAppType: 'UserAssignedMSI' }, ['MicrosoftAppType']],
    [
      'keys from a foreign host',
      { ...BOT, ToBotFromChannelOpenIdMetadataUrl: 'https://evil.example/x' },
      ['ToBotFromChannelOpenIdMetadataUrl'],
    ],
    [
      'no authentication beside a bot',
      { ...BOT, DEJIREN_TEAMS_INSECURE_LOOPBACK: 'true' },
      ['DEJIREN_TEAMS_INSECURE_LOOPBACK'],
    ],
    [
      'Graph at a foreign host',
      { ...BOT, ...HISTORY, DEJIREN_TEAMS_GRAPH_URL: 'https://evil.example' },
      ['DEJIREN_TEAMS_GRAPH_URL'],
    ],
    [
      'Graph’s address without history',
      { ...BOT, DEJIREN_TEAMS_GRAPH_URL: 'https://graph.microsoft.us' },
      ['DEJIREN_TEAMS_HISTORY'],
    ],
    ['history without a bot', { DEJIREN_TEAMS_INSECURE_LOOPBACK: 'true', ...HISTORY }, ['DEJIREN_TEAMS_HISTORY']],
    ['no authentication for the world', { DEJIREN_TEAMS_INSECURE_LOOPBACK: 'true', HOST: '0.0.0.0' }, ['HOST']],
  ])('is refused with %s', (_name, environment, names) => {
    expect(namesOf(environment)).toEqual(names);
  });

  it.each([
    ['of everybody', {}, 'https://graph.microsoft.com'],
    [
      'of a government',
      { ToChannelFromBotLoginUrl: 'https://login.microsoftonline.us/x' },
      'https://graph.microsoft.us',
    ],
    ['that is named', { DEJIREN_TEAMS_GRAPH_URL: 'https://dod-graph.microsoft.us' }, 'https://dod-graph.microsoft.us'],
  ])('reads chats in the cloud %s where history is on, and in none otherwise', (_name, more, graphUrl) => {
    const on = load({ ...BOT, DEJIREN_TEAMS_HISTORY: 'true', ...more });
    expect(on.platforms.teams?.graphUrl).toBe(graphUrl);
    expect(allowedHosts(on)).toContain(new URL(graphUrl).host);
    const off = load(BOT);
    expect(off.platforms.teams?.graphUrl).toBeUndefined();
    expect(allowedHosts(off).filter((host) => host.includes('graph'))).toEqual([]);
  });

  it.each([
    ['everybody', {}, 'smba.trafficmanager.net', 'smba.infra.gov.teams.microsoft.us'],
    ['GCC', {}, 'smba.infra.gcc.teams.microsoft.com', 'smba.infra.dod.teams.microsoft.us'],
    ['GCC High', GOVERNMENT, 'smba.infra.gov.teams.microsoft.us', 'smba.trafficmanager.net'],
    ['the DoD', GOVERNMENT, 'smba.infra.dod.teams.microsoft.us', 'smba.infra.gcc.teams.microsoft.com'],
    ['another', { DEJIREN_TEAMS_SERVICE_HOSTS: 'smba.example' }, 'smba.example', 'smba.infra.gov.teams.microsoft.us'],
  ])('knows the service hosts of the cloud of %s, and not another’s', (_name, more, own, foreign) => {
    const settings = load({ ...BOT, ...more });
    const isService = createHostList(settings.platforms.teams?.serviceHosts ?? []);
    const mayCall = createHostList(allowedHosts(settings));
    for (const isKnown of [isService, mayCall])
      expect([isKnown(new URL(`https://${own}/teams/`)), isKnown(new URL(`https://${foreign}/teams/`))]).toEqual([
        true,
        false,
      ]);
  });

  it('without authentication speaks with this machine alone', () => {
    const { teams } = load({ DEJIREN_TEAMS_INSECURE_LOOPBACK: 'true' }).platforms;
    expect(teams?.serviceHosts).toEqual(['127.0.0.1', 'localhost', '[::1]']);
  });
});
