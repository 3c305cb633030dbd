import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { faultLines } from '../../src/cli/startup';
import { articleUrlOf } from '../../src/settings/article-url';
import { loadSettings } from '../../src/settings/load-settings';
import { SettingsError } from '../../src/settings/settings';

/**
 * What lets the app read the channels and group chats that it is installed in. Source: "Resource-specific consent",
 * learn.microsoft.com/microsoftteams; `resource` means nothing there, and must not be empty.
 */
const readingOf = (appId: string) => ({
  webApplicationInfo: { id: appId, resource: `api://${appId}` },
  authorization: {
    permissions: {
      resourceSpecific: [
        { name: 'ChannelMessage.Read.Group', type: 'Application' },
        { name: 'ChatMessage.Read.Chat', type: 'Application' },
      ],
    },
  },
});

export interface PackageWish {
  readonly manifest: 'manifest.json' | 'manifest-1.28.json';
  /** Whether the app asks to read chats. */
  readonly history: boolean;
  /** Where people read how their data is handled; undefined: the manifest's own address. */
  readonly privacyUrl?: string | undefined;
}

/** The app package that is uploaded to Teams, for the bot of these settings. The same settings give the same bytes. */
export function packageOf(appId: string, { manifest, history, privacyUrl }: PackageWish): Uint8Array {
  const read = (name: string): Buffer => readFileSync(join(__dirname, name));
  const filled = JSON.parse(read(manifest).toString('utf8').replaceAll('{{MicrosoftAppId}}', appId));
  const developer = { ...filled.developer, ...(privacyUrl !== undefined && { privacyUrl }) };
  const whole = { ...filled, developer, ...(history && readingOf(appId)) };
  return zipSync(
    {
      'manifest.json': Buffer.from(JSON.stringify(whole, undefined, 2)),
      'color.png': read('color.png'),
      'outline.png': read('outline.png'),
    },
    // A zip's times have no zone: noon is the same day everywhere.
    { level: 9, mtime: new Date(1980, 0, 1, 12) },
  );
}

function write(): void {
  const { values } = parseArgs({ options: { 'without-slash': { type: 'boolean', default: false } } });
  const settings = loadSettings({
    environment: process.env,
    workingDir: process.cwd(),
    readFile: (path) => readFileSync(path, 'utf8'),
  });
  const { teams } = settings.platforms;
  if (teams?.access.kind !== 'authenticated') {
    refuse(['Teams is not set up: set MicrosoftAppId and the rest of docs/connecting-teams.md first.']);
    return;
  }
  const path = join(process.cwd(), 'dist', 'dejiren-teams.zip');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    packageOf(teams.appId, {
      manifest: values['without-slash'] ? 'manifest-1.28.json' : 'manifest.json',
      history: teams.graphUrl !== undefined,
      privacyUrl: articleUrlOf(settings),
    }),
  );
  process.stdout.write(`Upload ${path} in Teams: Apps → Manage your apps → Upload an app.\n`);
}

function refuse(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}

function faultsOf(error: unknown): readonly string[] {
  if (error instanceof SettingsError) return ['No package was written.', ...faultLines(error.faults).slice(1)];
  const { code, path } = error as NodeJS.ErrnoException;
  if (code?.startsWith('ERR_PARSE_ARGS') === true)
    return ['No package was written: the one option is --without-slash.'];
  return [`No package was written: ${code ?? 'failed'} ${path ?? ''}`.trim()];
}

if (require.main === module) {
  try {
    write();
  } catch (error) {
    refuse(faultsOf(error));
  }
}
