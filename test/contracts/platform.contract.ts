import { sentencesFor } from '../../src/language/sentences';
import type { ChatKind, Door } from '../../src/prove/plan/matrix';
import { LAST_WORDS } from '../../src/prove/play/conduct';
import { PLAYED_DOORS } from '../../src/prove/play/platforms';
import type { Platform, PlatformTrouble, Seat } from '../../src/prove/play/seat';
import { caseIdOf, createCanaries } from '../../src/prove/watch/canaries';
import { aFolder, aSpokenVendor, type Dejiren, startDejiren } from '../support/dejiren';
import { aClock } from '../support/sign';

/** What a platform can do, as far as platforms differ; the contract holds what it must do with it. */
export interface PlatformCase {
  /** Where a question can be read again once its asker agreed; elsewhere they are asked to send it again. */
  readonly rereadsIn: readonly ChatKind[];
  /** Where what somebody said before comes along, without any more permission. */
  readonly remembersIn: ChatKind;
  /** Whether the chat itself is gone once dejiren stops, so that people open it anew. */
  readonly isGoneAtStop: boolean;
  /** How dejiren hears of Stop: the platform tells at once, or the next words that are shown meet with it. */
  readonly stopIs: 'told' | 'met';
  /** Where people are shown at once that dejiren is at work. */
  readonly signIn: readonly ChatKind[];
  /** Whether dejiren says that the wait is long, everywhere: the page does so by a clock of its own. */
  readonly saysLong: boolean;
  /** How it can refuse to show an answer. None: it has nothing between dejiren and the person. */
  readonly troubles: readonly PlatformTrouble[];
}

/** Platforms limit how often something is posted, and ask for pauses. */
const PATIENCE_MS = 20_000;

/** What everything behind the registry has to keep, over its own wire: an adapter as it is set up, and its double. */
export function itKeepsThePlatformContract(
  door: Door,
  { rereadsIn, remembersIn, isGoneAtStop, stopIs, signIn, saysLong, troubles }: PlatformCase,
): void {
  const canaries = createCanaries();
  let count = 0;
  let platform: Platform;
  let folder: ReturnType<typeof aFolder>;
  let vendor: ReturnType<typeof aSpokenVendor>;
  let dejiren: Dejiren;
  let clock: ReturnType<typeof aClock>;
  let seats: Seat[];

  const open = (): Promise<Platform> =>
    PLAYED_DOORS[door].start(canaries, () => canaries.of('secret', caseIdOf(count++)).word);
  const start = async (): Promise<Dejiren> => {
    const hosts = platform.ports.map((port) => `127.0.0.1:${port}`).join(',');
    const env = { ...platform.env, DEJIREN_EGRESS_HOSTS: hosts };
    const started = await startDejiren({ env, connector: vendor.connector, folder: folder.path, timers: clock });
    platform.open(started.url);
    return started;
  };

  beforeEach(async () => {
    vendor = aSpokenVendor();
    clock = aClock();
    speaks(['Here is an answer']);
    folder = aFolder();
    seats = [];
    platform = await open();
    dejiren = await start();
  });
  afterEach(async () => {
    for (const seat of seats) await seat.leave();
    await dejiren.stop();
    await platform.close();
    folder.remove();
  });

  async function sit(place: ChatKind): Promise<Seat> {
    const seat = await platform.seat({
      caseId: caseIdOf(count++),
      place,
      standing: 'member',
      personName: 'Robin',
      channelName: 'team',
      thread: 'Here begins a thread.',
      heard: () => undefined,
      patienceMs: PATIENCE_MS,
    });
    seats.push(seat);
    return seat;
  }
  /** Somebody who has agreed already. */
  async function sitAgreed(place: ChatKind): Promise<Seat> {
    const seat = await sit(place);
    await seat.command('on');
    return seat;
  }
  /** What the vendor answers next. By its last words a seat knows that an answer is over where nothing else tells. */
  const speaks = (pieces: readonly string[], holdAfter?: number): void =>
    vendor.answers([...pieces, ` ${LAST_WORDS}`], holdAfter);
  const isAnswered = (seat: Seat, words: string) => (): boolean => seat.shown().includes(words) && seat.isWhole();
  const PLACES: readonly ChatKind[] = ['direct', 'channel', 'thread'];
  const { sendAgain, ending, problem } = sentencesFor('en');

  describe('a question', () => {
    it.each(PLACES)('is answered where it was asked, in the words of the vendor: %s', async (place) => {
      const seat = await sitAgreed(place);
      speaks(['A turn is ', '**one question** on its way to an answer.']);
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(isAnswered(seat, 'on its way to an answer.'));
      expect(seat.shown()).toContain('one question');
      expect(vendor.asked()).toHaveLength(1);
      expect(vendor.asked()[0]?.at(-1)).toContain('What is a turn?');
    });

    it('goes nowhere before its asker agreed, who is shown a card alone', async () => {
      const seat = await sit('channel');
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.hasButton('agree'));
      expect(vendor.asked()).toEqual([]);
    });

    it('is asked once, however often the platform brings it', async () => {
      const seat = await sitAgreed('channel');
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(isAnswered(seat, 'Here is an answer'));
      const before = seat.shownCount();
      await seat.deliverAgain();
      await seat.command('status');
      await seat.until(() => seat.shownCount() > before);
      expect(vendor.asked()).toHaveLength(1);
    });

    it('comes with what its asker said before in the thread, and was answered', async () => {
      const seat = await sitAgreed(remembersIn);
      await seat.ask({ text: 'My cat is called Momo.' });
      await seat.until(isAnswered(seat, 'Here is an answer'));
      speaks(['She is called Momo.']);
      await seat.ask({ text: 'What is she called?' });
      await seat.until(isAnswered(seat, 'She is called Momo.'));
      const said = vendor.asked().at(-1) ?? [];
      expect(said.slice(0, -1).join('\n')).toMatch(/My cat is called Momo\.[\s\S]*Here is an answer/u);
    });
  });

  describe('that dejiren is at work', () => {
    /** How it is shown after so long a wait. */
    const late = saysLong ? 'long' : 'yes';

    /** Asks; the vendor says nothing before it is told to go on. */
    async function askSlowly(seat: Seat): Promise<void> {
      const before = vendor.asked().length;
      speaks(['Here is an answer'], 0);
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => vendor.asked().length > before);
    }

    it.each(signIn)('is shown before the first words, and no more once the answer is there: %s', async (place) => {
      const seat = await sitAgreed(place);
      await askSlowly(seat);
      await seat.until(() => seat.atWork() === 'yes');
      vendor.goOn();
      await seat.until(isAnswered(seat, 'Here is an answer'));
      await seat.until(() => seat.atWork() === 'no');
    });

    it.each(PLACES)('is said in other words once the wait is long, and nothing of it stays: %s', async (place) => {
      const seat = await sitAgreed(place);
      await askSlowly(seat);
      if (signIn.includes(place)) await seat.until(() => seat.atWork() === 'yes');
      clock.wind(19_999);
      expect(seat.atWork()).not.toBe('long');
      clock.wind(1);
      await seat.until(() => seat.atWork() === late);
      const shown = seat.shownCount();
      vendor.goOn();
      await seat.until(isAnswered(seat, 'Here is an answer'));
      await seat.until(() => seat.atWork() === 'no');
      expect(seat.shown()).not.toMatch(/still thinking/iu);
      expect(seat.shownCount()).toBeLessThanOrEqual(shown + 1);
    });

    it.each(PLACES)('is not shown any more where the answer ends without a word: %s', async (place) => {
      const seat = await sitAgreed(place);
      const before = vendor.asked().length;
      vendor.answers([], 0);
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => vendor.asked().length > before);
      if (signIn.includes(place)) await seat.until(() => seat.atWork() === 'yes');
      clock.wind(20_000);
      await seat.until(() => seat.atWork() === late);
      vendor.goOn();
      await seat.until(() => seat.shown().includes(problem('empty-answer')));
      await seat.until(() => seat.atWork() === 'no');
      expect(seat.shown()).not.toMatch(/still thinking/iu);
    });

    it.each(PLACES)('is not shown any more after a withdrawal: %s', async (place) => {
      const seat = await sitAgreed(place);
      await askSlowly(seat);
      if (signIn.includes(place)) await seat.until(() => seat.atWork() === 'yes');
      clock.wind(20_000);
      await seat.until(() => seat.atWork() === late);
      await seat.command('off');
      await seat.until(() => seat.atWork() === 'no' && vendor.aborted() === 1);
      expect(seat.shown()).not.toMatch(/still thinking|Here is an answer/iu);
    });

    it('is not shown with the card of somebody who has not agreed', async () => {
      const seat = await sit('direct');
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.hasButton('agree'));
      expect(seat.atWork()).toBe('no');
      expect(clock.waiting).toBe(0);
    });
  });

  describe('agreeing', () => {
    it.each(PLACES)('has the question answered as it stands on the platform, or asked for again: %s', async (place) => {
      const seat = await sit(place);
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.hasButton('agree'));
      // No button promises an answer that is not to come.
      expect(seat.hasButton('agreeAndAnswer') && !rereadsIn.includes(place)).toBe(false);
      await seat.pressButton('agree');
      if (rereadsIn.includes(place)) await seat.until(isAnswered(seat, 'Here is an answer'));
      else await seat.until(() => seat.shown().includes(sendAgain));
      expect(vendor.asked()).toHaveLength(rereadsIn.includes(place) ? 1 : 0);
      speaks(['Here is the next answer.']);
      await seat.ask({ text: 'And what is a thread?' });
      await seat.until(isAnswered(seat, 'Here is the next answer.'));
      expect(vendor.asked().at(-1)?.at(-1)).toContain('And what is a thread?');
    });

    it('can be read up on without leaving the label, which leads back', async () => {
      const seat = await sit('channel');
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.hasButton('agree'));
      await seat.readDetails();
      await seat.until(() => seat.hasButton('notNow'));
      await seat.pressButton('agree');
      await seat.ask({ text: 'And now?' });
      await seat.until(() => vendor.asked().some((one) => one.at(-1)?.includes('And now?') === true));
    });

    it('can be left for later: the label goes, and the next question brings it again', async () => {
      const seat = await sit('channel');
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.hasButton('notNow'));
      await seat.pressButton('notNow');
      await seat.until(() => !seat.hasButton('agree'));
      await seat.ask({ text: 'And now?' });
      await seat.until(() => seat.hasButton('agree'));
      expect(vendor.asked()).toEqual([]);
    });

    it('is undone by a button of the two lines that follow it', async () => {
      const seat = await sitAgreed('channel');
      await seat.until(() => seat.shown().includes('Valid until'));
      await seat.pressButton('undoGrant');
      await seat.until(() => seat.shown().includes('You have withdrawn'));
      const before = seat.shownCount();
      await seat.ask({ text: 'And now?' });
      await seat.until(() => seat.shownCount() > before);
      expect(vendor.asked()).toEqual([]);
    });

    it('is the person’s alone: the press of anybody else agrees to nothing', async () => {
      const seat = await sit('channel');
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.hasButton('agree'));
      await seat.pressButton('agree', { byOther: true });
      const before = seat.shownCount();
      await seat.ask({ text: 'And now?' });
      await seat.until(() => seat.shownCount() > before);
      expect(vendor.asked()).toEqual([]);
      await seat.pressButton('agree');
      await seat.command('status');
      await seat.ask({ text: 'And after I agreed?' });
      await seat.until(() => vendor.asked().some((one) => one.at(-1)?.includes('And after I agreed?') === true));
    });
  });

  describe('an answer', () => {
    it('is shown while it is written', async () => {
      const seat = await sitAgreed('direct');
      speaks(['The first words. ', 'The last words.'], 1);
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.shown().includes('The first words.'));
      expect(seat.isWhole()).toBe(false);
      vendor.goOn();
      await seat.until(isAnswered(seat, 'The last words.'));
    });

    it('goes over to a new message where one is full: every word once, in order', async () => {
      const seat = await sitAgreed('direct');
      const numbers = Array.from({ length: 2_400 }, (_, index) => `n${index + 1}e`);
      speaks(numbers.map((word, index) => `${word}${index % 40 === 39 ? '\n\n' : ' '}`));
      await seat.ask({ text: 'Count.' });
      await seat.until(isAnswered(seat, 'n2400e'));
      expect(seat.shown().match(/\bn\d+e\b/gu)).toEqual(numbers);
    });

    it('ends with Stop: the vendor is hung up on, and nothing more is shown', async () => {
      const seat = await sitAgreed('direct');
      speaks(['The first words. ', 'The last words.'], 1);
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.shown().includes('The first words.'));
      await seat.stop();
      if (stopIs === 'told') await seat.until(() => vendor.aborted() === 1);
      else vendor.goOn();
      await seat.until(() => seat.isWhole());
      expect(seat.shown()).not.toContain('The last words.');
    });

    it('ends with a withdrawal, and so does what comes after it', async () => {
      const seat = await sitAgreed('direct');
      speaks(['The first words. ', 'The last words.'], 1);
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(() => seat.shown().includes('The first words.'));
      await seat.command('off');
      await seat.until(isAnswered(seat, ending.withdrawn));
      const before = seat.shownCount();
      await seat.ask({ text: 'And now?' });
      await seat.until(() => seat.shownCount() > before && seat.isWhole());
      expect([vendor.asked().length, vendor.aborted()]).toEqual([1, 1]);
      expect(seat.shown()).not.toContain('The last words.');
    });

    it('makes live nothing that the platform’s clients would follow', async () => {
      const seat = await sitAgreed('direct');
      speaks(['Look: [here](https://evil.example/?q=1) and <!channel> @everyone. Done.']);
      await seat.ask({ text: 'Where?' });
      await seat.until(isAnswered(seat, 'Done.'));
      expect(seat.shown()).not.toMatch(/\]\(https|<!channel>|(?<!`)https:\/\/evil/u);
    });

    if (troubles.length > 0)
      it.each(troubles)(
        'is shown all the same, or its failure told, where the platform makes trouble: %s',
        async (trouble) => {
          const seat = await sitAgreed('direct');
          const before = seat.shownCount();
          seat.trouble(trouble);
          await seat.ask({ text: 'What is a turn?' });
          const isTold = (): boolean => seat.shown().includes(problem('not-shown'));
          await seat.until(() => seat.shownCount() > before && (isTold() || isAnswered(seat, LAST_WORDS)()));
          expect(vendor.asked()).toHaveLength(1);
        },
      );
  });

  describe('what people decided', () => {
    it('is still so after a restart, and a question that was answered before is not answered again', async () => {
      const seat = await sitAgreed('channel');
      await seat.ask({ text: 'What is a turn?' });
      await seat.until(isAnswered(seat, 'Here is an answer'));
      await dejiren.stop();
      if (isGoneAtStop) platform = await open();
      dejiren = await start();
      const again = isGoneAtStop ? await sit('channel') : seat;
      if (!isGoneAtStop) await again.deliverAgain();
      speaks(['Here is another answer.']);
      await again.ask({ text: 'And after the restart?' });
      await again.until(isAnswered(again, 'Here is another answer.'));
      expect(vendor.asked().map((one) => one.at(-1))).toEqual([
        expect.stringContaining('What is a turn?'),
        expect.stringContaining('And after the restart?'),
      ]);
    });
  });
}
