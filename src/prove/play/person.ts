import type { Change, Counts, Mode, Purpose } from '../judge/consent-model';
import type { Case, ProvenVendor, Way } from '../plan/matrix';
import type { Canaries, Field } from '../watch/canaries';
import type { Seat } from './seat';

/** What a scene has of the run that it is played in. */
export interface Drive {
  readonly canaries: Canaries;
  /** The vendors of this run, in the order in which they are fallen back to. */
  readonly vendors: readonly ProvenVendor[];
  readonly mode: Mode;
  /** Whether a command agrees to nothing that its giver was never shown. */
  readonly looksFirst: boolean;
  /** How many requests each vendor has had. */
  readonly counts: () => Counts;
  /** Tells the trial's idea of consent what changes, from these counts on: now, where none are told. */
  readonly note: (change: Change, counts?: Counts) => void;
  /** Whether the vendor's notice in force says that it may train on what goes. */
  readonly shares: (vendor: ProvenVendor) => boolean;
  /** Whether what was asked of this vendor in a case is over: answered, refused or hung up. */
  readonly exchanged: (one: Case) => boolean;
  /** Runs the erasing of a person, and sees to it afterwards that their key is gone. */
  readonly erasing: (erase: () => Promise<void>) => Promise<void>;
}

/** A case did not go as it must for its canaries to have been anywhere: nothing is proven by it. */
export class NotTried extends Error {
  readonly step: string;
  constructor(step: string) {
    super(step);
    this.name = 'NotTried';
    this.step = step;
  }
}

/** Fails as `NotTried`, and names where. */
export async function step(what: string, work: Promise<unknown> | (() => Promise<unknown>)): Promise<void> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    throw error instanceof NotTried ? error : new NotTried(what);
  }
}

const QUESTIONS = {
  en: ['what is this?', 'And please say it in other words, too.'],
  ja: ['これは何ですか？', '別の言葉でも説明してください。'],
} as const;
/** More than a request's head brings along, and than one read of a socket gives. */
const LONG_TIMES = 700;

/** Somebody at a seat, who says and presses things, and tells the trial's idea of consent what they agreed to. */
export class Person {
  readonly one: Case;
  readonly seat: Seat;
  readonly drive: Drive;
  constructor(one: Case, seat: Seat, drive: Drive) {
    this.one = one;
    this.seat = seat;
    this.drive = drive;
  }

  text(field: Field): string {
    return this.drive.canaries.of(field, this.one.id).text;
  }

  /** What they ask: in their language, with the canary at both ends. */
  question(field: Field): string {
    const [first, more] = QUESTIONS[this.one.language];
    const filler = this.one.length === 'long' && field === 'prompt' ? ` ${more}`.repeat(LONG_TIMES) : '';
    return `${this.text(field)} ${first}${filler} ${this.text(field)}`;
  }

  /** Asks what must not be answered: a card or a note comes. */
  async unanswered(field: Field): Promise<void> {
    await this.shown(`${field}: asked`, () => this.seat.ask({ text: this.question(field) }));
  }

  /** Asks, and waits for the end of the answer. */
  async answered(field: Field): Promise<void> {
    await this.unanswered(field);
  }

  /** Does something, and waits until something more is shown, and the answer that is under way is over. */
  async shown(what: string, work: () => Promise<unknown>): Promise<void> {
    const before = this.seat.shownCount();
    await step(what, work);
    await step(
      `${what}: an end`,
      this.seat.until(() => this.seat.shownCount() > before && this.seat.isWhole()),
    );
  }

  /** Asks before consent, is shown the card, and agrees to the vendor. */
  async agree(way: Way = this.one.way, vendor: ProvenVendor = this.one.vendor): Promise<void> {
    await this.unanswered('stranger');
    // Where a notice that is shown is enough, that of the first vendor was shown by now.
    const [first] = this.drive.vendors;
    const isOptOut = this.drive.mode === 'opt-out';
    if (isOptOut && first !== undefined) this.drive.note({ kind: 'shown', person: this.one.id, vendor: first });
    await this.choose(vendor);
    if (way === 'button' && !isOptOut) {
      await this.unanswered('stranger');
      await this.pressAgree();
    } else {
      await this.agreeByCommand(vendor, way);
      if (this.drive.shares(vendor)) await this.agreeToTraining();
    }
  }

  /** Says it twice: who was never shown the vendor's label is shown it by the first, and agrees by the second. */
  async agreeByCommand(vendor: ProvenVendor = this.one.vendor, way: Way = 'command'): Promise<void> {
    this.agreed(vendor, ['use']);
    for (let times = 0; times < 2; times += 1) await this.sayOn(vendor, way);
  }

  sayOn(vendor: ProvenVendor = this.one.vendor, way: Way = 'command'): Promise<void> {
    const words = `on ${vendor}`;
    return step('consent', way !== 'typed' ? this.seat.command(words) : this.seat.type(words));
  }

  choose(vendor: ProvenVendor): Promise<void> {
    return step('the choice of a vendor', this.seat.command(`vendor ${vendor}`));
  }

  /** Presses the newest card's button; the question that led to it is answered, or they are asked to send it again. */
  async pressAgree(): Promise<void> {
    const { vendor } = this.one;
    const shares = this.drive.shares(vendor);
    this.agreed(vendor, shares ? ['use', 'training'] : ['use']);
    await this.shown('consent by a button', () => this.seat.pressButton('agree', { ticked: shares }));
  }

  async agreeToTraining(): Promise<void> {
    this.agreed(this.one.vendor, ['training']);
    await step('consent to training', this.seat.pressButton('agreeTraining'));
  }

  agreed(vendor: ProvenVendor, purposes: readonly Purpose[]): void {
    this.drive.note({ kind: 'agreed', person: this.one.id, vendor, purposes });
  }

  /** Withdraws; from when it was answered on, nothing may go. */
  async withdraw(work: () => Promise<void>, from: 'all' | 'one' = 'one'): Promise<void> {
    await step('withdrawal', work);
    const vendor = from === 'one' ? { vendor: this.one.vendor } : {};
    this.drive.note({ kind: 'withdrew', person: this.one.id, ...vendor });
  }
}
