import type { AskReason, ConsentView } from '../../src/consent/consent';
import { createNotice, type Notice, type NoticeRoute } from '../../src/consent/notice';
import { consentCard } from '../../src/language/cards';
import type { Card } from '../../src/model/card';
import type { ConversationId, Language, MessageId, ThreadId } from '../../src/model/turn';
import { KINDS } from '../../src/redact/kinds';
import { ALL_RESIDENCIES } from '../../src/vendors/kit/residency';
import { DATA_HANDLING } from '../../src/vendors/registry';

/** A label as somebody may see it, with what makes it what it is. */
export interface LabelVariant {
  readonly name: string;
  readonly language: Language;
  readonly card: Card;
}

const CONTEXTS = [undefined, 'consented', 'none'] as const;
const REDACTIONS = [
  undefined,
  { mode: 'off', without: [] },
  ...(['mask', 'block'] as const).flatMap((mode) =>
    [[], ['phone', 'iban'], KINDS.filter((kind) => kind !== 'secret')].flatMap((without) =>
      [undefined, 'presidio.internal.example.com'].map((detector) => ({
        mode,
        without,
        ...(detector && { detector }),
      })),
    ),
  ),
] satisfies NoticeRoute['redaction'][];
/** Those whose settings know the sharing of data. */
const MAY_SHARE: ReadonlySet<string> = new Set(['openai', 'mistral']);
const HERE: Readonly<Record<string, readonly string[]>> = {
  preview: ['this-machine'],
  'openai-compatible': ['this-machine', 'own-servers'],
};

/** Every notice that a label may be about: each vendor with each region, context, redaction and sharing that it can have. */
export function everyNotice(): readonly Notice[] {
  return [...DATA_HANDLING.entries()].flatMap(([vendor, handling]) => {
    const regions = HERE[vendor] ?? ALL_RESIDENCIES.filter((one) => one !== 'this-machine' && one !== 'own-servers');
    return regions.flatMap((region) =>
      CONTEXTS.flatMap((context) =>
        REDACTIONS.flatMap((redaction) =>
          (MAY_SHARE.has(vendor) ? [false, true] : [false]).map((sharesForTraining) =>
            createNotice({
              ...handling,
              route: {
                vendor,
                endpoint: vendor === 'preview' ? 'none' : 'api.example.com',
                region,
                model: 'a-model-of-theirs',
                sharesForTraining,
                context,
                redaction,
              },
            }),
          ),
        ),
      ),
    );
  });
}

/** Every label about a notice, in one language: why it is asked, and where it is shown. */
export function labelsOf(notice: Notice, language: Language): readonly LabelVariant[] {
  const ref = {
    conversation: 'C1' as ConversationId,
    thread: '1.0' as ThreadId,
    message: '1.5' as MessageId,
  };
  const name = [
    notice.vendor,
    notice.route.region,
    notice.route.context ?? 'own',
    JSON.stringify(notice.route.redaction ?? 'all masked'),
    notice.route.sharesForTraining ? 'shared' : '',
  ].join(' ');
  const views: readonly Extract<ConsentView, { kind: 'ask' }>[] = [
    ...reasonsFor(notice).map((reason) => askFor(notice, reason)),
    ...(notice.route.sharesForTraining ? [] : [{ ...askFor(notice, 'first'), silence: 'sends' } as const]),
    { ...askFor(notice, 'first'), typed: true },
    { ...askFor(notice, 'notice-changed'), typed: true },
  ];
  return views.map((view) => ({
    name: `${name} ${view.reason} ${view.silence} ${view.typed === true ? 'typed' : ''}`,
    language,
    card: consentCard(view, language, view.typed === true ? undefined : { ref, isReadable: true }),
  }));
}

function reasonsFor({ route }: Notice): readonly (AskReason | 'withdrawn')[] {
  return ['first', 'notice-changed', 'expired', 'withdrawn', ...(route.sharesForTraining ? ['training' as const] : [])];
}

/** What changed is everything that can. */
function askFor(notice: Notice, reason: AskReason | 'withdrawn'): Extract<ConsentView, { kind: 'ask' }> {
  const { route, statements } = notice;
  const before = createNotice({
    ...notice,
    route: {
      ...route,
      endpoint: 'older.example.com',
      region: 'xx',
      model: 'an-older-one',
      sharesForTraining: !route.sharesForTraining,
      context: route.context === 'none' ? 'consented' : 'none',
      redaction: { mode: 'off', without: ['secret'] },
    },
    statements: statements.map((one) => ({ ...one, value: `not-${one.value}` })),
  });
  const changed = reason === 'notice-changed' ? { before } : {};
  return { kind: 'ask', reason, notice, silence: 'asks-again', ...changed };
}
