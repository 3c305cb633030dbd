import type { AskReason, ConsentView } from '../../src/consent/consent';
import { createNotice, type Notice } from '../../src/consent/notice';
import { consentCard } from '../../src/language/cards';
import type { Card } from '../../src/model/card';
import type { Language, MessageRef } from '../../src/model/turn';
import { DATA_HANDLING, VENDORS, type Vendor } from '../../src/vendors/registry';

/** A card of the product's, and what a list calls it. */
export interface NamedCard {
  readonly name: string;
  readonly language: Language;
  readonly card: Card;
}

const LANGUAGES = ['en', 'ja'] as const;
/** A question that can be read again. */
const QUESTION = { conversation: 'C1', thread: '1.0', message: '1.5' } as MessageRef;

/** Where each vendor is met: the longest names that a deployment is likely to have. */
const ROUTES: Readonly<Record<Vendor, readonly [endpoint: string, region: string, model: string]>> = {
  openai: ['jp.api.openai.com', 'jp', 'gpt-5-mini'],
  'azure-openai': ['contoso-generative-ai.openai.azure.com', 'jp', 'gpt-5-mini'],
  'vertex-ai': ['asia-northeast1-aiplatform.googleapis.com', 'jp', 'gemini-3-flash'],
  bedrock: ['bedrock-runtime.ap-northeast-1.amazonaws.com', 'jp', 'jp.anthropic.claude-sonnet-4-6'],
  anthropic: ['api.anthropic.com', 'global', 'claude-sonnet-4-6'],
  mistral: ['api.mistral.ai', 'eu', 'mistral-large-latest'],
  'openai-compatible': ['llm.intern.contoso.example', 'own-servers', 'llama3.2'],
  preview: ['none', 'this-machine', 'preview'],
};

/** The notice of a vendor, as it is in force. */
export function noticeOf(vendor: Vendor, route: Partial<Notice['route']> = {}): Notice {
  const handling = DATA_HANDLING.get(vendor);
  if (handling === undefined) throw new Error(`there is no notice of ${vendor}`);
  const [endpoint, region, model] = ROUTES[vendor];
  return createNotice({
    ...handling,
    route: { vendor, endpoint, region, model, sharesForTraining: false, ...route },
  });
}

/** Every card that asks for consent: of each vendor, for each reason, with and without a question, in each language. */
export function askCards(): readonly NamedCard[] {
  return VENDORS.flatMap((vendor) => {
    const notice = noticeOf(vendor);
    const views: readonly (readonly [string, ConsentView, MessageRef?])[] = [
      ['first', ask(notice, 'first'), QUESTION],
      ['first-no-question', ask(notice, 'first')],
      ['opt-out', { kind: 'ask', reason: 'first', notice, silence: 'sends' }, QUESTION],
      [
        'changed',
        { ...ask(notice, 'notice-changed'), before: noticeOf(vendor, { region: 'eu', model: 'an-older-model' }) },
        QUESTION,
      ],
      ['expired', ask(notice, 'expired'), QUESTION],
      ['withdrawn', ask(notice, 'withdrawn'), QUESTION],
      ['shares', ask(noticeOf(vendor, { sharesForTraining: true }), 'first'), QUESTION],
      ['training', ask(noticeOf(vendor, { sharesForTraining: true }), 'training'), QUESTION],
      ['remembers', ask(noticeOf(vendor, { memory: { turns: 20, minutes: 15 } }), 'first'), QUESTION],
    ];
    return views.flatMap(([name, view, question]) => named(`ask-${vendor}-${name}`, view, question));
  });
}

/** The other cards of consent, of one vendor. */
export function otherCards(): readonly NamedCard[] {
  const notice = noticeOf('openai');
  const since = Date.UTC(2026, 10, 24);
  const standing = { vendor: 'openai', vendorName: 'OpenAI', region: 'jp', since, inEffect: true } as const;
  const elsewhere = { vendor: 'preview', vendorName: 'Preview', region: 'this-machine', since: undefined } as const;
  const views: readonly (readonly [string, ConsentView])[] = [
    ['granted', { kind: 'granted', notices: [notice], already: false, validUntil: Date.UTC(2027, 10, 28) }],
    ['withdrawn', { kind: 'withdrawn', vendors: ['OpenAI'], all: false, already: false, undo: notice }],
    [
      'status',
      {
        kind: 'status',
        states: [
          { ...standing, state: 'agreed' },
          { ...elsewhere, state: 'not-asked', inEffect: false },
        ],
      },
    ],
    ['notice-reworded', { kind: 'notice-reworded', notice }],
    ['vendor-chosen', { kind: 'vendor-chosen', notice, validUntil: undefined, before: 'preview' }],
    ['notice', { kind: 'notice', notice, agreed: false, opened: true }],
    ['erase-confirm', { kind: 'erase-confirm' }],
    ['erased', { kind: 'erased' }],
    ['help', { kind: 'help', vendors: ['OpenAI', 'Preview'] }],
    ['refused', { kind: 'refused', reason: 'notice-expired' }],
  ];
  return views.flatMap(([name, view]) => named(name, view));
}

function ask(notice: Notice, reason: AskReason | 'withdrawn'): ConsentView & { kind: 'ask' } {
  return { kind: 'ask', reason, notice, silence: 'asks-again' };
}

function named(name: string, view: ConsentView, question?: MessageRef): readonly NamedCard[] {
  return LANGUAGES.map((language) => ({
    name: `${name}-${language}`,
    language,
    card: consentCard(view, language, question && { ref: question, isReadable: true }),
  }));
}
