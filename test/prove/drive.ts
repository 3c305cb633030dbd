import type { Canaries, Field } from './canaries';
import { type Conduct, drip } from './conduct';
import type { Case, ProvenVendor } from './plan';
import type { Seat } from './seat';

/** How many requests each vendor had had at a moment. */
export type Counts = Readonly<Partial<Record<ProvenVendor, number>>>;

/** A moment of a case from which on something may, or may no more, be sent. */
export interface Moment {
  readonly caseId: string;
  readonly kind: 'agreed' | 'withdrawn';
  readonly counts: Counts;
}

export interface Drive {
  readonly canaries: Canaries;
  readonly counts: () => Counts;
  readonly note: (moment: Moment) => void;
  /** Whether what was asked of this vendor in a case is over: answered, refused or hung up. */
  readonly exchanged: (one: Case) => boolean;
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

/** Plays one case to its end: asked before consent, agreed, asked, and what the vendor or the person did then. */
export async function playCase(one: Case, seat: Seat, conduct: Conduct, drive: Drive): Promise<void> {
  const text = (field: Field): string => drive.canaries.of(field, one.id).text;
  await agree(one, seat, drive);
  await step('stray words', seat.command(`gibberish ${text('command')}`));
  await step('a strange press', seat.press(text('press')));

  const begun = drive.canaries.of('reply', one.id).word;
  const before = seat.shownCount();
  const stopDrip = conduct.gate === undefined ? undefined : drip(conduct.gate);
  try {
    await step(
      'a question',
      seat.ask({
        text: `${text('prompt')} what is this? ${text('prompt')}`,
        thread: text('thread'),
        ...(one.outcome === 'answer' && { files: [{ name: `${text('file-name')}.txt`, content: text('file') }] }),
      }),
    );
    if (conduct.gate !== undefined)
      await step(
        'first words',
        seat.until(() => seat.shown().includes(begun)),
      );
    switch (one.outcome) {
      case 'stop':
        await step('Stop', seat.stop());
        await step(
          'the vendor hung up on',
          seat.until(() => drive.exchanged(one)),
        );
        break;
      case 'withdrawal':
        await step('withdrawal', seat.command('off all'));
        drive.note({ caseId: one.id, kind: 'withdrawn', counts: drive.counts() });
        break;
    }
  } finally {
    stopDrip?.();
    conduct.gate?.open();
  }
  await step(
    'an end',
    seat.until(() => seat.shownCount() > before && seat.isWhole()),
  );
  if (one.outcome !== 'withdrawal') return;
  await step('a question after withdrawal', seat.ask({ text: text('late-prompt') }));
  const shown = seat.shownCount();
  await step(
    'a card after withdrawal',
    seat.until(() => seat.shownCount() > shown || seat.isWhole()),
  );
}

/** Asks before consent, is shown the card, and agrees to the one vendor. */
export async function agree(one: Case, seat: Seat, drive: Drive): Promise<void> {
  const stranger = drive.canaries.of('stranger', one.id).text;
  await step('a question before consent', seat.ask({ text: stranger }));
  await step(
    'a card',
    seat.until(() => seat.shownCount() > 0),
  );
  await step('the choice of a vendor', seat.command(`vendor ${one.vendor}`));
  drive.note({ caseId: one.id, kind: 'agreed', counts: drive.counts() });
  await step('consent', seat.command(`on ${one.vendor}`));
}

/** Asks, and resolves once the first words are shown: the answer stays in its middle. */
export async function begin(one: Case, seat: Seat, drive: Drive): Promise<void> {
  const [prompt, begun] = [drive.canaries.of('prompt', one.id).text, drive.canaries.of('reply', one.id).word];
  await step('a question', seat.ask({ text: prompt }));
  await step(
    'first words',
    seat.until(() => seat.shown().includes(begun)),
  );
}

async function step(what: string, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch {
    throw new NotTried(what);
  }
}
