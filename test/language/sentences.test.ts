import { sentencesFor } from '../../src/language/sentences';
import type { Problem } from '../../src/model/problem';
import { type Counts, KINDS, REDACTION_MODES } from '../../src/redact/kinds';

const PROBLEMS = Object.keys({
  'person-limit': 0,
  'tenant-limit': 0,
  'overloaded-here': 0,
  'question-too-long': 0,
  'file-kind': 0,
  'file-no-pictures': 0,
  'file-too-large': 0,
  'file-too-many': 0,
  'file-unreadable': 0,
  'file-late': 0,
  'redaction-blocked': 0,
  'redaction-unavailable': 0,
  'standing-unknown': 0,
  'denied-by-policy': 0,
  'denied-external': 0,
  'denied-notice': 0,
  'denied-residency': 0,
  'ledger-unavailable': 0,
  'vendor-timeout': 0,
  'vendor-network': 0,
  'vendor-rate-limited': 0,
  'vendor-quota': 0,
  'vendor-overloaded': 0,
  'vendor-auth': 0,
  'vendor-configuration': 0,
  'vendor-residency': 0,
  'vendor-refused': 0,
  'vendor-unreadable': 0,
  'vendor-ended': 0,
  'context-too-long': 0,
  'blocked-input': 0,
  'blocked-output': 0,
  'empty-answer': 0,
  'empty-at-limit': 0,
  'not-shown': 0,
  unknown: 0,
} satisfies Record<Problem, 0>) as Problem[];

const ARGUMENT = 'NAME';
const PLACEHOLDER = /undefined|null|NaN|\[object|\$\{|\{\{|TODO|%s/u;
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u;

/** Every sentence in a phrasebook with the path to it; functions are called with a stand-in for each argument. */
function everySentence(value: unknown, path = ''): [path: string, sentence: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, inner]) => everySentence(inner, `${path}/${key}`));
  return [];
}

function calledSentences(language: 'en' | 'ja'): [path: string, sentence: string][] {
  const { card, ...rest } = sentencesFor(language);
  return [
    ...PROBLEMS.map((problem): [string, string] => [`problem/${problem}`, rest.problem(problem)]),
    ['problem/retry', rest.problem('vendor-rate-limited', { retryAfterMs: 30_000 })],
    ['problem/error-id', rest.problem('unknown', { errorId: 'k7f3qm' })],
    ['footer', rest.footer(ARGUMENT, 'jp')],
    ['region', rest.region('own-servers')],
    ...KINDS.flatMap((kind): [string, string][] =>
      [1, 2].flatMap((count): [string, string][] => [
        [`redaction/replaced/${kind}/${count}`, rest.redaction.replaced({ [kind]: count })],
        [`redaction/found/${kind}/${count}`, rest.redaction.found({ [kind]: count, email: 2 })],
      ]),
    ),
    ...[undefined, ...REDACTION_MODES.map((mode) => ({ mode, without: KINDS, detector: 'presidio.example' }))].map(
      (how): [string, string] => [`card/redaction/${how?.mode}`, card.redaction(how)],
    ),
    ['card/receiptNewest', card.receiptNewest(20, 101)],
    ['label/title', rest.label.title(ARGUMENT)],
    ['card/to', card.to(ARGUMENT, 'api.openai.com', 'gpt-5-mini')],
    ['card/to-nobody', card.to(ARGUMENT, 'none', '')],
    ['card/granted', card.granted(ARGUMENT)],
    ['card/withdrawn', card.withdrawn(ARGUMENT)],
    ['card/vendorChosen', card.vendorChosen(ARGUMENT)],
    ['card/vendorUnknown', card.vendorUnknown(ARGUMENT)],
    ['card/noticeTitle', card.noticeTitle(ARGUMENT)],
    ['card/source', card.source(ARGUMENT, '2026-11-24')],
    ['card/helpVendors', card.helpVendors(ARGUMENT)],
  ];
}

describe.each(['en', 'ja'] as const)('what people read (%s)', (language) => {
  const sentences = sentencesFor(language);
  const all = [...everySentence(sentences), ...calledSentences(language)];

  it.each(all)('is a whole sentence that fits a card: %s', (_path, sentence) => {
    expect(sentence.trim()).toBe(sentence);
    expect(sentence).not.toBe('');
    expect(sentence).not.toMatch(PLACEHOLDER);
    expect(sentence.length).toBeLessThanOrEqual(600);
  });

  it('fits the button labels and headings of Slack', () => {
    const labels = [...Object.values(sentences.card.buttons), sentences.stop];
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(75);
    for (const [path, title] of all.filter(([path]) => path.endsWith('Title'))) {
      expect([path, title.length <= 150]).toEqual([path, true]);
    }
    for (const { title, message } of sentences.suggestedPrompts) {
      expect(title.length).toBeLessThanOrEqual(75);
      expect(message.length).toBeLessThanOrEqual(300);
    }
  });

  it('tells what to do after every problem', () => {
    const advice =
      language === 'ja'
        ? /ください|お試し|お知らせ|お尋ね|お送り|許可されていません/u
        : /[Pp]lease|administrator|guests/u;
    for (const problem of PROBLEMS) expect(sentences.problem(problem)).toMatch(advice);
  });

  it('says when to come back as the vendor told it, and counts up to whole seconds and minutes', () => {
    const told = (ms: number): string => sentences.problem('vendor-rate-limited', { retryAfterMs: ms });
    expect(told(1)).toContain(language === 'ja' ? '1秒' : 'about 1 second.');
    expect(told(29_001)).toContain(language === 'ja' ? '30秒' : 'about 30 seconds');
    expect(told(3_600_000)).toContain(language === 'ja' ? '60分' : 'about 60 minutes');
    expect(sentences.problem('vendor-timeout', { retryAfterMs: 30_000 })).not.toContain('30');
  });

  it('says honestly what a withdrawal cannot do', () => {
    expect(sentences.ending.withdrawn).toMatch(language === 'ja' ? /取り消せません/u : /cannot be recalled/u);
    expect(sentences.card.withdrawnDetail).toMatch(language === 'ja' ? /取り消せません/u : /cannot be recalled/u);
  });

  it('says what was masked in half a line, however much it was', () => {
    const told = (counts: Counts): string => sentences.redaction.replaced(counts);
    const japanese = language === 'ja';
    expect(told({ phone: 1, name: 2 })).toBe(
      japanese ? '電話番号と氏名2件を伏せて送信しました。' : 'Masked before sending: phone number, 2 names.',
    );
    expect(told({ email: 2, phone: 1, address: 1 })).toBe(
      japanese
        ? 'メールアドレス2件、電話番号、住所を伏せて送信しました。'
        : 'Masked before sending: 2 e-mail addresses, phone number, postal address.',
    );
    expect(told({ secret: 1, email: 1, card: 1, phone: 1 })).toBe(
      japanese
        ? 'パスワードやAPIキー、メールアドレス、カード番号ほか1種類を伏せて送信しました。'
        : 'Masked before sending: password or key, e-mail address, card number and 1 other kind.',
    );
    const everything = Object.fromEntries(KINDS.map((kind) => [kind, 12]));
    expect(told(everything)).toContain(japanese ? 'ほか9種類' : ' and 9 other kinds.');
    for (const first of KINDS)
      for (const second of KINDS)
        expect(told({ [first]: 12, [second]: 12 }).length).toBeLessThanOrEqual(japanese ? 50 : 100);
    expect(told(everything).length).toBeLessThanOrEqual(japanese ? 60 : 110);
  });

  it('names a region that it does not know as it is', () => {
    expect(sentences.region('xx')).toBe('xx');
    expect(sentences.footer('OpenAI', 'xx')).toContain('xx');
  });
});

describe('both languages', () => {
  const paths = (language: 'en' | 'ja') => everySentence(sentencesFor(language)).map(([path]) => path);

  it('have the same sentences', () => {
    expect(paths('ja')).toEqual(paths('en'));
  });

  it('leave nothing in the other language', () => {
    for (const [path, sentence] of [...everySentence(sentencesFor('en')), ...calledSentences('en')])
      expect([path, JAPANESE.test(sentence)]).toEqual([path, false]);
    for (const [path, sentence] of [...everySentence(sentencesFor('ja')), ...calledSentences('ja')])
      expect([path, JAPANESE.test(sentence)]).toEqual([path, true]);
  });

  it('end their sentences as their language does', () => {
    for (const problem of PROBLEMS) {
      expect(sentencesFor('en').problem(problem)).toMatch(/\.$/u);
      expect(sentencesFor('ja').problem(problem)).toMatch(/。$/u);
      expect(sentencesFor('ja').problem(problem)).toMatch(/(です|ます|ません|ました|ください)。/u);
    }
  });
});
