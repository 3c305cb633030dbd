import type { Case, OptOut, Restart } from '../plan/matrix';
import { type Drive, Person, step } from './person';
import type { Seat } from './seat';

type Part = (person: Person) => Promise<void>;

/** The two parts of a scene: before the program is started again under other rules, and after. */
const SCENES: Readonly<Record<Restart, readonly [before: Part, after: Part]>> = {
  'notice-same': [answeredBefore, (person) => person.answered('prompt')],
  'notice-changed': [
    answeredBefore,
    async (person) => {
      await person.unanswered('late-prompt');
      await person.pressAgree();
      await person.answered('prompt');
    },
  ],
  /** A card that was shown under the old notice agrees to nothing. */
  'stale-card': [
    async (person) => {
      await person.choose(person.one.vendor);
      await person.unanswered('stranger');
    },
    async (person) => {
      await step('a press of an old card', person.seat.pressButton('agree', { oldest: true, ticked: true }));
      await person.unanswered('late-prompt');
      await person.pressAgree();
      await person.answered('prompt');
    },
  ],
  /** To agree to use alone is not enough where the vendor may train on what goes. */
  training: [
    async (person) => {
      await person.unanswered('stranger');
      await person.choose(person.one.vendor);
    },
    async (person) => {
      await person.agreeByCommand();
      await person.unanswered('late-prompt');
      await person.agreeToTraining();
      await person.answered('prompt');
    },
  ],
  'stays-withdrawn': [
    async (person) => {
      await person.agree();
      await person.answered('prompt');
      await person.withdraw(() => person.seat.command(`off ${person.one.vendor}`));
    },
    (person) => person.unanswered('late-prompt'),
  ],
};

async function answeredBefore(person: Person): Promise<void> {
  await person.agree();
  await person.answered('early-prompt');
}

export function playRestart(part: 'before' | 'after', one: Case, seat: Seat, drive: Drive): Promise<void> {
  const [before, after] = SCENES[one.scene as Restart];
  return (part === 'before' ? before : after)(new Person(one, seat, drive));
}

/** Where a notice that was shown is enough, of members, until they say no. */
const OPT_OUT: Readonly<Record<OptOut, Part>> = {
  async 'opt-out'(person) {
    await showNotice(person);
    await person.answered('prompt');
  },
  async 'opt-out-withdraws'(person) {
    await showNotice(person);
    await person.answered('prompt');
    await person.withdraw(() => person.seat.command(`off ${person.one.vendor}`));
    await person.unanswered('late-prompt');
  },
  async 'opt-out-guest'(person) {
    await person.choose(person.one.vendor);
    await person.unanswered('stranger');
    await person.unanswered('late-prompt');
    await person.agreeByCommand();
    await person.answered('prompt');
  },
};

async function showNotice(person: Person): Promise<void> {
  await person.choose(person.one.vendor);
  await person.unanswered('stranger');
  person.drive.note({ kind: 'shown', person: person.one.id, vendor: person.one.vendor });
}

export function playOptOut(one: Case, seat: Seat, drive: Drive): Promise<void> {
  return OPT_OUT[one.scene as OptOut](new Person(one, seat, drive));
}
