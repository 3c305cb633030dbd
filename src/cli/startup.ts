import type { SettingFault } from '../settings/settings';

/** What is running, for the lines that a newcomer reads first. */
export interface Running {
  readonly url: string;
  readonly local: boolean;
  readonly slack: 'http' | 'socket' | undefined;
  readonly vendor: {
    readonly name: string;
    readonly endpoint: string;
    readonly region: string;
    readonly model: string;
  };
  readonly consentMode: 'opt-in' | 'opt-out';
  readonly databasePath: string;
}

/** The first lines in the terminal: the address, then a line each for what is connected and what would connect it. */
export function startupLines({ url, local, slack, vendor, consentMode, databasePath }: Running): readonly string[] {
  return [
    '',
    local ? `  dejiren is ready: open ${url}` : `  dejiren is ready at ${url}`,
    '',
    line(local, 'Local page', local ? 'on, for this machine only' : 'off; DEJIREN_LOCAL=true serves it as well'),
    line(
      slack !== undefined,
      'Slack',
      slack === 'http'
        ? `on, by HTTP at POST ${url}/slack/events`
        : slack === 'socket'
          ? 'on, by Socket Mode'
          : 'off; SLACK_BOT_TOKEN with SLACK_APP_TOKEN connects it (README: five steps)',
    ),
    line(false, 'Teams', 'not in this version'),
    line(
      vendor.endpoint !== 'none',
      'Vendor',
      vendor.endpoint === 'none'
        ? 'preview: sends nothing; OPENAI_API_KEY or OPENAI_COMPATIBLE_BASE_URL connects a model'
        : `${vendor.name}, ${vendor.model} at ${vendor.endpoint} (${vendor.region})`,
    ),
    line(true, 'Consent', `${consentMode}; record in ${databasePath}; no text is kept`),
    '',
  ];
}

/** One line a fault: the name, what is wrong, an example. */
export function faultLines(faults: readonly SettingFault[]): readonly string[] {
  return [
    faults.length === 1
      ? 'dejiren did not start: a setting is wrong.'
      : `dejiren did not start: ${faults.length} settings are wrong.`,
    ...faults.map(({ name, problem, example }) => `  ${name}: ${problem}. Example: ${example}`),
  ];
}

function line(on: boolean, name: string, words: string): string {
  return `  ${on ? '●' : '○'} ${name.padEnd(11)}${words}`;
}
