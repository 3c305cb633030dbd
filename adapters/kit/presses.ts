import { z } from 'zod';
import type { ConsentHandler, ConsentOrigin } from '../../src/consent/consent';
import { endOf } from '../../src/consent/done';
import { consentCard } from '../../src/language/cards';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import type { TurnInbox, TurnSurface } from '../../src/model/adapter';
import { CARD_DEEDS, type Card, type CardAction } from '../../src/model/card';
import type { InputRegister } from '../../src/model/inputs';
import type { Language, MessageRef, Person, Turn, TurnId } from '../../src/model/turn';
import { requestOf, type TypedWish } from './request';
import { takeOnce } from './take-once';

/**
 * What a button carries through a platform and back, of every platform's; the reference of a question has a shape of
 * its own on each. It comes back signed, and is checked all the same.
 */
export const ACTION_FIELDS = {
  do: z.enum(CARD_DEEDS),
  vendor: z.string().max(64).optional(),
  part: z.int().min(1).max(99_999).optional(),
  purpose: z.enum(['use', 'training']).optional(),
  noticeId: z.string().max(128).optional(),
} as const;

const fields = z.object(ACTION_FIELDS);

/** What a press asks for, of fields that were checked against {@link ACTION_FIELDS}. `ticked`: the card's box was. */
export function actionOf(
  { do: what, vendor, part, purpose, noticeId }: z.output<typeof fields>,
  question: MessageRef | undefined,
  ticked: boolean,
): CardAction {
  return {
    do: what,
    ...(vendor !== undefined && { vendor }),
    ...(part !== undefined && { part }),
    ...(purpose !== undefined && { purpose }),
    ...(noticeId !== undefined && { noticeId }),
    ...(question !== undefined && { question }),
    ...(ticked && { training: true }),
  };
}

/** A press of a card's button, by the person for whom the card is. */
export interface Press {
  readonly person: Person;
  readonly action: CardAction;
  readonly origin: ConsentOrigin;
  /** Whether the platform can give back the question that the card asks about. */
  readonly readsAgain: boolean;
}

/** What came of a press. */
export interface Pressed {
  /** To be put in the place of the card that was pressed. */
  readonly card: Card;
  /** Nothing is to take the card's place, where the platform can do without. */
  readonly closes: boolean;
  /** `failed`: it is to be taken when it comes again. */
  readonly end: 'done' | 'failed';
  /** A question waits for its answer, now that its asker agreed; see {@link answerAgreed}. */
  readonly agreed: AgreedQuestion | undefined;
}

/** A question whose asker agreed. Its words were never kept to wait for that. */
export interface AgreedQuestion {
  readonly person: Person;
  readonly question: MessageRef;
  readonly agreedTo: 'use' | 'training';
  readonly language: Language;
  /** What the press is known by. */
  readonly pressId: string | undefined;
}

/**
 * Has a press decided on. The platform then shows the card, and answers the question that it agreed to, if any.
 *
 * @example
 * const { card, agreed } = await takePress({ person, action, origin, readsAgain: true }, consent);
 * await replace(card);
 * if (agreed !== undefined) await answerAgreed(agreed, { ...parts, readAgain, tell });
 */
export async function takePress(
  { person, action, origin, readsAgain }: Press,
  consent: ConsentHandler,
): Promise<Pressed> {
  const { question, ...asked } = action;
  const { language } = origin;
  const view = await consent.act(person, asked, origin);
  const agreedTo = asked.purpose ?? 'use';
  const agreed =
    view.kind === 'granted' && question !== undefined
      ? { person, question, agreedTo, language, pressId: origin.input?.id }
      : undefined;
  const waiting = question === undefined ? undefined : { ref: question, isReadable: readsAgain };
  return {
    card: consentCard(view, language, waiting),
    closes: view.kind === 'dismissed',
    end: endOf(view),
    agreed,
  };
}

export interface AnswerParts {
  readonly inbox: TurnInbox;
  readonly inputs: InputRegister;
  readonly now: () => number;
  /** What may be typed on the platform beside questions. */
  readonly wishes?: readonly TypedWish[];
  /** Reads the question again from the platform; undefined where it is gone, is not the person's, or may not be read. */
  readonly readAgain: (
    agreed: AgreedQuestion,
  ) => Promise<{ readonly turn: Turn; readonly surface: TurnSurface } | undefined>;
  /** Shows a card where the press was made, to the person alone. */
  readonly tell: (card: Card) => Promise<unknown>;
}

/**
 * Answers the question that a press agreed to, once, as it stands on the platform now. Where it cannot be read, the
 * person is asked to send it again. Rejects with what `readAgain` rejects with.
 */
export function answerAgreed(agreed: AgreedQuestion, parts: AnswerParts): Promise<void> {
  const { person, pressId, language } = agreed;
  const { platform, tenant } = person;
  const input = { platform, tenant, id: pressId && `${pressId}:answer` };
  return takeOnce(parts.inputs, input, parts.now(), async () => {
    const again = await parts.readAgain(agreed);
    if (again !== undefined && isQuestion(again.turn, parts.wishes)) parts.inbox.receive(again.turn, again.surface);
    else await parts.tell(noteCard(sentencesFor(language).sendAgain));
    return 'done';
  });
}

/** What was edited meanwhile may be a command by now, or nothing. */
function isQuestion({ question, files }: Turn, wishes: readonly TypedWish[] | undefined): boolean {
  const { kind } = requestOf(question, wishes);
  return kind === 'question' || (kind === 'nothing' && files.length > 0);
}

/** The id of a question's turn: where its message stands, and, where it is answered after an agreement, to what. */
export function turnIdOf(conversation: string, message: string, agreedTo?: 'use' | 'training'): TurnId {
  return `${conversation}:${message}${agreedTo === undefined ? '' : `:agreed-${agreedTo}`}` as TurnId;
}
