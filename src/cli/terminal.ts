import process from 'node:process';

/** Prints what a command tells, line by line. */
export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Ends the program where nobody reads any more: whoever reads its lines, as `head` does, may stop before their end. */
export function endWhenUnread(): void {
  process.stdout.once('error', () => process.exit(0));
}
