import { ENVIRONMENT } from './environment';
import type { SettingFault } from './settings';

/** Settings that ask for what this version cannot do. To ignore them would start something else than was asked for. */
const NOT_YET: Readonly<Record<string, string>> = {
  SLACK_CLIENT_ID: 'Slack for many workspaces',
  SLACK_CLIENT_SECRET: 'Slack for many workspaces',
  SLACK_STATE_SECRET: 'Slack for many workspaces',
};

/** Names that look like settings and are none: of a later version, or misspelt. */
export function unknownNames(given: Readonly<Record<string, string | undefined>>): SettingFault[] {
  return Object.keys(given)
    .filter((name) => given[name]?.trim() && !Object.hasOwn(ENVIRONMENT, name))
    .flatMap((name): SettingFault[] => {
      const wish = Object.hasOwn(NOT_YET, name) ? NOT_YET[name] : undefined;
      if (wish !== undefined)
        return [
          { name, problem: `asks for ${wish}, which this version does not support`, example: `leave ${name} out` },
        ];
      if (!/^DEJIREN_\w{1,60}$/u.test(name)) return [];
      return [{ name, problem: 'is not a setting of this version', example: 'see .env.example for every name' }];
    });
}
