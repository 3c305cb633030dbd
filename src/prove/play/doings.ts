import { type Case, type Doing, otherOf } from '../plan/matrix';
import { type Drive, Person, step } from './person';
import type { Seat } from './seat';

/** Plays what somebody does about their consent; in each scene something must not go, and what may, goes. */
export async function playDoing(one: Case, seat: Seat, drive: Drive): Promise<void> {
  await SCENES[one.scene as Doing](new Person(one, seat, drive));
}

const LOOKING = ['status', 'notice', 'receipt', 'export', 'help'] as const;

const SCENES: Readonly<Record<Doing, (person: Person) => Promise<void>>> = {
  /** To look at things agrees to nothing, and takes nothing back; nor does a command of somebody who saw nothing yet. */
  async 'looks-around'(person) {
    // The page has three people for all cases: who sat there before may have been shown the label, and would agree.
    if (person.drive.looksFirst && person.seat.door !== 'local') await person.sayOn();
    await person.unanswered('stranger');
    await step('the details', person.seat.readDetails());
    await lookAround(person);
    await person.unanswered('stranger');
    await step('not now', person.seat.pressButton('notNow'));
    await person.unanswered('stranger');
    await person.agree();
    await lookAround(person);
    await person.answered('prompt');
  },
  async 'other-vendor'(person) {
    await person.agree();
    const other = person.drive.vendors.find((vendor) => vendor !== person.one.vendor);
    if (other !== undefined) {
      await person.choose(other);
      await person.unanswered('late-prompt');
      await person.choose(person.one.vendor);
    }
    await person.answered('prompt');
  },
  async 'withdraws-by-button'(person) {
    await person.agree();
    await person.answered('prompt');
    await step('the notice', person.seat.command(`notice ${person.one.vendor}`));
    await person.withdraw(() => person.seat.pressButton('withdraw'));
    await person.unanswered('late-prompt');
  },
  async 'withdraws-by-typing'(person) {
    await person.agree();
    await person.answered('prompt');
    await person.withdraw(() => person.seat.type(`off ${person.one.vendor}`));
    await person.unanswered('late-prompt');
  },
  async 'withdraws-from-all'(person) {
    await person.agree();
    await person.answered('prompt');
    await step('the status', person.seat.command('status'));
    await person.withdraw(() => person.seat.pressButton('withdrawAll'), 'all');
    await person.unanswered('late-prompt');
  },
  async 'agrees-again'(person) {
    await person.agree();
    await person.withdraw(() => person.seat.command(`off ${person.one.vendor}`));
    await person.unanswered('late-prompt');
    person.agreed(person.one.vendor, ['use']);
    await step('consent once more', person.seat.pressButton('undoWithdraw'));
    if (person.drive.shares(person.one.vendor)) await person.agreeToTraining();
    await person.answered('prompt');
  },
  async 'keeps-record'(person) {
    await person.agree();
    await person.answered('prompt');
    await step('the receipt', person.seat.command(`receipt ${person.one.vendor}`));
    await step('everything on record', person.seat.pressButton('export'));
    if (person.seat.hasButton('next')) await step('the next part', person.seat.pressButton('next'));
    await step('the erasure, asked about', person.seat.command('erase'));
    await step('the erasure, not now', person.seat.pressButton('keep'));
    await person.answered('early-prompt');
  },
  async 'erases-record'(person) {
    const { one, seat, drive } = person;
    await person.agree();
    await person.answered('prompt');
    await drive.erasing(async () => {
      await step('the erasure, asked about', seat.command('erase'));
      await step('the erasure', one.way === 'button' ? seat.pressButton('erase') : seat.command('erase confirm'));
    });
    drive.note({ kind: 'erased', person: one.id });
    await person.unanswered('late-prompt');
  },
  /** A card's button that names a notice which is not in force. */
  async 'forged-card'(person) {
    await person.choose(person.one.vendor);
    await person.unanswered('stranger');
    await step('a forged press', person.seat.pressButton('agree', { noticeId: 'f'.repeat(64) }));
    await person.unanswered('late-prompt');
    await person.agree();
    await person.answered('prompt');
  },
  /** On Slack a press counts for who pressed; elsewhere it counts for nobody. */
  async 'others-press'(person) {
    const { one, seat, drive } = person;
    await person.choose(one.vendor);
    await person.unanswered('stranger');
    if (one.door.startsWith('slack'))
      drive.note({ kind: 'agreed', person: otherOf(one), vendor: one.vendor, purposes: ['use'] });
    await step("another person's press", seat.pressButton('agree', { byOther: true }));
    await person.unanswered('late-prompt');
    await person.agree();
    await person.answered('prompt');
  },
  async 'bystander-agrees'(person) {
    await bystanderAgrees(person);
    await person.agree();
    await person.answered('prompt');
  },
  async 'bystander-withdraws'(person) {
    const { one, seat, drive } = person;
    await bystanderAgrees(person);
    await step("another person's withdrawal", seat.otherCommand('off all'));
    drive.note({ kind: 'withdrew', person: otherOf(one) });
    await person.agree();
    await person.answered('prompt');
  },
  async 'blocked-place'(person) {
    await person.unanswered('stranger');
    await person.agreeByCommand();
    await person.unanswered('late-prompt');
  },
  guest: refused,
  external: refused,
  async bot(person) {
    await step('a bot’s question', person.seat.ask({ text: person.question('late-prompt') }));
  },
};

/** Who is not admitted can neither agree nor ask. */
async function refused(person: Person): Promise<void> {
  const { one, seat } = person;
  await person.unanswered('stranger');
  for (let times = 0; times < 2; times += 1) await person.sayOn(one.vendor, one.way);
  if (seat.hasButton('agree')) await step('consent by a button', seat.pressButton('agree'));
  await person.unanswered('late-prompt');
}

async function lookAround({ seat }: Person): Promise<void> {
  for (const words of LOOKING) await step(words, seat.command(words));
}

async function bystanderAgrees({ one, seat, drive }: Person): Promise<void> {
  drive.note({ kind: 'agreed', person: otherOf(one), vendor: one.vendor, purposes: ['use'] });
  for (let times = 0; times < 2; times += 1)
    await step("another person's consent", seat.otherCommand(`on ${one.vendor}`));
}
