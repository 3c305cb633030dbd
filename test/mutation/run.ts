import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * `npm run mutation -- src/dispatch/speak.ts …` changes each file in every small way that Stryker knows, one change at a
 * time, and runs the tests beside the file against it: those that bear its name, or all of the room where none does. A
 * change that no test notices is shown. `--room` tries all tests of the room in any case. Takes minutes a file.
 */
const [files, options] = [
  process.argv.slice(2).filter((argument) => !argument.startsWith('--')),
  process.argv.slice(2).filter((argument) => argument.startsWith('--')),
];
if (files.length === 0 || options.some((option) => option !== '--room')) {
  console.error('Name the files to try, for instance: npm run mutation -- src/dispatch/speak.ts [--room]');
  process.exit(2);
}

/** The folder of the tests that mirrors a file's folder, or the nearest above it. */
function roomOf(file: string): string {
  let room = join('test', dirname(file).replace(/^src\//u, ''));
  while (!existsSync(room)) room = dirname(room);
  return room;
}

function testsOf(file: string): string {
  const room = roomOf(file);
  const beside = join(room, `${basename(file, '.ts')}{,-*}.test.ts`);
  return !options.includes('--room') && globSync(beside).length > 0 ? beside : join(room, '**/*.test.ts');
}

for (const file of files) {
  const { status } = spawnSync('stryker', ['run', 'test/mutation/stryker.config.json', '--mutate', file], {
    stdio: 'inherit',
    env: { ...process.env, DEJIREN_MUTATION_TESTS: testsOf(file) },
  });
  process.exitCode = process.exitCode || status || 0;
}
