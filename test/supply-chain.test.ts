import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const manifest = read('package.json') as {
  readonly dependencies: Record<string, string>;
  readonly allowScripts: Record<string, boolean>;
};
const packages = Object.entries(read('package-lock.json').packages as Record<string, Locked>).filter(
  ([path]) => path !== '',
);
const production = packages.filter(([, { dev }]) => dev !== true);
const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? '';

/** Licences that ask for no more than to be named, or for nothing at all. */
const PERMISSIVE = /^(?:MIT|MIT-0|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|ISC|BlueOak-1\.0\.0|Unlicense)$/u;

/** Undefined where it is not installed here: packages of other systems. */
function licenceOf(path: string): unknown {
  try {
    return read(`${path}/package.json`).license;
  } catch {
    return undefined;
  }
}

describe('what dejiren is built on', () => {
  it('is locked, each by the hash of what it holds, with no address to get it from', () => {
    for (const [path, { version, integrity, resolved }] of packages) {
      expect([path, typeof version]).toEqual([path, 'string']);
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/u)]);
      expect([path, resolved]).toEqual([path, undefined]);
    }
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/https?:\/\/[^"]*\/-\//u);
  });

  it('may be used by a bank: permissive licences alone, in the whole tree of production', () => {
    const odd = production.flatMap(([path, { optional }]) => {
      const licence = licenceOf(path);
      const isElsewhere = licence === undefined && optional === true;
      return isElsewhere || PERMISSIVE.test(String(licence)) ? [] : [`${path}: ${String(licence)}`];
    });
    expect(odd).toEqual([]);
    expect(production.length).toBeGreaterThan(100);
  });

  it('runs a script of its own at installation only where that is needed, and never in production', () => {
    const withScripts = [...new Set(packages.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path)))];
    expect(Object.keys(manifest.allowScripts).sort()).toEqual(withScripts.sort());
    const run = withScripts.filter((name) => manifest.allowScripts[name]);
    expect(run.sort()).toEqual(['@swc/core', 'esbuild', 'node']);
    const ofProduction = production.filter(([, one]) => one.hasInstallScript).map(([path]) => nameOf(path));
    expect(ofProduction.filter((name) => manifest.allowScripts[name])).toEqual([]);
  });

  it('has a line in the docs that says what each package is for', () => {
    const words = readFileSync(join(ROOT, 'docs/how-it-works.md'), 'utf8');
    expect(Object.keys(manifest.dependencies).filter((name) => !words.includes(`\`${name}\``))).toEqual([]);
  });
});
