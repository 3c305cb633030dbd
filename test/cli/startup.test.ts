import { platformLines } from '../../src/cli/running';
import { faultLines, type Running, startupLines } from '../../src/cli/startup';
import { loadSettings } from '../../src/settings/load-settings';

const URL = 'http://127.0.0.1:3000';
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-test' };
const SOCKET = { ...SLACK, SLACK_APP_TOKEN: 'xapp-test' };
const HTTP = { ...SLACK, SLACK_SIGNING_SECRET: 'a-secret' };

const running: Omit<Running, 'platforms' | 'hasPage'> = {
  url: URL,
  vendor: { name: 'Preview', endpoint: 'none', region: 'this-machine', model: 'preview' },
  others: [],
  fallback: [],
  consentMode: 'opt-in',
  redaction: 'mask',
  databasePath: '/srv/dejiren/.dejiren/dejiren.db',
  shared: false,
  language: 'en',
};
type Wish = Partial<typeof running> & {
  readonly env?: Readonly<Record<string, string>>;
  /** Platforms whose way is lost. */
  readonly unreached?: readonly string[];
};

function told({ env = {}, unreached = [], ...more }: Wish = {}): readonly string[] {
  const { platforms } = loadSettings({ environment: env, workingDir: '/srv', readFile: () => undefined });
  const lost = unreached.map((platform) => ({ platform, links: [{ name: 'w', needed: true, lost: 'unreachable' }] }));
  const all = { ...running, ...more };
  const lines = platformLines({ platforms, language: all.language }, URL, lost);
  return startupLines({ ...all, platforms: lines, hasPage: platforms.local !== undefined }).filter(
    (line) => line !== '',
  );
}
const lineOf = (name: string, more: Wish = {}): string | undefined =>
  told(more).find((line) => line.includes(` ${name} `));

describe('the first lines in the terminal', () => {
  it('tell of a platform that is not reached yet, in either language', () => {
    const parts = { env: SOCKET, unreached: ['slack'] } as const;
    expect(lineOf('Slack', parts)).toContain('still trying');
    expect(lineOf('Slack', { ...parts, language: 'ja' })).toContain('再試行を続けます');
    expect(lineOf('Slack', { ...parts, unreached: ['teams'] })).not.toContain('still trying');
  });

  it('tell in one line that another process uses the data folder as well, and else say nothing of it', () => {
    expect(lineOf('Shared')).toBeUndefined();
    expect(lineOf('Shared', { shared: true })).toContain('another dejiren');
    expect(lineOf('Shared', { shared: true, language: 'ja' })).toContain('別のdejiren');
  });

  it('begin with the address to open, in either language', () => {
    for (const language of ['en', 'ja'] as const)
      expect(told({ language })[0]).toBe('  dejiren is ready: open http://127.0.0.1:3000');
    expect(told({ env: SOCKET })[0]).toBe('  dejiren is ready at http://127.0.0.1:3000');
  });

  it('mark what is connected, and name the setting that would connect the rest', () => {
    expect(lineOf('Local page')).toMatch(/●/u);
    expect(lineOf('Slack')).toMatch(/○.*SLACK_BOT_TOKEN.*SLACK_APP_TOKEN/u);
    expect(lineOf('Teams')).toMatch(/○.*MicrosoftAppId/u);
    expect(lineOf('Vendor')).toMatch(/○.*sends nothing.*OPENAI_API_KEY.*OPENAI_COMPATIBLE_BASE_URL/u);
    expect(lineOf('Consent')).toMatch(/●.*opt-in.*dejiren\.db/u);
    expect(lineOf('Redaction')).toMatch(/●.*mask/u);
    expect(lineOf('Redaction', { redaction: 'off' })).toMatch(/○.*DEJIREN_REDACTION=mask/u);
    expect(lineOf('Local page', { env: SOCKET })).toMatch(/○.*DEJIREN_LOCAL=true/u);
    expect(lineOf('Slack', { env: SOCKET })).toMatch(/●.*Socket Mode/u);
    expect(lineOf('Slack', { env: HTTP })).toMatch(/●.*POST http:\/\/127\.0\.0\.1:3000\/slack\/events/u);
  });

  it('say which model answers, where', () => {
    const vendor = { name: 'OpenAI', endpoint: 'jp.api.openai.com', region: 'jp', model: 'gpt-5-mini' };
    expect(lineOf('Vendor', { vendor })).toMatch(/● Vendor +OpenAI, gpt-5-mini \(jp\.api\.openai\.com, jp\)/u);
  });

  it('say who answers beside it, and who is asked where it cannot', () => {
    expect(lineOf('Also available')).toBeUndefined();
    const others = ['Amazon Bedrock', 'Azure OpenAI'];
    expect(lineOf('Also available', { others })).toMatch(/ Amazon Bedrock, Azure OpenAI$/u);
    expect(lineOf('Also available', { others, fallback: others })).toMatch(
      /fallback: Amazon Bedrock, then Azure OpenAI$/u,
    );
    expect(lineOf('Also available', { others, fallback: others, language: 'ja' })).toContain('代替の順序');
  });

  it('say the same in Japanese', () => {
    const names =
      /SLACK_BOT_TOKEN|SLACK_APP_TOKEN|OPENAI_API_KEY|OPENAI_COMPATIBLE_BASE_URL|DEJIREN_LOCAL|dejiren\.db|opt-in/gu;
    const namesIn = (language: 'en' | 'ja', env: Wish['env'] = {}) => told({ language, env }).join('\n').match(names);
    for (const env of [{}, SOCKET, HTTP]) expect(namesIn('ja', env)).toEqual(namesIn('en', env));
    for (const line of told({ language: 'ja' }).slice(1)) expect(line).toMatch(/[ぁ-んァ-ヶ]/u);
  });
});

describe('the lines of a refused start', () => {
  it('are one a fault: the name, what is wrong, an example', () => {
    const port = { name: 'PORT', problem: 'must be a port from 0 to 65535', example: '3000' };
    expect(faultLines([port])).toEqual([
      'dejiren did not start: a setting is wrong.',
      '  PORT: must be a port from 0 to 65535. Example: 3000',
    ]);
    expect(faultLines([port, port])).toHaveLength(3);
    expect(faultLines([port, port])[0]).toContain('2 settings are wrong');
  });
});
