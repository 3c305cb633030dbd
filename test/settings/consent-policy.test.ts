import { consentPolicyOf } from '../../src/settings/consent-policy';
import { loadSettings } from '../../src/settings/load-settings';

const YAML = `
consent: { grantDays: 30, admitExternals: true }
tenants:
  T1:
    consentMode: opt-out
    blocks: [{ purpose: training }]
    channels:
      C1: { blocks: [{ vendor: openai }] }
      C2: { blocks: [{ vendor: '*' }] }
  constructor: { blocks: [{ vendor: openai }] }
`;

const policy = consentPolicyOf(
  loadSettings({
    environment: { DEJIREN_CONFIG: 'dejiren.yaml' },
    workingDir: '/srv',
    readFile: (path) => (path === '/srv/dejiren.yaml' ? YAML : undefined),
  }),
);

describe('the consent policy', () => {
  it('takes the mode of the tenant, and the general one elsewhere', () => {
    expect(policy.mode('T1')).toBe('opt-out');
    expect(policy.mode('T2')).toBe('opt-in');
    expect(policy.mode('toString')).toBe('opt-in');
  });

  it.each([
    ['T1', 'C9', 'openai', 'use', false],
    ['T1', 'C9', 'openai', 'training', true],
    ['T1', 'C1', 'openai', 'use', true],
    ['T1', 'C1', 'preview', 'use', false],
    ['T1', 'C2', 'preview', 'use', true],
    ['T1', undefined, 'openai', 'use', false],
    ['T1', 'toString', 'openai', 'use', false],
    ['T2', 'C1', 'openai', 'use', false],
    ['constructor', 'C1', 'openai', 'use', true],
  ] as const)(
    'blocks what the tenant or the channel blocks, and nothing else: %s %s %s %s',
    (tenant, channel, vendor, purpose, blocked) => {
      expect(policy.blocks(tenant, channel, vendor, purpose)).toBe(blocked);
    },
  );

  it('carries how long a grant counts and whether externals are admitted', () => {
    expect([policy.grantDays, policy.externalsAdmitted]).toEqual([30, true]);
  });
});
