import { loadSettings } from '../../../src/settings/load-settings';
import { type Settings, SettingsError } from '../../../src/settings/settings';
import { routesOf } from '../../../src/vendors/registry';

type Given = Readonly<Record<string, string>>;
const KEY = { MISTRAL_API_KEY: 'test', MISTRAL_SHARES_FOR_TRAINING: 'false' };
const load = (environment: Given): Settings =>
  loadSettings({ environment, workingDir: '/srv', readFile: () => undefined });
function faultsOf(environment: Given): readonly string[] {
  try {
    load(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ name }) => name);
    throw error;
  }
  return [];
}

describe('the settings of Mistral', () => {
  it('are a key, whether the plan lets Mistral train, and defaults', () => {
    const { vendors } = load(KEY);
    expect(vendors.default).toBe('mistral');
    expect(vendors.setUp.mistral).toMatchObject({
      baseURL: 'https://api.mistral.ai/v1',
      models: ['mistral-small-latest'],
      sharesForTraining: false,
    });
    expect(load({ MISTRAL_SHARES_FOR_TRAINING: 'false' }).vendors.setUp.mistral).toBeUndefined();
  });

  it('are refused where nobody said whether the plan lets Mistral train, and for nothing else', () => {
    expect(faultsOf({ MISTRAL_API_KEY: 'test' })).toEqual(['MISTRAL_SHARES_FOR_TRAINING']);
    const fallback = { OPENAI_API_KEY: 'sk-test', DEJIREN_VENDOR: 'openai', DEJIREN_FALLBACK: 'mistral' };
    expect(faultsOf({ MISTRAL_API_KEY: 'test', ...fallback })).toEqual(['MISTRAL_SHARES_FOR_TRAINING']);
  });

  it.each([
    ['false', 'mistral-small-latest', false],
    ['true', 'mistral-small-latest', true],
    ['false', 'mistral-small-latest, labs-leanstral-2603', true],
    ['false', 'collabs-1', false],
  ])('%s with %s: may train: %s', (shares, models, expected) => {
    const { vendors } = load({ ...KEY, MISTRAL_SHARES_FOR_TRAINING: shares, MISTRAL_MODEL: models });
    expect(routesOf(vendors.setUp).map(({ sharesForTraining }) => sharesForTraining)).toEqual([expected]);
  });

  it('prove no place, whichever of its addresses they name', () => {
    for (const host of ['api.mistral.ai', 'api.eu.mistral.ai', 'api.us.mistral.ai']) {
      const given = { ...KEY, MISTRAL_BASE_URL: `https://${host}/v1` };
      expect(faultsOf(given)).toEqual([]);
      for (const residency of ['eu', 'us'])
        expect(faultsOf({ ...given, DEJIREN_RESIDENCY: residency })).toEqual(['MISTRAL_API_KEY']);
    }
  });

  it('lead to no host that nobody allowed', () => {
    expect(faultsOf({ ...KEY, MISTRAL_BASE_URL: 'https://codestral.mistral.ai.evil.example/v1' })).toEqual([
      'MISTRAL_BASE_URL',
    ]);
  });
});
