import { parseProveCommand, USAGE } from '../../src/prove/options';
import { ownSettings } from '../../src/prove/own';
import { DOINGS, OUTCOMES } from '../../src/prove/plan/matrix';
import { PLANTS } from '../../src/prove/plants/list';

describe('the words after dejiren prove', () => {
  const quick = { do: 'prove', form: 'quick', own: false, plant: undefined, json: undefined, html: undefined };
  it.each([
    [[], quick],
    [['--quick'], quick],
    [['--full', '--json', 'a.json', '--html', 'a.html'], { ...quick, form: 'full', json: 'a.json', html: 'a.html' }],
    [['--own'], { ...quick, own: true }],
    [['--plant', 'debug-log'], { ...quick, plant: 'debug-log' }],
    [['--plants'], { do: 'plants' }],
    [['--help'], { do: 'help' }],
  ])('mean what they say: %j', (words, command) => {
    expect(parseProveCommand(words)).toEqual(command);
  });

  it.each([[['--quick', '--full']], [['--plant', 'weeds']], [['--plants', '--full']], [['--fast']], [['now']]])(
    'are refused where they mean nothing: %j',
    (words) => {
      expect(parseProveCommand(words).do).toBe('unknown');
    },
  );

  it('name every leak that can be planted, each by a name of its own', () => {
    for (const { name, says } of PLANTS) expect(USAGE).toContain(`${name.padEnd(22)}  ${says}`);
    expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
  });
});

describe("the operator's own settings", () => {
  const read = (environment: Record<string, string>, files: Record<string, string> = {}, form = 'quick' as const) =>
    ownSettings({ environment, workingDir: '/srv', readFile: (path) => files[path] }, form);

  it('are kept, but for addresses, secrets and folders', () => {
    const { settings } = read(
      {
        DEJIREN_CONSENT_MODE: 'opt-out',
        SLACK_BOT_TOKEN: 'xoxb-real',
        DEJIREN_DATA_DIR: '/var/lib/dejiren',
        PATH: '/bin',
      },
      { '/srv/.env': 'DEJIREN_LANGUAGE=ja\nDEJIREN_SECRET=real\nOPENAI_API_KEY=sk-real\nDEJIREN_CONFIG=d.yaml\n' },
    );
    expect(settings).toEqual({
      DEJIREN_CONSENT_MODE: 'opt-out',
      DEJIREN_LANGUAGE: 'ja',
      DEJIREN_CONFIG: '/srv/d.yaml',
    });
  });

  it('tell which platforms and vendors are tried', () => {
    const { available } = read({
      SLACK_BOT_TOKEN: 'xoxb-real',
      SLACK_APP_TOKEN: 'xapp-real',
      MicrosoftAppId: 'id',
      OPENAI_API_KEY: 'sk-real',
      BEDROCK_MODEL_ID: 'model',
    });
    expect(available).toMatchObject({ vendors: ['openai', 'bedrock'], doors: ['slack-socket', 'teams'] });
    expect(read({}).available).toMatchObject({ vendors: ['openai-compatible'], doors: ['local'] });
  });

  it('say aloud what is left out', () => {
    const slow = read({ DEJIREN_RESIDENCY: 'jp', OPENAI_API_KEY: 'sk-real' });
    expect(slow.leftOut).toEqual([
      expect.stringContaining('DEJIREN_RESIDENCY'),
      expect.stringContaining('30 s'),
      expect.stringContaining('changed notice'),
    ]);
    expect(slow.available.scenes).not.toContain('timeout');
    const quick = read(
      { DEJIREN_CONFIG: 'd.yaml', OPENAI_API_KEY: 'sk-real' },
      { '/srv/d.yaml': 'limits: { betweenDeltasSeconds: 5 }' },
    );
    expect(quick.leftOut).toEqual([expect.stringContaining('changed notice')]);
    const scenes = [...OUTCOMES, ...DOINGS].filter((scene) => scene !== 'blocked-place');
    expect(quick.available).toMatchObject({ mode: 'opt-in', scenes });
  });

  it('say which scenes their rules let be played', () => {
    const optOut = read({ DEJIREN_CONSENT_MODE: 'opt-out' });
    expect(optOut.available.mode).toBe('opt-out');
    expect(optOut.available.scenes).toContain('opt-out-withdraws');
    expect(optOut.available.scenes).not.toContain('withdraws-by-button');
    const admitting = read({ DEJIREN_CONFIG: 'd.yaml' }, { '/srv/d.yaml': 'consent: { admitExternals: true }' });
    expect(admitting.available.scenes).not.toContain('guest');
  });
});
