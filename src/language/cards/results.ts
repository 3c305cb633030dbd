import type { ConsentView } from '../../consent/consent';
import type { Notice } from '../../consent/notice';
import type { Card, CardAction } from '../../model/card';
import { detailsOf } from './notice';
import { again, button, grantOf, makeCard, type Writing } from './parts';

type View<Kind extends ConsentView['kind']> = Extract<ConsentView, { kind: Kind }>;

/** What came of an agreement: how it stands, until when, and the way back. */
export function grantedCard({ notices, validUntil }: View<'granted'>, { sentences }: Writing): Card {
  const { card, date, list } = sentences;
  const names = list(notices.map(({ vendorName }) => vendorName));
  const [first, ...others] = notices;
  const undo: CardAction =
    first !== undefined && others.length === 0 ? { do: 'withdraw', vendor: first.vendor } : { do: 'withdraw-all' };
  return makeCard({
    title: card.granted(names),
    paragraphs: [card.validUntil(date(validUntil))],
    buttons: [button(card.buttons.undoGrant, undo)],
  });
}

export function withdrawnCard({ vendors, all, undo }: View<'withdrawn'>, { sentences }: Writing): Card {
  const { card, list } = sentences;
  return makeCard({
    title: all ? card.withdrawnAll : card.withdrawn(list(vendors)),
    paragraphs: [card.withdrawnDetail],
    buttons: [
      undo === undefined
        ? button(card.buttons.status, { do: 'status' })
        : button(card.buttons.undoWithdraw, grantOf(undo)),
    ],
  });
}

export function chosenCard({ notice, validUntil, before }: View<'vendor-chosen'>, writing: Writing): Card {
  const { card, date } = writing.sentences;
  const { vendor, vendorName } = notice;
  return makeCard({
    title: card.vendorChosen(vendorName),
    paragraphs: [validUntil === undefined ? card.vendorChosenAsk : card.validUntil(date(validUntil))],
    buttons: [
      ...(validUntil === undefined ? [button(card.buttons.review, { do: 'ask', vendor }, 'primary')] : []),
      ...(before === undefined ? [] : [button(card.buttons.undoChoice, { do: 'choose', vendor: before })]),
    ],
  });
}

/** A notice that says the same in other words since somebody agreed. */
export function rewordedCard(notice: Notice, writing: Writing): Card {
  const { card } = writing.sentences;
  return makeCard({
    title: card.reworded(notice.vendorName),
    paragraphs: [card.rewordedDetail],
    buttons: [
      {
        ...button(card.buttons.details, { do: 'notice', vendor: notice.vendor, ...again(writing) }),
        details: detailsOf(notice, undefined, writing),
      },
      button(card.buttons.undoGrant, { do: 'withdraw', vendor: notice.vendor }),
    ],
  });
}
