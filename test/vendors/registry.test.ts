import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hostAllowed } from '../../src/kit/hosts';
import { VENDOR_DOUBLES } from '../../src/prove/doubles/vendors';
import { ENVIRONMENT } from '../../src/settings/environment';
import { COMMON_ERRORS } from '../../src/vendors/kit/common-errors';
import { errorReaderOf } from '../../src/vendors/kit/error-table';
import { DATA_HANDLING, VENDOR_MODULES, VENDORS } from '../../src/vendors/registry';

describe('the registry of vendors', () => {
  it('has every vendor once, under the name that its notice gives', () => {
    expect(new Set(VENDORS).size).toBe(VENDORS.length);
    for (const { id, name } of VENDOR_MODULES)
      expect(DATA_HANDLING.get(id)).toMatchObject({ vendor: id, vendorName: name });
  });

  it('has every setting once, whoever brings it', () => {
    const names = VENDOR_MODULES.flatMap(({ settings }) => Object.keys(settings.names));
    expect(new Set(names).size).toBe(names.length);
    expect(Object.keys(ENVIRONMENT)).toEqual(expect.arrayContaining(names));
  });

  it.each(VENDOR_MODULES.map((module) => [module.id, module] as const))('knows what to ask of %s', (_id, module) => {
    const { firstSetting, settings, sendsNothing } = module;
    expect(firstSetting === undefined).toBe(sendsNothing === true);
    if (firstSetting !== undefined) expect(settings.names).toHaveProperty(firstSetting);
    for (const address of settings.addresses) expect(settings.names).toHaveProperty(address);
  });

  it('has a double for every vendor that questions go to, in the same order and set up in the same way', () => {
    const remote = VENDOR_MODULES.filter(({ sendsNothing }) => sendsNothing !== true);
    const doubles = Object.entries(VENDOR_DOUBLES).map(([id, { setUpBy }]) => [id, setUpBy]);
    expect(doubles).toEqual(remote.map(({ id, firstSetting }) => [id, firstSetting]));
    for (const { keeps } of Object.values(VENDOR_DOUBLES))
      for (const name of keeps) expect(ENVIRONMENT).toHaveProperty(name);
  });

  it.each(VENDOR_MODULES.map(({ id, errors }) => [id, errors] as const))(
    'has one meaning for every code of %s',
    (_id, table) => {
      const { meaningOf, writtenOf } = errorReaderOf(table, COMMON_ERRORS);
      for (const [means, codes] of Object.entries(table.codes))
        for (const code of codes) expect([code, meaningOf({ codes: [code], words: '' })]).toEqual([code, means]);
      for (const code of table.plain ?? []) expect(writtenOf([code])).toBeDefined();
    },
  );

  it('has a row in the tables for people for every vendor, and for every place that one proves', () => {
    const docs = readFileSync(resolve(__dirname, '../../docs/vendors.md'), 'utf8');
    const rows = (heading: string): string => docs.split(`## ${heading}`)[1]?.split('\n## ')[0] ?? '';
    for (const { id, sendsNothing } of VENDOR_MODULES) {
      expect(docs.split('\n## ')[0]).toContain(`| \`${id}\` `);
      if (sendsNothing !== true) expect(rows('Where it is processed')).toContain(`| \`${id}\` `);
    }
  });

  it('has words for every vendor that mean no other, as they come out of the command', () => {
    const words = VENDOR_MODULES.flatMap(({ id, name, aliases }) => [
      ...new Set([id, name.toLowerCase().replaceAll(' ', '-'), ...aliases]),
    ]);
    expect(new Set(words).size).toBe(words.length);
    for (const word of words) expect(word).toBe(word.normalize('NFKC').toLowerCase());
    for (const word of words) expect(word).not.toMatch(/[\s、。,;:!"'「」]/u);
  });

  it('knows the hosts of the vendors, and nobody else’s', () => {
    const hosts = VENDOR_MODULES.flatMap(({ knownHosts }) => knownHosts);
    const known = (host: string): boolean => hostAllowed(new URL(`https://${host}/`), hosts);
    const those = [
      'api.openai.com',
      'jp.api.openai.com',
      'acme.openai.azure.com',
      'asia-northeast1-aiplatform.googleapis.com',
      'aiplatform.googleapis.com',
      'aiplatform.eu.rep.googleapis.com',
      'bedrock-runtime.ap-northeast-1.amazonaws.com',
    ];
    expect(those.filter((host) => !known(host))).toEqual([]);
    const others = [
      'storage.googleapis.com',
      's3.amazonaws.com',
      'x.bedrock-runtime.amazonaws.com.evil.example',
      'openai.com',
      'localhost',
      '127.0.0.1',
      '[::1]',
    ];
    expect(others.filter(known)).toEqual([]);
  });
});
