import type { ConsentView } from '../consent/consent';
import type { Card } from '../model/card';
import type { Language } from '../model/turn';
import { labelCard } from './cards/label';
import { noticeCard } from './cards/notice';
import { articleLinks, button, makeCard, type WaitingQuestion, type Writing } from './cards/parts';
import { eraseCard, exportCard, receiptCard } from './cards/record';
import { chosenCard, grantedCard, rewordedCard, withdrawnCard } from './cards/results';
import { noteCard } from './note-card';
import { sentencesFor } from './sentences';

/** The card for what a question, a command or a button led to. `question` is answered once the person agrees. */
export function consentCard(view: ConsentView, language: Language, question?: WaitingQuestion): Card {
  const sentences = sentencesFor(language);
  const { card } = sentences;
  const writing: Writing = { sentences, language, question };
  switch (view.kind) {
    case 'ask':
      return labelCard(view, writing);
    case 'granted':
      return grantedCard(view, writing);
    case 'withdrawn':
      return withdrawnCard(view, writing);
    case 'status':
      return statusCard(view, writing);
    case 'vendor-chosen':
      return chosenCard(view, writing);
    case 'vendor-unknown':
      return makeCard({
        title: card.vendorUnknownTitle,
        paragraphs: [card.vendorUnknown(sentences.list(view.vendors))],
      });
    case 'notice':
      return noticeCard(view, writing);
    case 'notice-reworded':
      return rewordedCard(view.notice, writing);
    case 'dismissed':
      return noteCard(card.dismissed);
    case 'receipt':
      return receiptCard(view, writing);
    case 'export':
      return exportCard(view, writing);
    case 'erase-confirm':
      return eraseCard(writing);
    case 'erased':
      return makeCard({ title: card.erasedTitle, paragraphs: [card.erased] });
    case 'help':
      return makeCard({
        title: card.helpTitle,
        paragraphs: [...card.help, card.helpVendors(sentences.list(view.vendors))],
        links: articleLinks(view.page, writing),
        buttons: [button(card.buttons.status, { do: 'status' })],
      });
    case 'refused':
      return makeCard({ title: card.refusedTitle, paragraphs: [card.refused[view.reason]] });
  }
}

function statusCard({ states }: Extract<ConsentView, { kind: 'status' }>, { sentences }: Writing): Card {
  const { card } = sentences;
  return makeCard({
    title: card.statusTitle,
    facts: states.map((standing) => ({
      label: standing.vendorName,
      value: card.line([
        card.standing[standing.state],
        ...(standing.since === undefined ? [] : [card.since(sentences.date(standing.since))]),
        sentences.region(standing.region),
        ...(standing.inEffect ? [card.inEffect] : []),
      ]),
    })),
    buttons: states.some(({ state }) => state === 'agreed' || state === 'notice-shown')
      ? [button(card.buttons.withdrawAll, { do: 'withdraw-all' }, 'danger')]
      : [],
    footnote: card.withdrawHint,
  });
}
