import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseConfigFile } from '../../src/settings/config-file';
import { ENVIRONMENT } from '../../src/settings/environment';
import { loadSettings } from '../../src/settings/load-settings';

const read = (name: string): string => readFileSync(resolve(__dirname, '../..', name), 'utf8');
const load = (env: string) =>
  loadSettings({
    environment: {},
    workingDir: '/srv',
    readFile: (path) => (path === '/srv/.env' ? env : path === '/srv/dejiren.yaml' ? '' : undefined),
  });

describe('.env.example', () => {
  const example = read('.env.example');
  const lines = example.split('\n');
  const settings = lines.flatMap((line, index) => {
    const found = /^#([A-Za-z][A-Za-z_]+)=(.*)$/u.exec(line);
    return found === null ? [] : [{ name: found[1] ?? '', value: found[2] ?? '', why: lines[index - 1] ?? '' }];
  });

  it('has every setting once, and no other', () => {
    expect(settings.map(({ name }) => name).sort()).toEqual(Object.keys(ENVIRONMENT).sort());
  });

  it.each(settings.map((setting) => [setting.name, setting] as const))('says why there is %s', (_name, { why }) => {
    expect(why).toMatch(/^# .+\.$/u);
  });

  it('changes nothing when it is copied to .env as it is', () => {
    expect(load(example)).toEqual(load(''));
  });

  it('changes nothing either when every line is made to count: the values are the defaults', () => {
    const live = settings.map(({ name, value }) => `${name}=${value}`).join('\n');
    expect(load(live)).toEqual(load(''));
  });
});

describe('dejiren.example.yaml', () => {
  it('has every key, with its default', () => {
    const example = parseConfigFile(read('dejiren.example.yaml'));
    const defaults = parseConfigFile(undefined);
    if ('faults' in example || 'faults' in defaults) throw new Error('the example does not fit');
    expect({ ...example.config, tenants: {} }).toEqual(defaults.config);
    expect(example.config.tenants.T0123456789?.channels.C0123456789?.blocks).toEqual([{ vendor: '*' }]);
  });
});
