import process from 'node:process';
import type { Program } from './command';
import { parseCommandLine } from './command-line';
import { USAGE } from './commands';
import { refusalLines } from './refusal';
import { endWhenUnread, print } from './terminal';

/**
 * Runs what the words after the program's name ask for, and sets the exit status: 0 where it is done, 1 where it
 * failed or something does not fit, 2 where there is no such command. Serving goes on when this resolves.
 */
export async function runProgram(words: readonly string[], parts: Pick<Program, 'root' | 'serve'>): Promise<void> {
  const asked = parseCommandLine(words);
  if ('word' in asked) {
    print(`dejiren: unknown command “${asked.word}”.`, '', USAGE);
    process.exitCode = 2;
    return;
  }
  if (asked.do !== 'serve') endWhenUnread();
  try {
    const status = await asked.run({ ...parts, print, usage: USAGE });
    if (status !== undefined) process.exitCode = status;
  } catch (error) {
    print(...refusalLines(error, asked.do));
    process.exit(1);
  }
}
