import type { ConsentView } from '../../consent/consent';
import type { Notice } from '../../consent/notice';
import { diffNotices, type NoticeDifference } from '../../consent/notice-diff';
import type { Card, CardButton } from '../../model/card';
import type { CardFact } from '../../model/card-details';
import type { Changed } from '../label/shape';
import { detailsOf } from './notice';
import { again, agreeButton, button, grantOf, makeCard, type Writing } from './parts';

type Ask = Extract<ConsentView, { kind: 'ask' }>;

/** Asks for consent: one question, five lines, and what to press. The whole notice is one press away. */
export function labelCard(view: Ask, writing: Writing): Card {
  const { notice, reason, silence, typed } = view;
  const { label } = writing.sentences;
  const isForTraining = reason === 'training';
  return makeCard({
    title: isForTraining ? label.trainingTitle(notice.vendorName) : label.title(notice.vendorName),
    paragraphs: [...leadOf(view, writing), ...(silence === 'sends' ? [label.sendsUnlessRefused] : [])],
    lines: linesOf(notice, writing),
    ...(notice.route.sharesForTraining && !isForTraining && { choice: label.trainingChoice }),
    buttons: buttonsOf(view, writing),
    ...(silence !== 'sends' && { footnote: typed === true ? label.typeAgain : label.withdrawHint }),
  });
}

/** Why they are asked once more. */
function leadOf({ reason, notice, before }: Ask, { sentences: { label } }: Writing): readonly string[] {
  if (reason === 'first' || reason === 'training') return [];
  if (reason !== 'notice-changed') return [label.lead[reason]];
  const changed = before === undefined ? [] : changesOf(before, notice);
  return changed.length === 0 ? [] : [label.changed(changed)];
}

function changesOf(before: Notice, now: Notice): readonly Changed[] {
  const material = diffNotices(before, now).filter((difference) => difference.material);
  return [...new Set(material.map(({ about }) => LINE_OF[about]))];
}

const LINE_OF: Readonly<Record<NoticeDifference['about'], Changed>> = {
  context: 'what',
  memory: 'what',
  redaction: 'masked',
  endpoint: 'endpoint',
  model: 'model',
  region: 'where',
  residency: 'where',
  sharing: 'training',
  training: 'training',
  retention: 'retention',
  'human-review': 'human-review',
  'third-parties': 'third-parties',
  'zero-retention': 'zero-retention',
  'cross-border': 'cross-border',
};

function linesOf(
  { route, statements }: Notice,
  { sentences: { label, region }, language }: Writing,
): readonly CardFact[] {
  const brief = (key: 'training' | 'retention' | 'residency'): string | undefined => {
    const stated = statements.find((one) => one.key === key);
    return (stated?.brief ?? stated?.text)?.[language];
  };
  const isProven = route.region !== 'global' && route.endpoint !== 'none';
  const lines = {
    what: label.what[route.context ?? 'own'],
    masked: label.masked(route.redaction),
    training: route.sharesForTraining ? label.sharesForTraining : brief('training'),
    retention: brief('retention'),
    where: isProven ? asValue(region(route.region)) : (brief('residency') ?? asValue(region(route.region))),
  };
  return (['what', 'masked', 'training', 'retention', 'where'] as const).flatMap((name) => {
    const value = lines[name];
    return value === undefined ? [] : [{ label: label.names[name], value }];
  });
}

/** A value of its own begins with a capital. */
function asValue(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function buttonsOf({ notice, reason, silence, before }: Ask, writing: Writing): readonly CardButton[] {
  const { buttons } = writing.sentences.card;
  const toTraining = { ...grantOf(notice, again(writing)), purpose: 'training' } as const;
  return [
    reason === 'training' ? button(buttons.agreeTraining, toTraining, 'primary') : agreeButton(notice, writing),
    {
      ...button(buttons.details, { do: 'notice', vendor: notice.vendor, ...again(writing) }),
      details: detailsOf(notice, before, writing),
    },
    silence === 'sends'
      ? button(buttons.optOut, { do: 'withdraw', vendor: notice.vendor })
      : button(buttons.notNow, { do: 'dismiss' }),
  ];
}
