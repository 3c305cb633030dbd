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
        return { en: `on, by HTTP at POST ${url}/slack/events`, ja: `オン（HTTP：POST ${url}/slack/events）` };
      case 'socket':
        return { en: 'on, by Socket Mode', ja: 'オン（Socket Mode）' };
      case undefined:
        return {
          en: 'off; SLACK_BOT_TOKEN with SLACK_APP_TOKEN connects it (README: five steps)',
          ja: 'オフ（SLACK_BOT_TOKEN と SLACK_APP_TOKEN でつながります。手順はREADMEにあります）',
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
