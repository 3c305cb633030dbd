import { english } from '../../src/language/en';
import { japanese } from '../../src/language/ja';
import { DATA_HANDLING } from '../../src/vendors/registry';
import { filesIn, isJapanese, proseIn, readFile, sentencesOf, type Written, writtenIn } from './written';

/** What people who ask read. */
const SAID: readonly Written[] = [
  ...filesIn('src/language', /\.ts$/u).flatMap(writtenIn),
  ...writtenIn('adapters/local/page/words.ts'),
  ...[...DATA_HANDLING.values()].flatMap(({ vendor, statements }) =>
    statements.flatMap(({ key, text, brief }) =>
      [text.en, text.ja, ...(brief === undefined ? [] : [brief.en, brief.ja])].map((words) => ({
        place: `the notice of ${vendor}, ${key}`,
        words,
      })),
    ),
  ),
];

/** What operators read in a terminal. */
const PRINTED: readonly Written[] = [
  ...filesIn('src/settings', /\.ts$/u),
  ...filesIn('src/cli', /\.ts$/u),
  ...filesIn('src/store', /\.ts$/u),
  ...filesIn('src/prove/report', /\.ts$/u),
  ...['src/vendors', 'adapters'].flatMap((folder) => filesIn(folder, /^(settings|module)\.ts$/u)),
].flatMap(writtenIn);

/** Sentences that are put together, as people read them in the end. */
const PUT_TOGETHER: readonly Written[] = [english.card, japanese.card].flatMap((card) =>
  [
    ...(['mask', 'block', 'off'] as const).map((mode) => card.redaction({ mode, without: [], detector: 'p.example' })),
    card.memory({ turns: 8, minutes: 15, where: 'unreadable' }),
    card.to('Azure OpenAI', 'example.openai.azure.com', 'gpt-5-mini'),
    card.receiptSigned('Google Vertex AI'),
    card.exportPart(10, 12),
    ...card.help,
  ].map((words) => ({ place: 'a card', words })),
);

const MANIFESTS = ['manifests/slack/http.json', 'manifests/slack/socket-mode.json', 'manifests/teams/manifest.json'];

/** What everybody reads in the repository. The glossary itself names what is not to be written. */
const DOCUMENTED: readonly Written[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  '.env.example',
  'dejiren.example.yaml',
  ...filesIn('docs', /\.md$/u).filter((path) => path !== 'docs/glossary.md'),
].flatMap(proseIn);

interface Row {
  readonly first: string;
  readonly last: string;
  readonly cells: readonly string[];
}

/** The rows of a table of the glossary. */
function tableOf(heading: string): readonly Row[] {
  const [, after = ''] = readFile('docs/glossary.md').split(`## ${heading}\n`);
  const [table = ''] = after.split('\n## ');
  return table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .map((cells) => ({ first: cells[0] ?? '', last: cells.at(-1) ?? '', cells }));
}

const PHRASES = tableOf('Words and phrases that we do not use').map(({ first }) => first);

function isIn(words: string, phrase: string): boolean {
  if (isJapanese(phrase)) return words.includes(phrase);
  return new RegExp(`\\b${phrase.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}\\b`, 'iu').test(words);
}

/** Sentences that may be longer, by how they begin, and why. */
const LONG: readonly (readonly [begins: string, why: string])[] = [
  ['These are replaced too if I detect them:', 'people agree to every kind of data that is named'],
  ['A question is not sent if I detect any of these in it:', 'the same'],
  ['次の情報も、検出した場合は自動的に伏せます（', 'the same'],
  ['次の情報を検出した質問は送信しません（', 'the same'],
];

const mayBeLong = (sentence: string): boolean => LONG.some(([begins]) => sentence.startsWith(begins));

describe('the glossary', () => {
  it('says each term in both languages, once', () => {
    const terms = tableOf('Terms');
    expect(terms.length).toBeGreaterThan(20);
    expect(new Set(terms.map(({ first }) => first)).size).toBe(terms.length);
    for (const { cells } of terms) {
      expect(cells).toHaveLength(4);
      expect(isJapanese(cells[1] ?? '')).toBe(true);
      expect(cells[2]).not.toBe('');
    }
  });

  it('says why, for each phrase that is not used, and what to write instead', () => {
    expect(PHRASES.length).toBeGreaterThan(20);
    for (const { cells } of tableOf('Words and phrases that we do not use'))
      expect(cells.filter((cell) => cell !== '')).toHaveLength(3);
  });
});

describe('what people read', () => {
  const everything = [...SAID, ...PRINTED, ...DOCUMENTED];

  it.each(PHRASES)('nowhere says “%s”', (phrase) => {
    expect(everything.filter(({ words }) => isIn(words, phrase)).map(({ place }) => place)).toEqual([]);
  });

  it('is found at all, in both languages', () => {
    for (const all of [SAID, PRINTED]) {
      expect(all.filter(({ words }) => isJapanese(words)).length).toBeGreaterThan(5);
      expect(all.filter(({ words }) => !isJapanese(words)).length).toBeGreaterThan(50);
    }
    expect(DOCUMENTED.length).toBeGreaterThan(500);
    expect(isIn('Whoever asks.', 'whoever')).toBe(true);
    expect(isIn('fixed, mended', 'mend')).toBe(false);
  });

  it('has sentences of at most 120 characters in English and 70 in Japanese', () => {
    const long = [...SAID, ...PUT_TOGETHER].flatMap(({ place, words }) =>
      sentencesOf(words)
        .filter((one) => one.length > (isJapanese(one) ? 70 : 120) && !mayBeLong(one))
        .map((one) => `${place}: ${one.length}: ${one}`),
    );
    expect(long).toEqual([]);
  });

  it('has no long sentence excused that is not there, and none without a reason', () => {
    const all = PUT_TOGETHER.flatMap(({ words }) => sentencesOf(words));
    for (const [begins, why] of LONG) {
      expect(all.filter((one) => one.startsWith(begins)).map(({ length }) => length > 70)).toContain(true);
      expect(why).not.toBe('');
    }
  });

  it('has no date as machines write it', () => {
    for (const { place, words } of [...SAID, ...PRINTED])
      expect([place, /\b20\d\d-\d\d-\d\d\b/u.test(words) && !/\d-preview|API/u.test(words)]).toEqual([place, false]);
  });
});

describe('Japanese', () => {
  const all = [...SAID, ...PRINTED].filter(({ words }) => isJapanese(words));
  /** Commands and mentions are typed with a blank: `/dejiren-optin オン`, `@dejiren …`. */
  const withoutCommands = (words: string): string =>
    words
      .replace(/@\w+ ?/gu, '')
      .replace(/\/dejiren-optin [^」。、：]+/gu, '')
      .replace(/[\p{L}ー]+ (?:\[[^\]]+\]|<[^>]+>)/gu, '');
  const japaneseLetter = '[\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Han}ー。、（）「」：]';

  it('has no blank beside Latin letters and digits', () => {
    const blank = new RegExp(`${japaneseLetter} [A-Za-z0-9/…]|[A-Za-z0-9/…] ${japaneseLetter}`, 'u');
    expect(all.filter(({ words }) => blank.test(withoutCommands(words)))).toEqual([]);
  });

  it('has 「、」 in lists, and Japanese marks', () => {
    const marks = new RegExp(`${japaneseLetter}[,.;:!?()]|[,;!?()]${japaneseLetter}|[“”"]`, 'u');
    expect(all.filter(({ words }) => marks.test(withoutCommands(words)))).toEqual([]);
  });

  it('ends its sentences politely', () => {
    const polite = /(?:です|ます|ません|ました|でした|ください|ませんか|ますか|ですか)[）」]?[。？]$/u;
    const ended = all.flatMap(({ words }) => sentencesOf(words)).filter((one) => /[。？]$/u.test(one));
    expect(ended.length).toBeGreaterThan(100);
    expect(ended.filter((one) => !polite.test(one) && !NOUNS.test(one))).toEqual([]);
  });
});

/** Answers in a word, and facts in a list, end without a verb. */
const NOUNS = /^(?:いいえ|あり|名前|主な安全管理措置：.*|記録：…|どこにも送信しません（ドライラン）|[^。]*）)?。$/u;

describe('the two languages', () => {
  const keysOf = (value: unknown, at = ''): readonly string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${at}.${key}`))
      : [at];

  it('have the same keys, and every one says something', () => {
    expect(keysOf(japanese)).toEqual(keysOf(english));
    for (const { words } of SAID) expect(words.trim()).not.toBe('');
  });

  it('each stand in their own letters', () => {
    const literals = (path: string) => writtenIn(path).map(({ words }) => words);
    for (const words of literals('src/language/en.ts')) expect([words, isJapanese(words)]).toEqual([words, false]);
    for (const words of literals('src/language/ja.ts')) expect([words, isJapanese(words)]).toEqual([words, true]);
  });
});

describe('the manifests', () => {
  it.each(MANIFESTS)('say it as all the rest does: %s', (path) => {
    const words = readFile(path);
    for (const phrase of PHRASES) expect([phrase, isIn(words, phrase)]).toEqual([phrase, false]);
  });
});
