import type { Case, Outcome } from '../plan/matrix';
import { type Conduct, drip } from './conduct';
import { type Drive, Person, step } from './person';
import type { PlatformTrouble, Question, Seat } from './seat';

/** Characters of a file that comes with a long question: more than one piece of anything on its way. */
const LONG_FILE = 60_000;

/** Plays one question that may go to its end: what the vendor, the platform or the person did then. */
export async function playOutcome(one: Case, seat: Seat, conduct: Conduct, drive: Drive): Promise<void> {
  const person = new Person(one, seat, drive);
  await person.agree();
  const next = drive.vendors.find((vendor) => vendor !== one.vendor);
  if (one.scene === 'fallback' && next !== undefined) {
    await person.agreeByCommand(next);
    await person.choose(one.vendor);
  }
  await step('stray words', seat.command(`gibberish ${person.text('command')}`));
  await step('a strange press', seat.press(person.text('press')));
  for (let count = 0; count < one.earlier; count += 1) await person.answered('early-prompt');
  await askAndMore(one.scene as Outcome, person, conduct);
  if (one.scene === 'withdrawal') await person.unanswered('late-prompt');
}

async function askAndMore(outcome: Outcome, person: Person, conduct: Conduct): Promise<void> {
  const { one, seat, drive } = person;
  const begun = drive.canaries.of('reply', one.id).word;
  const before = seat.shownCount();
  const stopDrip = conduct.gate === undefined ? undefined : drip(conduct.gate);
  if (outcome.startsWith('platform-')) seat.trouble(outcome as PlatformTrouble);
  try {
    await step('a question', seat.ask(questionOf(person)));
    if (conduct.gate !== undefined)
      await step(
        'first words',
        seat.until(() => seat.shown().includes(begun)),
      );
    if (outcome === 'stop') {
      await step('Stop', seat.stop());
      drive.note({ kind: 'stopped', person: one.id });
      await step(
        'the vendor hung up on',
        seat.until(() => drive.exchanged(one)),
      );
    }
    if (outcome === 'withdrawal') await person.withdraw(() => seat.command('off all'), 'all');
  } finally {
    stopDrip?.();
    conduct.gate?.open();
  }
  const isOver = outcome === 'platform-refuses' ? () => drive.exchanged(one) : () => seat.isWhole();
  await step(
    'an end',
    seat.until(() => seat.shownCount() > before && isOver()),
  );
}

function questionOf(person: Person): Question {
  const { scene, length } = person.one;
  const text = person.question('prompt');
  if (scene !== 'answer') return { text };
  const content = length === 'long' ? `${person.text('file')} ${'row '.repeat(LONG_FILE / 4)}` : '';
  return { text, files: [{ name: `${person.text('file-name')}.txt`, content: `${content}${person.text('file')}` }] };
}

/** Asks, and resolves once the first words are shown: the answer stays in its middle. */
export async function begin(person: Person): Promise<void> {
  const { one, seat, drive } = person;
  const begun = drive.canaries.of('reply', one.id).word;
  await step('a question', seat.ask({ text: person.question('prompt') }));
  await step(
    'first words',
    seat.until(() => seat.shown().includes(begun)),
  );
}
