import { openSecret } from '../../src/model/secret';
import type { PlatformModule } from '../platform-module';
import { createSlackAdapter } from './adapter';
import { type SlackSettings, slackSettings } from './settings';

/** Sources: "Using Socket Mode" and "Handling user interaction", docs.slack.dev. */
const HOSTS = ['slack.com', '*.slack.com'];

export const slack: PlatformModule<'slack', SlackSettings> = {
  id: 'slack',
  name: 'Slack',
  settings: slackSettings,
  askedForBy: ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'],
  knownHosts: HOSTS,
  hostsOf: () => HOSTS,
  startupLine(settings, url) {
    switch (settings?.connection.mode) {
      case 'http':
        return { en: `on, over HTTP at POST ${url}/slack/events`, ja: `オン（HTTP：POST ${url}/slack/events）` };
      case 'socket':
        return { en: 'on, over Socket Mode', ja: 'オン（Socket Mode）' };
      case undefined:
        return {
          en: 'off; to connect, set SLACK_BOT_TOKEN and SLACK_APP_TOKEN (five steps in the README)',
          ja: 'オフ（接続するには、SLACK_BOT_TOKENとSLACK_APP_TOKENを設定してください。手順：README）',
        };
    }
  },
  fromSettings({ connection, botToken, apiUrl }, parts) {
    return createSlackAdapter({
      ...parts,
      connection:
        connection.mode === 'http'
          ? { mode: 'http', signingSecret: openSecret(connection.signingSecret) }
          : { mode: 'socket', appToken: openSecret(connection.appToken) },
      botToken: openSecret(botToken),
      apiUrl,
    });
  },
};
