import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * `npm run mutation -- src/dispatch/speak.ts …`: changes the files in every small way that Stryker knows, one at a
 * time, and tries each change against the tests of the same room. A change that no test notices is told. Give it a few
 * files at a time: it takes a minute or more for each.
 */
const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Name the files to try, for instance: npm run mutation -- src/dispatch/speak.ts');
  process.exit(2);
}

/** The room of the tests that mirrors a file's folder, or the nearest above it. */
function testsOf(file: string): string {
  let room = join('test', dirname(file).replace(/^src\//u, ''));
  while (!existsSync(room)) room = dirname(room);
  return room;
}

const tests = [...new Set(files.map(testsOf))].join(',');
const { status } = spawnSync('stryker', ['run', 'test/mutation/stryker.config.json', '--mutate', files.join(',')], {
  stdio: 'inherit',
  env: { ...process.env, DEJIREN_MUTATION_TESTS: process.env.DEJIREN_MUTATION_TESTS ?? tests },
});
process.exitCode = status ?? 1;
