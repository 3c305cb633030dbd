import { loadSettings } from '../../../src/settings/load-settings';
import { type Settings, SettingsError } from '../../../src/settings/settings';
import { routesOf } from '../../../src/vendors/registry';

type Given = Readonly<Record<string, string>>;
const KEY = { ANTHROPIC_API_KEY: 'sk-ant-test' };
const load = (environment: Given): Settings =>
  loadSettings({ environment, workingDir: '/srv', readFile: () => undefined });
function faultsOf(environment: Given): readonly string[] {
  try {
    load(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ name, example }) => `${name}: ${example}`);
    throw error;
  }
  return [];
}

describe('the settings of Anthropic', () => {
  it('are a key and defaults, and connect nothing without a key', () => {
    const { vendors } = load(KEY);
    expect(vendors.default).toBe('anthropic');
    expect(vendors.setUp.anthropic).toMatchObject({
      baseURL: 'https://api.anthropic.com',
      models: ['claude-haiku-5-5'],
      inferenceGeo: undefined,
    });
    expect(load({ ANTHROPIC_MODEL: 'claude-opus-5-5' }).vendors.setUp.anthropic).toBeUndefined();
  });

  it('may name several models, of which people are told', () => {
    const { vendors } = load({ ...KEY, ANTHROPIC_MODEL: 'claude-haiku-5-5, claude-opus-5-5' });
    expect(routesOf(vendors.setUp)).toEqual([
      {
        vendor: 'anthropic',
        endpoint: 'api.anthropic.com',
        region: 'global',
        model: 'claude-haiku-5-5, claude-opus-5-5',
        sharesForTraining: false,
      },
    ]);
  });

  it('prove the United States and no other place, where each request asks for it', () => {
    const us = { ...KEY, ANTHROPIC_INFERENCE_GEO: 'us', DEJIREN_RESIDENCY: 'us' };
    expect(faultsOf(us)).toEqual([]);
    expect(faultsOf({ ...us, DEJIREN_RESIDENCY: 'jp' })).toEqual([
      'ANTHROPIC_INFERENCE_GEO: leave ANTHROPIC_API_KEY out',
    ]);
    expect(faultsOf({ ...us, ANTHROPIC_INFERENCE_GEO: 'global' })).toEqual(['ANTHROPIC_INFERENCE_GEO: us']);
    const gateway = { ANTHROPIC_BASE_URL: 'https://llm.example.com', DEJIREN_EGRESS_HOSTS: 'llm.example.com' };
    expect(faultsOf({ ...us, ...gateway })).toEqual([
      "ANTHROPIC_BASE_URL: leave it out: a host that is not Anthropic's proves nothing",
    ]);
  });

  it('lead to no host that nobody allowed', () => {
    expect(faultsOf({ ...KEY, ANTHROPIC_BASE_URL: 'https://api.anthropic.com.evil.example' })).toEqual([
      'ANTHROPIC_BASE_URL: DEJIREN_EGRESS_HOSTS=api.anthropic.com.evil.example',
    ]);
    expect(faultsOf({ ...KEY, ANTHROPIC_INFERENCE_GEO: 'eu' })).toEqual(['ANTHROPIC_INFERENCE_GEO: us']);
  });
});
