import fc from 'fast-check';
import { openText, sealText } from '../../src/model/text';
import type { Context } from '../../src/redact/context';
import { redact } from '../../src/redact/redact';
import type { Findings } from '../../src/redact/search';
import { createRandom, fullWidth } from '../bench/redaction/random';
import * as values from '../bench/redaction/values';
import { processorMilliseconds } from '../support/processor-time';
import { aSearch, foundIn, never } from '../support/redaction';

const search = aSearch();
const RUNS = 300;
const NOTHING: Context = { messages: [], withheld: [], people: [] };
const MAKERS = [
  values.anEmail,
  values.aJapanesePhone,
  values.anInternationalPhone,
  values.aCard,
  values.anIban,
  values.aMyNumber,
  values.anAddress,
  values.aSecret,
] as const;

const value = fc.tuple(fc.integer(), fc.constantFrom(...MAKERS)).map(([seed, make]) => make(createRandom(seed)));
/** What stands around values: nothing that could become a part of one. */
const filler = fc.constantFrom(
  ' ',
  '。',
  '、',
  '\n',
  '😀',
  ' is ',
  'さんは',
  ' が\u3099 ',
  ' \\',
  ' [',
  '] ',
  ' [email-1] ',
  ' \\[phone-1\\] ',
  ' @person-1 ',
  ' ［card-1］ ',
  '\u200b ',
  ' é ',
  ' **',
  '** ',
);
const message = fc.array(fc.tuple(value, filler), { maxLength: 6 }).map((parts) => ({
  values: parts.map(([one]) => one),
  words: `x ${parts.map(([one, more]) => `${one}${more}`).join(' ')}`,
}));

async function sendable(words: string) {
  const text = sealText(words);
  const result = await search.search([text], never);
  const findings: Findings = result.kind === 'searched' ? result.findings : new Map();
  const redaction = redact({ text, mentions: [] }, NOTHING, findings, { direct: true });
  const sent = redaction.messages.map((one) => openText(one.text)).join('');
  return { sent, found: (findings.get(text) ?? []).map(({ from, to }) => words.slice(from, to)), redaction };
}

/** The values that are found where nothing stands around them: some phone numbers are in no numbering plan. */
async function foundAlone(all: readonly string[]): Promise<readonly string[]> {
  const alone = await Promise.all(all.map(async (one) => ((await foundIn(one, search)).length === 1 ? one : '')));
  return alone.filter((one) => one !== '');
}

/** Pieces of the words, cut where the numbers say. */
function cut(words: string, cuts: readonly number[]): readonly string[] {
  const at = [0, ...cuts.map((one) => one % (words.length + 1)), words.length].sort((one, other) => one - other);
  return at.slice(1).map((end, index) => words.slice(at[index], end));
}

describe('redacted and restored', () => {
  it('an echo is the message again, whatever is in it and however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(message, fc.array(fc.nat(), { maxLength: 12 }), async ({ words }, cuts) => {
        const { sent, redaction } = await sendable(words);
        const restorer = redaction.restore();
        const shown = [...cut(sent, cuts).map((piece) => restorer.push(sealText(piece))), restorer.flush()];
        expect(shown.map(openText).join('')).toBe(words);
      }),
      { numRuns: RUNS },
    );
  });

  it('an echo with every placeholder in another costume is the message as well, but for placeholders that were typed', async () => {
    const costumes: readonly ((stem: string, number: string) => string)[] = [
      (stem, number) => `【${stem}\u2011${number}】`,
      (stem, number) => `［${stem.toUpperCase()}＿${number}］`,
      (stem, number) => `\\[${stem}\\_${number}\\]`,
      (stem, number) => `[**${stem} ${number}**]`,
      (stem, number) => `〔${fullWidth(`${stem}-${number}`)}〕`,
      (stem, number) => `[\u200b${stem}–0${number}]`,
    ];
    await fc.assert(
      fc.asyncProperty(
        message,
        fc.constantFrom(...costumes),
        fc.array(fc.nat(), { maxLength: 12 }),
        async ({ words }, wear, cuts) => {
          const inCostume = (text: string): string =>
            text.replace(/\[([a-z-]+)-(\d+)\]/gu, (_whole, stem: string, number: string) => wear(stem, number));
          const { sent, redaction } = await sendable(words);
          const restorer = redaction.restore();
          const shown = [
            ...cut(inCostume(sent), cuts).map((piece) => restorer.push(sealText(piece))),
            restorer.flush(),
          ];
          expect(shown.map(openText).join('')).toBe(inCostume(words));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('no value that was found is in what is sent, nor one that is found by itself', async () => {
    await fc.assert(
      fc.asyncProperty(message, async ({ words, values: all }) => {
        const { sent, found } = await sendable(words);
        for (const one of [...found, ...(await foundAlone(all))]) expect(sent).not.toContain(one);
      }),
      { numRuns: RUNS },
    );
  });

  it('nothing plain is lost: what is between the values goes as it is', async () => {
    await fc.assert(
      fc.asyncProperty(message, async ({ words }) => {
        const { sent, found } = await sendable(words);
        let rest = words;
        const plain: string[] = [];
        for (const one of found) {
          const at = rest.indexOf(one);
          plain.push(rest.slice(0, at));
          rest = rest.slice(at + one.length);
        }
        plain.push(rest);
        let from = 0;
        for (const part of plain) {
          const at = sent.indexOf(part, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + part.length;
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('any other words go as they are: positions hold for every character there is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), value, async (noise, one) => {
        const words = `${noise}\n${one}\n${noise}`;
        const { sent, redaction } = await sendable(words);
        for (const alone of await foundAlone([one])) expect(sent).not.toContain(alone);
        const restorer = redaction.restore();
        expect(openText(restorer.push(sealText(sent))) + openText(restorer.flush())).toBe(words);
      }),
      { numRuns: RUNS },
    );
  });

  it('the same value has the same placeholder in the question, in what was said before, and in files', async () => {
    const texts = ['I am a@example.com', 'a@example.com or b@example.com'].map(sealText);
    const result = await search.search(texts, never);
    if (result.kind === 'unavailable') throw new Error('could not be searched');
    const [before, question] = texts;
    if (before === undefined || question === undefined) throw new Error('no texts');
    const context: Context = { ...NOTHING, messages: [{ from: 'asker', said: { text: before, mentions: [] } }] };
    const { messages, counts } = redact({ text: question, mentions: [] }, context, result.findings, { direct: true });
    expect(messages.map(({ text }) => openText(text))).toEqual(['I am [email-1]', '[email-1] or [email-2]']);
    expect(counts.values).toEqual({ email: 2 });
  });
});

describe('long messages that are made to take long', () => {
  const patterns: readonly (readonly [string, (length: number) => string])[] = [
    ['digits', (length) => '1'.repeat(length)],
    ['zeros and dashes', (length) => '0-'.repeat(length / 2)],
    ['almost phones', (length) => '+1 2-'.repeat(length / 5)],
    ['groups of zeros', (length) => '00 '.repeat(length / 3)],
    ['numbers that are none', (length) => '090-0000-0000 '.repeat(length / 14)],
    ['phones', (length) => '090-1234-5678 '.repeat(length / 14)],
    ['at signs', (length) => 'a@'.repeat(length / 2)],
    ['almost addresses of mail', (length) => `${'a'.repeat(63)}.@${'a.'.repeat(60)}1 `.repeat(length / 188)],
    ['capitals', (length) => 'DE12 '.repeat(length / 5)],
    ['prefectures', (length) => '東京都千代田区'.repeat(length / 7)],
    ['kanji', (length) => '市区町村丁目番地号'.repeat(length / 9)],
    ['kanji without an end', (length) => '横浜'.repeat(length / 2)],
    ['begins of keys', (length) => '-----BEGIN PRIVATE KEY-----'.repeat(length / 27)],
    ['tokens', (length) => 'sk-a1B2c3D4e5F6g7H8'.repeat(length / 19)],
    ['passwords', (length) => 'password: '.repeat(length / 10)],
    ['passports', (length) => 'passport A1 '.repeat(length / 12)],
    ['full width', (length) => '０９０ー'.repeat(length / 4)],
    ['marks', (length) => '0\u0332'.repeat(length / 2)],
    ['begins of web tokens', (length) => 'eyJ-'.repeat(length / 4)],
    ['begins of connection strings', (length) => 'postgres://a:'.repeat(length / 13)],
    ['almost connection strings', (length) => 'mongodb+srv://'.repeat(length / 14) + 'a'.repeat(64)],
    ['almost basic authentication', (length) => 'https://a:b'.repeat(length / 11)],
    ['begins of tokens', (length) => 'xoxb-1-AKIA-ghp_'.repeat(length / 16)],
    ['words', (length) => 'word '.repeat(length / 5)],
    ['capital letters', (length) => 'A'.repeat(length)],
    ['assignments', (length) => 'aws_secret_access_key=AccountKey='.repeat(length / 33)],
    ['e-mail-like words', (length) => 'a.b-c'.repeat(length / 5)],
    ['pluses', (length) => '+'.repeat(length)],
    ['brackets', (length) => '[email-'.repeat(length / 7)],
    ['backslashes', (length) => '\\['.repeat(length / 2)],
    ['streets of Kyoto', (length) => '京都市中京区烏丸通御池'.repeat(length / 11)],
    ['buildings', (length) => `東京都港区赤坂1-2-3${'コーポ館'.repeat(length / 4)}`],
    ['tables', (length) => `口座番号,x\n${'1234567,"\n'.repeat(length / 10)}`],
    ['heads', (length) => 'password|'.repeat(length / 9)],
    ['lots', (length) => '大字字イ部'.repeat(length / 5)],
    ['streets', (length) => '1600 Pennsylvania Ave '.repeat(length / 22)],
    ['bracketed digits', (length) => '【1】'.repeat(length / 3)],
    ['digits and slashes', (length) => '1/2 / '.repeat(length / 6)],
    ['lines of digits', (length) => '12\n'.repeat(length / 3)],
    ['Chinese digits', (length) => '〇-'.repeat(length / 2)],
    ['labels', (length) => '口座番号免許証記号 '.repeat(length / 10)],
    ['pairs', (length) => 'admin / '.repeat(length / 8)],
    ['almost disguised addresses', (length) => 'a(at)b'.repeat(length / 6)],
    ['webs of angle brackets', (length) => '<'.repeat(length)],
  ];

  async function millisecondsFor(words: string): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round += 1) {
      const spent = processorMilliseconds();
      await sendable(words);
      least = Math.min(least, spent());
    }
    return least;
  }

  it.each(patterns)('%s: four times as long takes about four times as long', async (_name, make) => {
    const [short, long] = [await millisecondsFor(make(8_000)), await millisecondsFor(make(32_000))];
    // 16 times would be its square. Short times are the machine's noise.
    expect(long).toBeLessThan(Math.max(short * 10, 300));
  });
});
