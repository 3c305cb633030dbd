import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const PAGE = 'docs/threat-model.md';
const words = readFileSync(join(ROOT, PAGE), 'utf8');

/** Files that it names, in code or as a link. */
const named = [...words.matchAll(/`((?:src|adapters|test|docs)\/[\w./-]+\.\w+|package(?:-lock)?\.json)`/gu)].map(
  ([, path = '']) => path,
);
const linked = [...words.matchAll(/\]\((?!https?:)([^)#]+)/gu)].map(([, path = '']) => join(dirname(PAGE), path));

describe('the threat model', () => {
  it('names files and tests that are there', () => {
    expect(named.length).toBeGreaterThan(50);
    expect([...named, ...linked].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names tests that hold what they are named for: with cases that are not skipped', () => {
    for (const path of named.filter((one) => one.endsWith('.test.ts')))
      expect([path, /\bit(?:\.concurrent)?(?:\.each)?\(/u.test(readFileSync(join(ROOT, path), 'utf8'))]).toEqual([
        path,
        true,
      ]);
  });

  it('names a test in every row that says what stops somebody, or says that nothing does', () => {
    const rows = words.split('\n').filter((line) => /^\| (?!who|---)/u.test(line) && line.split('|').length === 6);
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !/`test\//u.test(row) && !/\| nothing:/u.test(row))).toEqual([]);
  });
});
