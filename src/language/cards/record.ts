import type { ConsentView } from '../../consent/consent';
import type { Card, CardButton } from '../../model/card';
import { button, makeCard, type Writing } from './parts';

type View<Kind extends ConsentView['kind']> = Extract<ConsentView, { kind: Kind }>;

/** What stays readable, and fits beside a signed receipt; the newest tell how somebody stands. */
const RECEIPTS_SHOWN = 6;

export function receiptCard({ signed, receipts }: View<'receipt'>, { sentences: { card } }: Writing): Card {
  const newest = receipts.slice(-RECEIPTS_SHOWN);
  return makeCard({
    title: card.receiptTitle,
    paragraphs: [
      ...(receipts.length === 0 ? [card.receiptNone] : []),
      ...(receipts.length > newest.length ? [card.receiptNewest(newest.length, receipts.length)] : []),
      ...(signed === undefined ? [] : [card.receiptSigned(signed.vendorName)]),
    ],
    facts: newest.map((receipt) => ({ label: receipt.vendorName, value: card.receipt(receipt) })),
    ...(signed !== undefined && {
      copy: { text: signed.jws, fileName: `dejiren-receipt-${signed.vendor}.jws` },
      buttons: [button(card.buttons.export, { do: 'export', part: 1 })],
      footnote: card.verifyHint,
    }),
  });
}

export function exportCard({ part }: View<'export'>, { sentences: { card } }: Writing): Card {
  if (part === undefined) return makeCard({ title: card.exportTitle, paragraphs: [card.receiptNone] });
  const { number, of, jws } = part;
  const turn = (label: string, to: number): CardButton => button(label, { do: 'export', part: to });
  return makeCard({
    title: card.exportTitle,
    paragraphs: [of === 1 ? card.exportWhole : card.exportPart(number, of)],
    copy: { text: jws, fileName: `dejiren-export-${number}-of-${of}.jws` },
    buttons: [
      ...(number > 1 ? [turn(card.buttons.previous, number - 1)] : []),
      ...(number < of ? [turn(card.buttons.next, number + 1)] : []),
    ],
    footnote: card.verifyHint,
  });
}

export function eraseCard({ sentences: { card } }: Writing): Card {
  return makeCard({
    title: card.eraseTitle,
    paragraphs: [card.eraseConfirm],
    buttons: [button(card.buttons.erase, { do: 'erase' }, 'danger'), button(card.buttons.keep, { do: 'dismiss' })],
  });
}
