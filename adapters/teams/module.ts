import { ENTRA_HOSTS } from '../../src/kit/entra-token';
import type { PlatformModule } from '../platform-module';
import { accessOf } from './access';
import { createTeamsAdapter } from './adapter';
import { BOT_NAMES, type TeamsSettings, teamsSettings } from './settings';

/** The files of personal chats. Source: "Send and receive files", learn.microsoft.com/microsoftteams. */
const FILE_HOSTS = ['*.sharepoint.com'];

export const teams: PlatformModule<'teams', TeamsSettings> = {
  id: 'teams',
  name: 'Teams',
  settings: teamsSettings,
  askedForBy: [...BOT_NAMES, 'DEJIREN_TEAMS_INSECURE_LOOPBACK'],
  knownHosts: [
    'login.microsoftonline.com',
    'login.microsoftonline.us',
    'login.botframework.com',
    'login.botframework.azure.us',
    'graph.microsoft.com',
    'graph.microsoft.us',
    'dod-graph.microsoft.us',
  ],
  hostsOf({ access, serviceHosts, graphUrl }) {
    if (access.kind === 'loopback') return serviceHosts;
    const asked = access.credential.kind === 'managed-identity' ? ENTRA_HOSTS : [new URL(access.loginUrl).host];
    const graph = graphUrl === undefined ? [] : [new URL(graphUrl).host];
    return [...serviceHosts, ...FILE_HOSTS, ...asked, ...graph, new URL(access.openIdUrl).host];
  },
  memoryOf: ({ graphUrl }, { turns, minutes }) =>
    graphUrl === undefined ? { turns, minutes } : { turns, minutes, where: 'unreadable' },
  startupLine(settings, url) {
    const at = `POST ${url}/api/messages`;
    switch (settings?.access.kind) {
      case 'authenticated':
        return { en: `on, at ${at}`, ja: `オン（${at}）` };
      case 'loopback':
        return {
          en: `on without authentication, for this machine only, at ${at}`,
          ja: `オン（認証なし、このコンピューターのみ：${at}）`,
        };
      case undefined:
        return {
          en: 'off; to connect, set MicrosoftAppId and the rest (docs/connecting-teams.md)',
          ja: 'オフ（接続するには、MicrosoftAppIdなどを設定してください。手順：docs/connecting-teams.md）',
        };
    }
  },
  fromSettings: (settings, parts) => createTeamsAdapter({ ...parts, ...accessOf(settings, parts.fetch) }),
};
