import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { defineCommand, type Print } from '../command';

/** The prover reads its words itself. */
export const prove = defineCommand({
  usage: ['dejiren prove', 'test the promises on this program: nothing saved, leaked or sent without consent (--help)'],
  takes: [],
  operands: 'any',
  read: (_options, words) => ({ words }),
  run: ({ words }, { root, print }) => runProver(join(root, 'dist', 'prove.js'), words, print),
});

/**
 * Runs the prover, which starts this very program and looks at it from outside: so it is a process of its own.
 * Resolves to its exit status; 2 where it could not run.
 */
async function runProver(path: string, words: readonly string[], print: Print): Promise<number> {
  if (!existsSync(path)) {
    print('dejiren prove: dist/prove.js is missing. Build it with npm run build.');
    return 2;
  }
  const child = spawn(process.execPath, [path, ...words], { stdio: 'inherit' });
  // Ctrl+C reaches both: the prover ends what it started, and its status is ours.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 2;
}
