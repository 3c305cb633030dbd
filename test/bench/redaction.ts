import { asExamples, harmless, withData } from '../redact/sentences/read';
import { business, corpus, type Example, names } from './redaction/corpus';
import { HELD_OUT, HELD_OUT_LATER } from './redaction/held-out';
import { contenders } from './redaction/rivals';
import { measure, printable, type Score } from './redaction/score';

/** `npm run bench:redaction`: recall and false alarms on the labelled set, ours beside other libraries. */
/** Over all harmless messages, for the time of one. */
const ROUNDS = 20;

async function main(): Promise<void> {
  const sets: (readonly [string, readonly Example[]])[] = [
    ['made and by hand', [...corpus(), ...names()]],
    ['written after the finders', HELD_OUT],
    ['written after that', HELD_OUT_LATER],
    ['a working day in English', business().filter(({ language }) => language === 'en')],
    ['a working day in Japanese', business().filter(({ language }) => language === 'ja')],
  ];
  for (const name of ['', 'fresh-'])
    for (const language of ['en', 'ja'] as const)
      sets.push([
        `${name}sentences of a working day (${language})`,
        [
          ...asExamples(harmless(`${name}harmless.${language}.txt`), language),
          ...withData(`${name}with-data.${language}.txt`, language),
        ],
      ]);
  for (const contender of await contenders())
    for (const [name, all] of sets) print(`${contender.name}: ${name}`, all, await measure(contender, all, ROUNDS));
}

function print(name: string, all: readonly Example[], score: Score): void {
  process.stdout.write(`\n${name}\n${printable(score, all).join('\n')}\n`);
}

void main();
