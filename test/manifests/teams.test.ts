import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { packageOf } from '../../manifests/teams/package';

const APP_ID = '11111111-2222-3333-4444-555555555555';
const FOLDER = join(__dirname, '../../manifests/teams');
const NAMES = ['manifest.json', 'manifest-1.28.json'] as const;

/** What the official schema says against a manifest. Its package holds modules that Jest cannot load. */
function faultsOf(manifest: object): readonly string[] {
  const script = `const { AppManifestUtils } = require('@microsoft/app-manifest');
    AppManifestUtils.validateAgainstSchema(JSON.parse(process.argv[1])).then((faults) => console.log(JSON.stringify(faults)));`;
  const cwd = join(__dirname, '../..');
  return JSON.parse(
    execFileSync(process.execPath, ['-e', script, JSON.stringify(manifest)], { cwd, encoding: 'utf8' }),
  );
}

describe.each(NAMES)('the Teams manifest %s', (name) => {
  const zip = unzipSync(packageOf(APP_ID, { manifest: name, history: false }));
  const manifest = JSON.parse(Buffer.from(zip['manifest.json'] ?? []).toString('utf8'));

  it('is valid by the official schema, which refuses one with a mistake', () => {
    expect(faultsOf(manifest)).toEqual([]);
    expect(faultsOf({ ...manifest, bots: [{ scopes: ['moon'] }] })).not.toEqual([]);
  });

  it('names the bot of the settings, and no placeholder is left', () => {
    expect(manifest.id).toBe(APP_ID);
    expect(manifest.bots[0].botId).toBe(APP_ID);
    expect(JSON.stringify(manifest)).not.toContain('{{');
  });

  it('asks to read no chat, and says that answers can be wrong', () => {
    expect(manifest.authorization).toBeUndefined();
    expect(manifest.copilotAgents.customEngineAgents[0].disclaimer.text).toMatch(/can be wrong/u);
  });

  it('asks for it where history is on, and is valid by the schema all the same', () => {
    const reading = JSON.parse(
      Buffer.from(unzipSync(packageOf(APP_ID, { manifest: name, history: true }))['manifest.json'] ?? []).toString(),
    );
    expect(faultsOf(reading)).toEqual([]);
    expect(reading.authorization.permissions.resourceSpecific).toEqual([
      { name: 'ChannelMessage.Read.Group', type: 'Application' },
      { name: 'ChatMessage.Read.Chat', type: 'Application' },
    ]);
    expect(reading.webApplicationInfo.id).toBe(APP_ID);
    const { authorization: _asks, webApplicationInfo: _app, ...rest } = reading;
    expect(rest).toEqual(manifest);
  });

  it('says where people read how their data is handled: on the organisation’s own page, where it is told', () => {
    const privacyUrl = 'https://dejiren.example.com/data-handling';
    const own = JSON.parse(
      Buffer.from(
        unzipSync(packageOf(APP_ID, { manifest: name, history: false, privacyUrl }))['manifest.json'] ?? [],
      ).toString(),
    );
    expect(faultsOf(own)).toEqual([]);
    expect(own).toEqual({ ...manifest, developer: { ...manifest.developer, privacyUrl } });
    expect(manifest.developer.privacyUrl).toMatch(/^https:\/\/github\.com\//u);
  });

  it('has the slash command where Teams knows it, and the same as words where not', () => {
    const slash = name === 'manifest.json';
    const [, shared] = manifest.bots[0].commandLists;
    expect(manifest.bots[0].supportsTargetedMessages).toBe(slash ? true : undefined);
    expect(shared.triggers).toEqual(slash ? ['mention', 'slash'] : undefined);
    expect(shared.commands[0].title).toContain('dejiren-optin');
  });

  it('has icons of the sizes that Teams asks for', () => {
    const sizeOf = (png: Uint8Array | undefined): readonly number[] => {
      const bytes = Buffer.from(png ?? []);
      return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    };
    expect(sizeOf(zip['color.png'])).toEqual([192, 192]);
    expect(sizeOf(zip['outline.png'])).toEqual([32, 32]);
  });

  it('is packed into the same bytes each time', () => {
    const wish = { manifest: name, history: true };
    expect(Buffer.from(packageOf(APP_ID, wish)).equals(Buffer.from(packageOf(APP_ID, wish)))).toBe(true);
    expect(Object.keys(zip)).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(readFileSync(join(FOLDER, name), 'utf8')).toContain('{{MicrosoftAppId}}');
  });
});

describe('the command that packs the Teams app', () => {
  const root = join(__dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function pack(env: Readonly<Record<string, string>>, ...options: string[]) {
    const args = [
      '-r',
      join(root, 'node_modules/ts-node/register/transpile-only'),
      join(FOLDER, 'package.ts'),
      ...options,
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { TS_NODE_PROJECT: join(root, 'tsconfig.json'), ...env },
    });
    return { status, words: stdout + stderr };
  }
  const bot = {
    MicrosoftAppId: APP_ID,
    MicrosoftAppPassword: 'the-secret-of-the-bot',
    MicrosoftAppTenantId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
  };

  it.each([
    ['a wrong setting', { ...bot, MicrosoftAppId: 'nonsense' }, [], 'MicrosoftAppId'],
    [
      'a missing one',
      { MicrosoftAppId: APP_ID, MicrosoftAppPassword: bot.MicrosoftAppPassword },
      [],
      'MicrosoftAppTenantId',
    ],
    ['nothing', {}, [], 'docs/connecting-teams.md'],
    ['an option that there is not', bot, ['--withot-slash'], '--without-slash'],
  ])('says what is wrong with %s, and writes nothing', (_name, env, options, word) => {
    const { status, words } = pack(env, ...options);
    expect(status).toBe(1);
    expect(words).toContain(word);
    expect(words).not.toMatch(/\bat .*\.ts:\d|the-secret-of-the-bot/u);
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });

  it('writes the same bytes again, in another time zone too', () => {
    const written = (env: Readonly<Record<string, string>>): Buffer => {
      expect(pack(env, '--without-slash').status).toBe(0);
      return readFileSync(join(folder, 'dist/dejiren-teams.zip'));
    };
    expect(written({ ...bot, TZ: 'Pacific/Kiritimati' }).equals(written({ ...bot, TZ: 'Pacific/Pago_Pago' }))).toBe(
      true,
    );
  });
});
