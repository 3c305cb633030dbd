import { blocksOfCard } from '../../adapters/slack/cards';
import { cardActivity } from '../../adapters/teams/cards';
import type { AskReason, ConsentView, DenyReason, VendorState } from '../../src/consent/consent';
import { createNotice, type Notice } from '../../src/consent/notice';
import type { Receipt } from '../../src/consent/receipt';
import { consentCard } from '../../src/language/cards';
import { dayOf, momentOf } from '../../src/language/dates';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import { type Card, COPY_CHARACTERS, RECEIPT_CHARACTERS } from '../../src/model/card';
import type { ConversationId, MessageId, MessageRef, ThreadId } from '../../src/model/turn';
import { faultOfBlocks } from '../../src/prove/doubles/slack/blocks';
import { DATA_HANDLING } from '../../src/vendors/registry';

const ref: MessageRef = {
  conversation: 'C1' as ConversationId,
  thread: '1.0' as ThreadId,
  message: '1.5' as MessageId,
};
const question = { ref, isReadable: true };
const UNTIL = Date.UTC(2027, 10, 28);

const ROUTES = {
  openai: { endpoint: 'jp.api.openai.com', region: 'jp', model: 'gpt-5-mini' },
  'openai-compatible': { endpoint: 'llm.example.com', region: 'own-servers', model: 'llama3.2' },
  preview: { endpoint: 'none', region: 'this-machine', model: 'preview' },
} as const;

function noticeOf(vendor: keyof typeof ROUTES, sharesForTraining = false): Notice {
  const handling = DATA_HANDLING.get(vendor);
  if (handling === undefined) throw new Error(vendor);
  return createNotice({ ...handling, route: { vendor, ...ROUTES[vendor], sharesForTraining } });
}

const openai = noticeOf('openai');
const preview = noticeOf('preview');
const STATES = Object.keys({
  agreed: 0,
  'notice-shown': 0,
  'not-asked': 0,
  withdrawn: 0,
  stale: 0,
  expired: 0,
  unavailable: 0,
} satisfies Record<VendorState['state'], 0>) as VendorState['state'][];
const REFUSALS = Object.keys({
  'ledger-unavailable': 0,
  blocked: 0,
  residency: 0,
  'notice-missing': 0,
  'notice-expired': 0,
  'not-a-person': 0,
  'standing-unknown': 0,
  external: 0,
  withdrawn: 0,
} satisfies Record<DenyReason, 0>) as DenyReason[];
const REASONS = Object.keys({
  first: 0,
  'notice-changed': 0,
  expired: 0,
  training: 0,
  withdrawn: 0,
} satisfies Record<AskReason | 'withdrawn', 0>) as (AskReason | 'withdrawn')[];

const receipt: Receipt = {
  id: '0123456789abcdef-7',
  vendor: 'openai',
  vendorName: 'OpenAI',
  purpose: 'use',
  event: 'granted',
  at: Date.UTC(2026, 10, 24),
  validUntil: Date.UTC(2027, 10, 24),
  noticeId: openai.id,
  endpoint: 'jp.api.openai.com',
  region: 'jp',
  language: 'en',
  surface: 'card',
  mode: 'opt-in',
  ledgerSeq: 7,
  ledgerHash: 'f'.repeat(64),
};
type Ask = Extract<ConsentView, { kind: 'ask' }>;
const signed = { vendor: 'openai', vendorName: 'OpenAI', jws: 'e30.e30.e30' };
const standingOf = (state: VendorState['state']): VendorState => ({
  vendor: 'openai',
  vendorName: 'OpenAI',
  region: 'jp',
  state,
  since: state === 'not-asked' ? undefined : Date.UTC(2026, 10, 24),
  inEffect: true,
});

const VIEWS: readonly ConsentView[] = [
  ...REASONS.flatMap((reason): ConsentView[] => [
    { kind: 'ask', reason, notice: openai, silence: 'asks-again' },
    { kind: 'ask', reason, notice: noticeOf('openai-compatible'), silence: 'sends' },
  ]),
  { kind: 'granted', notices: [openai], already: false, validUntil: UNTIL },
  { kind: 'granted', notices: [openai, preview], already: true, validUntil: UNTIL },
  { kind: 'withdrawn', vendors: ['OpenAI'], all: false, already: false, undo: openai },
  { kind: 'withdrawn', vendors: [], all: true, already: true, undo: undefined },
  { kind: 'status', states: STATES.map(standingOf) },
  { kind: 'vendor-chosen', notice: preview, validUntil: undefined, before: 'openai' },
  { kind: 'vendor-chosen', notice: preview, validUntil: UNTIL, before: undefined },
  { kind: 'vendor-unknown', vendors: ['openai', 'preview'] },
  { kind: 'notice', notice: openai, agreed: true, opened: false },
  { kind: 'notice', notice: noticeOf('openai', true), agreed: false, opened: true },
  { kind: 'notice-reworded', notice: openai },
  { kind: 'receipt', receipts: [], signed: undefined },
  { kind: 'receipt', receipts: [receipt, { ...receipt, event: 'withdrawn', validUntil: undefined }], signed },
  {
    kind: 'receipt',
    receipts: Array(99).fill({ ...receipt, purpose: 'training', endpoint: 'a-long-host-name.'.repeat(8) }),
    signed: { ...signed, jws: 'e'.repeat(RECEIPT_CHARACTERS) },
  },
  { kind: 'export', part: undefined },
  { kind: 'export', part: { number: 1, of: 1, jws: 'e'.repeat(COPY_CHARACTERS) } },
  { kind: 'export', part: { number: 2, of: 3, jws: 'e'.repeat(COPY_CHARACTERS) } },
  { kind: 'erase-confirm' },
  { kind: 'erased' },
  { kind: 'help', vendors: ['openai', 'preview'] },
  ...REFUSALS.map((reason): ConsentView => ({ kind: 'refused', reason })),
];

const wordsOf = ({ title, paragraphs, facts, links, buttons, footnote }: Card): string =>
  [
    title,
    ...paragraphs,
    ...facts.flatMap(({ label, value }) => [label, value]),
    ...links.map(({ label }) => label),
    ...buttons.map(({ label }) => label),
    footnote ?? '',
  ].join('\n');

describe.each(['en', 'ja'] as const)('consent cards (%s)', (language) => {
  const { card: words, label, region } = sentencesFor(language);

  it.each(VIEWS.map((view) => [view.kind, 'reason' in view ? view.reason : '', view] as const))(
    'keep to what Slack can show: %s %s',
    (_kind, _reason, view) => {
      const card = consentCard(view, language, question);
      expect(card.title.length).toBeGreaterThan(0);
      expect(card.title.length).toBeLessThanOrEqual(150);
      expect(card.facts.length).toBeLessThanOrEqual(20);
      expect(card.buttons.length).toBeLessThanOrEqual(5);
      for (const paragraph of card.paragraphs) expect(paragraph.length).toBeLessThanOrEqual(2_900);
      for (const { label, value } of card.facts) expect(`${label}${value}`.length).toBeLessThanOrEqual(1_900);
      for (const { label } of card.buttons) expect(label.length).toBeLessThanOrEqual(75);
      for (const { action } of card.buttons) expect(JSON.stringify(action).length).toBeLessThanOrEqual(1_900);
      for (const { url } of card.links) expect(url).toMatch(/^https:\/\//u);
      expect(wordsOf(card)).not.toMatch(/undefined|NaN|\[object|\$\{/u);
      expect(card.facts.every(({ label, value }) => label !== '' && value !== '')).toBe(true);
      expect(faultOfBlocks(blocksOfCard(card, language))).toBeUndefined();
      expect(
        JSON.stringify(cardActivity(card, { language, person: 'somebody', group: undefined })).length * 2,
      ).toBeLessThanOrEqual(80 * 1024);
    },
  );

  it('give the signed receipt to take away, not a character changed, with the way to everything else', () => {
    const card = consentCard({ kind: 'receipt', receipts: [receipt], signed }, language);
    expect(card.copy).toEqual({ text: signed.jws, fileName: 'dejiren-receipt-openai.jws' });
    expect(JSON.stringify(blocksOfCard(card, language))).toContain(`"text":"${signed.jws}"`);
    expect(JSON.stringify(cardActivity(card, { language, person: 'somebody', group: undefined }))).toContain(
      `"text":"${signed.jws}"`,
    );
    expect(card.buttons.map(({ action }) => action)).toEqual([{ do: 'export', part: 1 }]);
    expect(consentCard({ kind: 'receipt', receipts: [], signed: undefined }, language).copy).toBeUndefined();
  });

  it('lead from part to part of an export, and say how many there are', () => {
    const partOf = (number: number, of: number) =>
      consentCard({ kind: 'export', part: { number, of, jws: 'e30.e30.e30' } }, language);
    const parts = (card: Card) => card.buttons.map(({ action }) => action.part);
    expect([partOf(1, 1), partOf(1, 3), partOf(2, 3), partOf(3, 3)].map(parts)).toEqual([[], [2], [1, 3], [2]]);
    expect(partOf(2, 3).paragraphs.join()).toMatch(/2.*3|3.*2/u);
    expect(partOf(2, 3).copy?.fileName).toBe('dejiren-export-2-of-3.jws');
  });

  const ask = (change: Partial<Ask> = {}, waiting: typeof question | undefined = question): Card =>
    consentCard({ kind: 'ask', reason: 'first', notice: openai, silence: 'asks-again', ...change }, language, waiting);
  const detailsOn = (card: Card) => {
    const details = card.buttons.find((button) => button.details !== undefined)?.details;
    if (details === undefined) throw new Error('there are no details');
    return details;
  };

  it.each(REASONS)('ask one question, with five lines: %s', (reason) => {
    const card = ask({ reason });
    expect(card.title).toMatch(/^[^?？]+[?？]$/u);
    expect(card.facts).toEqual([]);
    expect(card.lines?.map(({ label: name }) => name)).toEqual(Object.values(label.names));
    expect(card.lines?.at(-1)?.value).toBe(region('jp'));
    expect(card.paragraphs).toEqual(reason === 'expired' || reason === 'withdrawn' ? [label.lead[reason]] : []);
    expect(card.footnote).toBe(label.withdrawHint);
  });

  it('offer to agree, to this notice and for this question, to read more, and to be left alone', () => {
    const card = ask();
    expect(card.buttons.map(({ action }) => action)).toEqual([
      { do: 'grant', vendor: 'openai', purpose: 'use', noticeId: openai.id, question: ref },
      { do: 'notice', vendor: 'openai', question: ref },
      { do: 'dismiss' },
    ]);
    expect(card.buttons.filter(({ style }) => style === 'primary')).toHaveLength(1);
  });

  it('promise an answer where the question can be read again, and nowhere else', () => {
    const first = (waiting: typeof question | undefined) => {
      const card = consentCard(
        { kind: 'ask', reason: 'first', notice: openai, silence: 'asks-again' },
        language,
        waiting,
      );
      return card.buttons[0]?.label;
    };
    expect(first(question)).toBe(words.buttons.agreeAndAnswer);
    expect(first({ ref, isReadable: false })).toBe(words.buttons.agree);
    expect(first(undefined)).toBe(words.buttons.agree);
  });

  it('say how the command agrees, where it led to the label', () => {
    expect(ask({ typed: true }).footnote).toBe(label.typeAgain);
  });

  it('ask for training by a box of its own beside the button, where the organisation shares', () => {
    const notice = noticeOf('openai', true);
    const card = ask({ notice });
    expect(card.choice).toBe(label.trainingChoice);
    expect(card.lines).toContainEqual({ label: label.names.training, value: label.sharesForTraining });
    expect(card.buttons[0]?.action).toMatchObject({ do: 'grant', purpose: 'use' });
    expect(card.buttons[0]?.action).not.toHaveProperty('training');
    expect(ask().choice).toBeUndefined();
  });

  it('say in a line what changed, and in the details the old beside the new', () => {
    const [training, ...others] = openai.statements;
    if (training === undefined) throw new Error('none');
    const reworded = others.map((one) =>
      one.key === 'residency' ? { ...one, text: { en: 'New words.', ja: '新。' } } : one,
    );
    const statements = [{ ...training, value: 'yes', text: { en: 'Yes, it is.', ja: 'はい。' } }, ...reworded];
    const route = { ...openai.route, region: 'us', sharesForTraining: true, context: 'consented' } as const;
    const after = createNotice({ ...openai, statements, route });
    const card = ask({ reason: 'notice-changed', notice: after, before: openai });
    expect(card.paragraphs).toEqual([label.changed(['where', 'training', 'what'])]);
    const { facts } = detailsOn(card);
    const changed = facts.filter((fact) =>
      Object.values(words.labels).some((one) => fact.label === words.changed(one)),
    );
    expect(changed.map((fact) => fact.label)).toEqual([
      words.changed(words.labels.where),
      words.changed(words.labels.training),
      words.changed(words.labels.what),
      words.changed(words.labels.training),
    ]);
    expect(changed[3]?.value).toBe(words.changedTo(training.text[language], after.statements[0]?.text[language]));
    expect(facts.indexOf(changed[3] ?? { label: '', value: '' })).toBe(3);
    expect(facts.length).toBeLessThanOrEqual(20);
  });

  it('ask for training apart from use', () => {
    const notice = noticeOf('openai', true);
    const card = ask({ reason: 'training', notice });
    expect(card.title).toBe(label.trainingTitle('OpenAI'));
    expect(card.buttons[0]?.action).toMatchObject({ do: 'grant', purpose: 'training', noticeId: notice.id });
    expect(card.choice).toBeUndefined();
  });

  it('say what happens next where silence is enough, with a way out in place of a postponement', () => {
    const card = ask({ silence: 'sends' });
    expect(card.paragraphs).toEqual([label.sendsUnlessRefused]);
    expect(card.buttons.map(({ action }) => action.do)).toEqual(['grant', 'notice', 'withdraw']);
    expect(ask().paragraphs).toEqual([]);
  });

  it('keep everything that a notice says behind the label, with its sources', () => {
    const { facts, links, footnote } = detailsOn(ask());
    const values = facts.map(({ value }) => value);
    for (const { text } of openai.statements) expect(values).toContain(text[language]);
    expect(values).toContain(words.to('OpenAI', 'jp.api.openai.com', 'gpt-5-mini'));
    expect(new Set(links.map(({ url }) => url))).toEqual(new Set(openai.statements.map(({ source }) => source.url)));
    expect(footnote).toContain('/dejiren-optin');
  });

  it('tell in two lines what came of it, until when it holds, and how to undo it', () => {
    const results: readonly ConsentView[] = [
      { kind: 'granted', notices: [openai], already: false, validUntil: UNTIL },
      { kind: 'withdrawn', vendors: ['OpenAI'], all: false, already: false, undo: openai },
      { kind: 'vendor-chosen', notice: preview, validUntil: UNTIL, before: 'openai' },
    ];
    for (const view of results) {
      const card = consentCard(view, language);
      expect([card.paragraphs.length, card.facts, card.lines, card.footnote]).toEqual([1, [], undefined, undefined]);
      expect(card.buttons).toHaveLength(1);
    }
    const day = language === 'ja' ? '2027年11月28日' : '28 Nov 2027';
    const [granted] = results;
    if (granted !== undefined) expect(consentCard(granted, language).paragraphs[0]).toContain(day);
  });

  it('undo a grant by a withdrawal, a withdrawal by a grant of the notice in force, a choice by the one before', () => {
    const undoOf = (view: ConsentView) => consentCard(view, language).buttons.at(-1)?.action;
    expect(undoOf({ kind: 'granted', notices: [openai], already: false, validUntil: UNTIL })).toEqual({
      do: 'withdraw',
      vendor: 'openai',
    });
    expect(undoOf({ kind: 'granted', notices: [openai, preview], already: false, validUntil: UNTIL })).toEqual({
      do: 'withdraw-all',
    });
    expect(undoOf({ kind: 'withdrawn', vendors: ['OpenAI'], all: false, already: false, undo: openai })).toEqual({
      do: 'grant',
      vendor: 'openai',
      purpose: 'use',
      noticeId: openai.id,
    });
    expect(undoOf({ kind: 'vendor-chosen', notice: preview, validUntil: undefined, before: 'openai' })).toEqual({
      do: 'choose',
      vendor: 'openai',
    });
  });

  it('lead from an opened notice back to the label, for the same question', () => {
    const opened = consentCard({ kind: 'notice', notice: openai, agreed: false, opened: true }, language, question);
    expect(opened.buttons.map(({ action }) => action)).toEqual([
      { do: 'grant', vendor: 'openai', purpose: 'use', noticeId: openai.id, question: ref },
      { do: 'ask', vendor: 'openai', question: ref },
    ]);
    const typed = consentCard({ kind: 'notice', notice: openai, agreed: true, opened: false }, language);
    expect(typed.buttons.map(({ action }) => action)).toEqual([{ do: 'withdraw', vendor: 'openai' }]);
  });

  it('offer to withdraw everything where there is something to withdraw', () => {
    const buttons = (state: VendorState['state']) =>
      consentCard({ kind: 'status', states: [standingOf(state)] }, language).buttons.map(({ action }) => action.do);
    expect(buttons('agreed')).toEqual(['withdraw-all']);
    expect(buttons('notice-shown')).toEqual(['withdraw-all']);
    expect(buttons('not-asked')).toEqual([]);
  });

  it('show the whole notice with every source once, its date and its number', () => {
    const card = consentCard({ kind: 'notice', notice: openai, agreed: false, opened: false }, language);
    const urls = openai.statements.map(({ source }) => source.url).filter((url) => url !== '');
    expect(card.links.map(({ url }) => url).sort()).toEqual([...new Set(urls)].sort());
    expect(wordsOf(card)).toContain(openai.id.slice(0, 16));
    for (const { text } of openai.statements) expect(wordsOf(card)).toContain(text[language]);
  });

  it('link to the public article, in the same language, where it is known how people reach it', () => {
    const page = 'https://dejiren.example.com/data-handling';
    const notice = { ...openai, page };
    const whole = consentCard({ kind: 'notice', notice, agreed: false, opened: false }, language);
    const asked = consentCard({ kind: 'ask', reason: 'first', notice, silence: 'asks-again' }, language);
    const link = { label: words.article, url: `${page}?lang=${language}#openai` };
    expect(whole.links[0]).toEqual(link);
    expect(asked.buttons.flatMap(({ details }) => details?.links ?? [])[0]).toEqual(link);
    const help = { kind: 'help', vendors: ['OpenAI'] } as const;
    expect(consentCard({ ...help, page }, language).links).toEqual([{ ...link, url: `${page}?lang=${language}` }]);
    expect(consentCard(help, language).links).toEqual([]);
  });

  it('show a record with what proves it', () => {
    const text = wordsOf(consentCard({ kind: 'receipt', receipts: [receipt], signed }, language));
    const mode = { en: 'opt-in', ja: 'オプトイン方式' }[language];
    const at = momentOf(receipt.at, language);
    for (const proof of [at, openai.id.slice(0, 12), 'ffffffffffff', '7', mode]) expect(text).toContain(proof);
  });

  it('tell training from use in a record, and until when it counts', () => {
    const wordsFor = (change: Partial<Receipt>) => words.receipt({ ...receipt, ...change });
    expect(wordsFor({ purpose: 'training' })).toMatch(/for training|学習への利用/u);
    expect(wordsFor({})).not.toMatch(/for training|学習への利用/u);
    expect(wordsFor({})).toContain(dayOf(Date.UTC(2027, 10, 24), language));
    expect(wordsFor({ event: 'withdrawn', validUntil: undefined })).not.toContain('2027');
  });

  it('leave no holes in a record whose notice is not known any more', () => {
    const line = words.receipt({
      ...receipt,
      event: 'withdrawn',
      validUntil: undefined,
      noticeId: '',
      endpoint: '',
      region: '',
    });
    expect(line).not.toMatch(/[·・]\s*[·・]|[·・]\s*$/u);
    expect(line).toContain('ffffffffffff');
  });

  it('show the newest of a long record, and say how many there are', () => {
    const receipts = Array.from({ length: 101 }, (_, index) => ({ ...receipt, ledgerSeq: 1_000 + index }));
    const card = consentCard({ kind: 'receipt', receipts, signed }, language);
    expect(card.facts.length).toBeLessThanOrEqual(20);
    expect(card.facts.at(-1)?.value).toContain('1100');
    expect(card.paragraphs.join()).toContain('101');
  });

  it('erase after a second, dangerous press alone', () => {
    const { buttons } = consentCard({ kind: 'erase-confirm' }, language);
    expect(buttons.map(({ action, style }) => [action.do, style])).toEqual([
      ['erase', 'danger'],
      ['dismiss', 'plain'],
    ]);
    expect(consentCard({ kind: 'erased' }, language).buttons).toEqual([]);
  });
});

it('a note says one thing and asks for nothing', () => {
  expect(noteCard('One thing.')).toEqual({ title: '', paragraphs: ['One thing.'], facts: [], links: [], buttons: [] });
});

describe('what becomes of values that are found', () => {
  const route = { vendor: 'openai', ...ROUTES.openai, sharesForTraining: false } as const;
  const off = createNotice({ ...openai, route: { ...route, redaction: { mode: 'off', without: [] } } });
  const factsOf = (notice: Notice, before?: Notice, language: 'en' | 'ja' = 'en') =>
    consentCard({ kind: 'ask', reason: 'notice-changed', notice, silence: 'asks-again', before }, language).buttons[1]
      ?.details?.facts ?? [];

  it.each(['en', 'ja'] as const)('stands in the details, and as a change where it changed (%s)', (language) => {
    const { card } = sentencesFor(language);
    const [changed, what] = factsOf(off, openai, language);
    expect(changed?.label).toBe(card.changed(card.labels.what));
    expect(changed?.value).toBe(
      card.changedTo(card.redaction(undefined), card.redaction({ mode: 'off', without: [] })),
    );
    expect(what?.value).toContain(card.redaction({ mode: 'off', without: [] }));
    expect(factsOf(openai, undefined, language)[0]?.value).toContain(card.redaction(undefined));
  });

  it('names the kinds that are left alone, and the host that is asked', () => {
    const redaction = { mode: 'mask', without: ['phone', 'iban'], detector: 'presidio.example' } as const;
    const [what] = factsOf(createNotice({ ...openai, route: { ...route, redaction } }));
    expect(what?.value).toContain('Phone numbers and IBANs are sent as written.');
    expect(what?.value).toContain('goes first to presidio.example');
  });
});
