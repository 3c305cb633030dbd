import { corpus, type Example, names } from './redaction/corpus';
import { type Contender, contenders } from './redaction/rivals';
import { measure, printable } from './redaction/score';

/** `npm run bench:redaction`: recall and false alarms on the labelled set, ours beside other libraries. */
/** Over all harmless messages, for the time of one. */
const ROUNDS = 20;

async function main(): Promise<void> {
  const all: readonly Example[] = [...corpus(), ...names()];
  for (const contender of await contenders()) print(contender, all, await measure(contender, all, ROUNDS));
}

function print({ name }: Contender, all: readonly Example[], score: Awaited<ReturnType<typeof measure>>): void {
  process.stdout.write(`\n${name}\n${printable(score, all).join('\n')}\n`);
}

void main();
