import { secret, url } from '../../src/model/setting-schemas';
import { type SettingsOf, setting, settingsPart } from '../../src/model/settings-part';

export const slackSettings = settingsPart({
  names: {
    SLACK_BOT_TOKEN: setting(
      secret(5, /^(xapp|xoxp|xoxe)[.-]/u).optional(),
      'must be the Bot User OAuth Token',
      'xoxb-…',
    ),
    SLACK_SIGNING_SECRET: setting(
      secret(5).optional(),
      'must be the Signing Secret from Basic Information',
      '32 hexadecimal digits',
    ),
    SLACK_APP_TOKEN: setting(
      secret(5, /^xox/u).optional(),
      'must be an App-Level Token with connections:write',
      'xapp-…',
    ),
    SLACK_API_URL: setting(
      url.default('https://slack.com/api/'),
      'must be an http or https address',
      'https://slack.com/api/',
    ),
  },
  addresses: ['SLACK_API_URL'],
  read(env, fault) {
    const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
    if (botToken === undefined && appToken === undefined && signingSecret === undefined) return undefined;
    if (botToken === undefined) {
      fault('SLACK_BOT_TOKEN', 'is required when other Slack settings are set');
      return undefined;
    }
    /** With a slash at its end. */
    const apiUrl = env.SLACK_API_URL.endsWith('/') ? env.SLACK_API_URL : `${env.SLACK_API_URL}/`;
    if (appToken !== undefined) return { connection: { mode: 'socket', appToken } as const, botToken, apiUrl };
    if (signingSecret !== undefined) return { connection: { mode: 'http', signingSecret } as const, botToken, apiUrl };
    fault('SLACK_APP_TOKEN', 'is required for Socket Mode; for HTTP, set SLACK_SIGNING_SECRET instead');
    return undefined;
  },
});

export type SlackSettings = SettingsOf<typeof slackSettings>;
