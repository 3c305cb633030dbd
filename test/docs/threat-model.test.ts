import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadsOf, parse } from '../support/sources';

const ROOT = join(__dirname, '..', '..');
const PAGE = 'docs/threat-model.md';
const words = readFileSync(join(ROOT, PAGE), 'utf8');

/** Files that it names, in code or as a link. */
const named = [...words.matchAll(/`((?:src|adapters|test|docs)\/[\w./-]+\.\w+|package(?:-lock)?\.json)`/gu)].map(
  ([, path = '']) => path,
);
const linked = [...words.matchAll(/\]\((?!https?:)([^)#]+)/gu)].map(([, path = '']) => join(dirname(PAGE), path));

/** What a row says stops somebody, and the tests that hold it. */
function rowsOf(page: string): readonly { readonly code: readonly string[]; readonly tests: readonly string[] }[] {
  return page.split('\n').flatMap((line) => {
    if (!line.startsWith('| ')) return [];
    const paths = [...line.matchAll(/`((?:src|adapters|test)\/[\w./-]+\.ts)`/gu)].map(([, path = '']) => path);
    return [
      {
        code: paths.filter((path) => !path.startsWith('test/')),
        tests: paths.filter((path) => path.startsWith('test/')),
      },
    ];
  });
}

const reach = new Map<string, ReadonlySet<string>>();

/** Every file of ours that a file imports, and that those import; types do not run, and do not count. */
function reached(path: string): ReadonlySet<string> {
  const known = reach.get(path);
  if (known !== undefined) return known;
  const found = new Set<string>();
  const queue = [path];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const { module } of loadsOf(parse(file, readFileSync(join(ROOT, file), 'utf8')))) {
      const target = module.startsWith('.') ? `${join(dirname(file), module)}.ts` : '';
      if (target === '' || found.has(target) || !existsSync(join(ROOT, target))) continue;
      found.add(target);
      queue.push(target);
    }
  }
  reach.set(path, found);
  return found;
}

/** The built program has all of the code in it; so have those tests that read every file of it. */
function seesAll(path: string): boolean {
  const whole = ['test/support/program.ts', 'src/prove/prove.ts', 'test/support/sources.ts'];
  return whole.some((one) => reached(path).has(one));
}

describe('the threat model', () => {
  it('names files and tests that are there', () => {
    expect(named.length).toBeGreaterThan(50);
    expect([...named, ...linked].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('names tests that run what they are said to hold, by importing it or by having all of it', () => {
    const astray = rowsOf(words).flatMap(({ code, tests }) =>
      tests.filter((path) => code.length > 0 && !seesAll(path) && !code.some((one) => reached(path).has(one))),
    );
    expect(astray).toEqual([]);
  });

  it('names code that some test in its row runs', () => {
    const unheld = rowsOf(words).flatMap(({ code, tests }) =>
      tests.some(seesAll) ? [] : code.filter((one) => !tests.some((path) => reached(path).has(one))),
    );
    expect(unheld).toEqual([]);
  });

  it('names a test in every row that says what stops somebody, or says that nothing does', () => {
    const rows = words.split('\n').filter((line) => /^\| (?!who|---)/u.test(line) && line.split('|').length === 6);
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !/`test\//u.test(row) && !/\| nothing:/u.test(row))).toEqual([]);
  });
});
