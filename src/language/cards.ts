import type { ConsentView } from '../consent/consent';
import type { Notice, Statement } from '../consent/notice';
import { diffNotices } from '../consent/notice-diff';
import type { Card, CardAction, CardButton } from '../model/card';
import type { Language, MessageRef } from '../model/turn';
import { sentencesFor } from './sentences';
import type { Sentences } from './shape';
import { whatGoes } from './what-goes';

/** What stays readable, and fits beside a signed receipt; the newest tell how somebody stands. */
const RECEIPTS_SHOWN = 6;

/** The card for what a question, a command or a button led to. `question` is answered once the person agrees. */
export function consentCard(view: ConsentView, language: Language, question?: MessageRef): Card {
  const sentences = sentencesFor(language);
  const { card } = sentences;
  const again = question === undefined ? {} : { question };
  const agree = (notice: Notice): CardButton => button(card.buttons.agree, grantOf(notice, again), 'primary');
  const read = (notice: Notice): CardButton =>
    button(card.buttons.read, { do: 'notice', vendor: notice.vendor, ...again });

  switch (view.kind) {
    case 'ask': {
      const { notice, reason, mode, before } = view;
      const asksForTraining = notice.route.sharesForTraining && reason !== 'training';
      return makeCard({
        title: card.askTitle(notice.vendorName),
        paragraphs: [card.askLead[reason], ...(mode === 'opt-out' && reason === 'first' ? [card.askOptOut] : [])],
        facts: [...changes(before, notice, sentences, language), ...handling(notice, sentences, language)],
        ...(asksForTraining && { choice: card.trainingChoice }),
        buttons:
          reason === 'training'
            ? [
                button(card.buttons.agreeTraining, { ...grantOf(notice, again), purpose: 'training' }, 'primary'),
                read(notice),
              ]
            : [agree(notice), read(notice)],
        footnote: `${card.askPromise} ${card.withdrawHint}`,
      });
    }
    case 'granted': {
      const [first] = view.notices;
      const names = view.notices.map((notice) => notice.vendorName).join(', ');
      const undo: CardAction =
        view.notices.length === 1 && first !== undefined
          ? { do: 'withdraw', vendor: first.vendor }
          : { do: 'withdraw-all' };
      return makeCard({
        title: card.grantedTitle,
        paragraphs: [card.granted(names), ...(view.already ? [card.already] : []), card.grantedDetail],
        facts: first !== undefined && view.notices.length === 1 ? handling(first, sentences, language) : [],
        buttons: [button(card.buttons.undoGrant, undo), ...(first === undefined ? [] : [read(first)])],
        footnote: card.withdrawHint,
      });
    }
    case 'withdrawn':
      return makeCard({
        title: card.withdrawnTitle,
        paragraphs: [
          view.all ? card.withdrawnAll : card.withdrawn(view.vendors.join(', ')),
          view.already ? card.already : card.withdrawnDetail,
        ],
        facts: view.undo === undefined ? [] : handling(view.undo, sentences, language),
        buttons:
          view.undo === undefined
            ? [button(card.buttons.status, { do: 'status' })]
            : [button(card.buttons.undoWithdraw, grantOf(view.undo, {})), read(view.undo)],
      });
    case 'status':
      return makeCard({
        title: card.statusTitle,
        facts: view.states.map((standing) => ({
          label: standing.vendorName,
          value: [
            card.standing[standing.state],
            ...(standing.since === undefined ? [] : [`${card.since} ${sentences.date(standing.since)}`]),
            sentences.region(standing.region),
            ...(standing.inEffect ? [card.inEffect] : []),
          ].join(' · '),
        })),
        buttons: view.states.some(({ state }) => state === 'agreed' || state === 'notice-shown')
          ? [button(card.buttons.withdrawAll, { do: 'withdraw-all' }, 'danger')]
          : [],
        footnote: card.withdrawHint,
      });
    case 'vendor-chosen':
      return makeCard({
        title: card.vendorChosenTitle,
        paragraphs: [card.vendorChosen(view.notice.vendorName), ...(view.agreed ? [] : [card.vendorChosenAsk])],
        facts: handling(view.notice, sentences, language),
        buttons: view.agreed ? [read(view.notice)] : [agree(view.notice), read(view.notice)],
      });
    case 'vendor-unknown':
      return makeCard({ title: card.vendorUnknownTitle, paragraphs: [card.vendorUnknown(view.vendors.join(', '))] });
    case 'notice': {
      const { notice, agreed } = view;
      return makeCard({
        title: card.noticeTitle(notice.vendorName),
        paragraphs: [agreed ? card.agreed : card.notAgreed],
        facts: [
          ...handling(notice, sentences, language),
          { label: card.labels.notice, value: notice.id.slice(0, 16) },
          { label: card.labels.checked, value: oldestCheck(notice.statements) },
        ],
        links: sourcesOf(notice.statements).map(({ source, checkedOn }) => ({
          label: card.source(source.title, checkedOn),
          url: source.url,
        })),
        buttons: agreed ? [button(card.buttons.undoGrant, { do: 'withdraw', vendor: notice.vendor })] : [agree(notice)],
      });
    }
    case 'receipt': {
      const { signed, receipts } = view;
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
    case 'export': {
      const { part } = view;
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
    case 'erase-confirm':
      return makeCard({
        title: card.eraseTitle,
        paragraphs: [card.eraseConfirm],
        buttons: [button(card.buttons.erase, { do: 'erase' }, 'danger'), button(card.buttons.keep, { do: 'dismiss' })],
      });
    case 'erased':
      return makeCard({ title: card.erasedTitle, paragraphs: [card.erased] });
    case 'help':
      return makeCard({
        title: card.helpTitle,
        paragraphs: [...card.help, card.helpVendors(view.vendors.join(', '))],
        buttons: [button(card.buttons.status, { do: 'status' })],
      });
    case 'refused':
      return makeCard({ title: card.refusedTitle, paragraphs: [card.refused[view.reason]] });
  }
}

function makeCard(parts: Partial<Card> & Pick<Card, 'title'>): Card {
  return { paragraphs: [], facts: [], links: [], buttons: [], ...parts };
}

function button(label: string, action: CardAction, style: CardButton['style'] = 'plain'): CardButton {
  return { label, action, style };
}

function grantOf(notice: Notice, again: Pick<CardAction, 'question'>): CardAction {
  return { do: 'grant', vendor: notice.vendor, purpose: 'use', noticeId: notice.id, ...again };
}

/** What goes where, who keeps it how long, is it used for training, which place. */
function handling(notice: Notice, { card, country }: Sentences, language: Language): Card['facts'] {
  const { route } = notice;
  const stated = notice.statements.map(({ key, text }) => ({
    label: card.labels[key],
    value: key === 'training' && route.sharesForTraining ? card.sharesForTraining : text[language],
  }));
  return [
    {
      label: card.labels.what,
      value: whatGoes(route, card),
    },
    { label: card.labels.to, value: card.to(notice.vendorName, route.endpoint, route.model) },
    { label: card.labels.where, value: country(route.region) },
    ...stated,
  ];
}

/** What changed since the person agreed. Wording alone is not told here: it is shown as it is now. */
function changes(
  before: Notice | undefined,
  now: Notice,
  { card, country }: Sentences,
  language: Language,
): Card['facts'] {
  if (before === undefined) return [];
  return diffNotices(before, now)
    .filter(({ material }) => material)
    .map((difference) => {
      switch (difference.about) {
        case 'endpoint':
        case 'model':
          return [card.labels[difference.about], difference.before, difference.after] as const;
        case 'region':
          return [card.labels.where, country(difference.before), country(difference.after)] as const;
        case 'context': {
          const what = (mode: string): string => card.what[mode === 'consented' || mode === 'none' ? mode : 'own'];
          return [card.labels.what, what(difference.before), what(difference.after)] as const;
        }
        case 'memory': {
          const kept = ({ route }: Notice): string | undefined => route.memory && card.memory(route.memory);
          return [card.labels.what, kept(before), kept(now)] as const;
        }
        case 'redaction':
          return [
            card.labels.what,
            card.redaction(before.route.redaction),
            card.redaction(now.route.redaction),
          ] as const;
        case 'sharing': {
          const shared = (word: string): string | undefined => (word === 'yes' ? card.sharesForTraining : undefined);
          return [card.labels.training, shared(difference.before), shared(difference.after)] as const;
        }
        default:
          return [card.labels[difference.about], difference.before?.[language], difference.after?.[language]] as const;
      }
    })
    .map(([label, was, is]) => ({ label: card.changed(label), value: card.changedTo(was, is) }));
}

function oldestCheck(statements: readonly Statement[]): string {
  return statements.map(({ checkedOn }) => checkedOn).sort()[0] ?? '–';
}

function sourcesOf(statements: readonly Statement[]): readonly Statement[] {
  const byUrl = new Map(statements.map((statement) => [statement.source.url, statement]));
  return [...byUrl.values()].filter(({ source }) => source.url !== '');
}
