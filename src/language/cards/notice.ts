import type { ConsentView } from '../../consent/consent';
import type { Notice, Statement } from '../../consent/notice';
import { diffNotices, type NoticeDifference } from '../../consent/notice-diff';
import type { Card } from '../../model/card';
import type { CardDetails, CardFact } from '../../model/card-details';
import { dayWritten } from '../dates';
import { whatGoes } from '../what-goes';
import { again, agreeButton, articleLinks, button, makeCard, type Writing } from './parts';

/** The whole notice, with a way back where a button led to it. */
export function noticeCard(
  { notice, before, agreed, opened }: Extract<ConsentView, { kind: 'notice' }>,
  writing: Writing,
): Card {
  const { card } = writing.sentences;
  return makeCard({
    title: card.noticeTitle(notice.vendorName),
    paragraphs: [agreed ? card.agreed : card.notAgreed],
    ...detailsOf(notice, before, writing),
    buttons: [
      agreed ? button(card.buttons.withdraw, { do: 'withdraw', vendor: notice.vendor }) : agreeButton(notice, writing),
      ...(opened ? [button(card.buttons.back, { do: 'ask', vendor: notice.vendor, ...again(writing) })] : []),
    ],
  });
}

/** All that a notice says, with its sources; what changed since somebody agreed comes first. */
export function detailsOf(notice: Notice, before: Notice | undefined, writing: Writing): CardDetails {
  const { card } = writing.sentences;
  return {
    facts: [
      ...changes(before, notice, writing),
      ...handling(notice, writing),
      { label: card.labels.notice, value: notice.id.slice(0, 16) },
      { label: card.labels.checked, value: dayWritten(oldestCheck(notice.statements), writing.language) },
    ],
    links: [
      ...articleLinks(notice.page, writing, notice.vendor),
      ...sourcesOf(notice.statements).map(({ source, checkedOn }) => ({
        label: card.source(source.title, dayWritten(checkedOn, writing.language)),
        url: source.url,
      })),
    ],
    footnote: card.paragraph([card.askPromise, card.withdrawHint]),
  };
}

/** What goes where, who keeps it how long, is it used for training, which place. */
function handling(notice: Notice, { sentences: { card, country }, language }: Writing): readonly CardFact[] {
  const { route } = notice;
  const stated = notice.statements.map(({ key, text }) => ({
    label: card.labels[key],
    value: key === 'training' && route.sharesForTraining ? card.sharesForTraining : text[language],
  }));
  return [
    { label: card.labels.what, value: whatGoes(route, card) },
    { label: card.labels.to, value: card.to(notice.vendorName, route.endpoint, route.model) },
    { label: card.labels.where, value: country(route.region) },
    ...stated,
  ];
}

/** What changed since the person agreed. Wording alone is not told here: it is shown as it is now. */
function changes(before: Notice | undefined, now: Notice, writing: Writing): readonly CardFact[] {
  if (before === undefined) return [];
  const { card } = writing.sentences;
  return diffNotices(before, now)
    .filter(({ material }) => material)
    .map((difference) => changeOf(difference, before, now, writing))
    .map(([label, was, is]) => ({ label: card.changed(label), value: card.changedTo(was, is) }));
}

function changeOf(
  difference: NoticeDifference,
  before: Notice,
  now: Notice,
  { sentences: { card, country }, language }: Writing,
): readonly [label: string, before: string | undefined, after: string | undefined] {
  switch (difference.about) {
    case 'endpoint':
    case 'model':
      return [card.labels[difference.about], difference.before, difference.after];
    case 'region':
      return [card.labels.where, country(difference.before), country(difference.after)];
    case 'context': {
      const what = (mode: string): string => card.what[mode === 'consented' || mode === 'none' ? mode : 'own'];
      return [card.labels.what, what(difference.before), what(difference.after)];
    }
    case 'memory': {
      const kept = ({ route }: Notice): string | undefined => route.memory && card.memory(route.memory);
      return [card.labels.what, kept(before), kept(now)];
    }
    case 'redaction':
      return [card.labels.what, card.redaction(before.route.redaction), card.redaction(now.route.redaction)];
    case 'sharing': {
      const shared = (word: string): string | undefined => (word === 'yes' ? card.sharesForTraining : undefined);
      return [card.labels.training, shared(difference.before), shared(difference.after)];
    }
    default:
      return [card.labels[difference.about], difference.before?.[language], difference.after?.[language]];
  }
}

function oldestCheck(statements: readonly Statement[]): string {
  return statements.map(({ checkedOn }) => checkedOn).sort()[0] ?? '–';
}

function sourcesOf(statements: readonly Statement[]): readonly Statement[] {
  const byUrl = new Map(statements.map((statement) => [statement.source.url, statement]));
  return [...byUrl.values()].filter(({ source }) => source.url !== '');
}
