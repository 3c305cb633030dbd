import type { Notice } from '../../consent/notice';
import type { Card, CardAction, CardButton } from '../../model/card';
import type { CardLink } from '../../model/card-details';
import type { Language, MessageRef } from '../../model/turn';
import type { Sentences } from '../shape';

/** A question that waits for its asker's consent: it is kept nowhere, and read again from its platform. */
export interface WaitingQuestion {
  readonly ref: MessageRef;
  /** Whether the platform can give it back. */
  readonly isReadable: boolean;
}

/** What every card is written with. */
export interface Writing {
  readonly sentences: Sentences;
  readonly language: Language;
  readonly question: WaitingQuestion | undefined;
}

export function makeCard(parts: Partial<Card> & Pick<Card, 'title'>): Card {
  return { paragraphs: [], facts: [], links: [], buttons: [], ...parts };
}

export function button(label: string, action: CardAction, style: CardButton['style'] = 'plain'): CardButton {
  return { label, action, style };
}

/** The button that agrees to a notice. It promises an answer only where the question can be read again. */
export function agreeButton(notice: Notice, writing: Writing): CardButton {
  const { buttons } = writing.sentences.card;
  const label = writing.question?.isReadable === true ? buttons.agreeAndAnswer : buttons.agree;
  return button(label, grantOf(notice, again(writing)), 'primary');
}

export function grantOf({ vendor, id: noticeId }: Notice, more: Pick<CardAction, 'question'> = {}): CardAction {
  return { do: 'grant', vendor, purpose: 'use', noticeId, ...more };
}

/** The public article in the person's language, at its part about a vendor, where it is known how people reach it. */
export function articleLinks(
  page: string | undefined,
  { sentences: { card }, language }: Writing,
  vendor?: string,
): readonly CardLink[] {
  if (page === undefined) return [];
  return [{ label: card.article, url: `${page}?lang=${language}${vendor === undefined ? '' : `#${vendor}`}` }];
}

/** What a button carries of the question that waits. */
export function again({ question }: Writing): Pick<CardAction, 'question'> {
  return question === undefined ? {} : { question: question.ref };
}
