import fc from 'fast-check';
import type { Kind } from '../../src/redact/kinds';
import { createRandom } from '../bench/redaction/random';
import * as values from '../bench/redaction/values';
import { foundIn } from '../support/redaction';

/** The forms in which people in Japan and elsewhere really type a number. */
const FORMS: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  phone: [
    ...'-‐‑‒–—―−－﹣⁃ー ｰ─━〜～~〰_＿|｜│/／・･•·.．=＝→の一'.split('').map((mark) => `090${mark}1234${mark}5678`),
    ...',、:;'.split('').flatMap((mark) => (mark === '、' ? [] : [`090${mark}1234${mark}5678`])),
    '090 - 1234 - 5678',
    '090\u30001234\u30005678',
    '（090）1234−5678',
    '【03】3264-1234',
    '〔03〕3264-1234',
    '［03］3264-1234',
    '０３（３２６４）１２３４',
    '03 (3264) 1234',
    '〇九〇−一二三四−五六七八',
    '０３ー三二六四ー一二三四',
    '〇九〇の一二三四の五六七八',
    '⁰⁹⁰⁻¹²³⁴⁻⁵⁶⁷⁸',
    '0̶9̶0̶-1̶2̶3̶4̶-5̶6̶7̶8̶',
    '直通です.090-1234-5678',
    'TEL03-3264-1234FAX03-3264-1235',
    '电话：13812345678',
    '○九○ー一二三四ー五六七八',
    '⓪⑨⓪-①②③④-⑤⑥⑦⑧',
    '⓿❾⓿-❶❷❸❹-❺❻❼❽',
    '0️⃣9️⃣0️⃣-1️⃣2️⃣3️⃣4️⃣-5️⃣6️⃣7️⃣8️⃣',
    '٠٩٠-١٢٣٤-٥٦٧٨',
    'O9O-1234-5678',
    '0 9 0 1 2 3 4 5 6 7 8',
    '０ ９ ０ - １ ２ ３ ４ - ５ ６ ７ ８',
    '090-1234-\n5678',
    '090-12\n34-5678',
    '090\n1234\n5678',
    '0901234\n5678',
    '09\u200b0-12\u200f34-56\u206078',
    '\u202a090-1234-5678\u202c',
    '**090**-`1234`-5678',
    '0901-23-45678',
    '03.3264.1234',
    '＋８１　９０　１２３４　５６７８',
    '81-90-1234-5678',
    '0081-90-1234-5678',
    '010-81-90-1234-5678',
    '1-415-555-2671',
    '1 (415) 555-2671',
    '415 555 2671',
    '415/555-2671',
    '0044 20 7946 0958',
    'Tel. 030 901820',
    '電話 3264-1234',
    'phone number is 01 42 68 53 00',
  ],
  card: [
    ...'-ー─〜_|/・. *'.split('').map((mark) => `4111${mark}1111${mark}1111${mark}1111`),
    '４１１１−１１１１−１１１１−１１１１',
    '4111-111111-111111',
    '4111-1111 1111-1111',
    '41111111 11111111',
    '4111 1111\n1111 1111',
    '4111-1111-1111-11\n11',
    '四一一一 一一一一 一一一一 一一一一',
    'CVV: 123',
    'セキュリティコードは1234',
  ],
  'my-number': [
    ...'-ー─・. '.split('').map((mark) => `1234${mark}5678${mark}9018`),
    'マイナンバー：123456 789018',
    'マイナンバー（12桁）：123456789012',
    '個人番号は１２３４−５６７８−９０１２',
  ],
  'id-number': [
    '123-45-6789',
    '１２３−４５−６７８９',
    '123ー45ー6789',
    'SSN: 123 45 6789',
    'social security number is 123456789',
    '運転免許証番号：301234567890',
    '免許証の番号は第301234567890号',
    '免許証番号 3012-3456-7890',
    '第309012345620号',
    '基礎年金番号は1234-567890',
    'basic pension number: 1234567890',
    'health insurance number 12345678',
    '被保険者証記号123番号4567',
    '年金番号１２３４ー５６７８９０',
    'AB12345678CD',
    '在留カード ab12345678cd',
    '保険者番号 06123456',
    '被保険者番号：1234567',
    '雇用保険被保険者番号 1234-567890-1',
    '保険証 記号 1234 番号 567',
    '記号・番号：12-345',
    '住民票コード 12345678901',
    'QQ 12 34 56 C',
    'national insurance no. QQ123456C',
    "driver's license D1234567",
    'S1234567D',
    '900101-1234567',
    '11010119900307221X',
    '529.982.247-25',
  ],
  account: [
    '口座番号：1234567',
    '普通 1234567',
    '普通預金 １２３４５６７',
    '（普）1234567',
    '三菱UFJ銀行 新宿支店 1234567',
    '口座番号は123-4567',
    'ゆうちょ 記号 12340 番号 12345671',
    'ゆうちょ銀行 12340ー12345671',
    'bank account number 12345678',
    'account no. 000123456789',
    'sort code 12-34-56',
    'routing number 021000021',
  ],
  passport: ['パスポート TK 123 4567', 'passport no. TK-1234567', '旅券番号ＴＫ１２３４５６７'],
  iban: ['DE89.3704.0044.0532.0130.00', 'DE89–3704–0044–0532–0130–00', 'DE89  3704  0044  0532  0130  00'],
  email: [
    'ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ',
    'taro＠example。co。jp',
    'taro＠http://example.co.jp',
    'taro@例え.jp',
    'taro@example,com',
    'taro(at)example.com',
    'taro [at] example [dot] com',
    'taro at example dot com',
    'taro★example.com',
    'taro @ example.com',
    'taroアットマークexample.com',
  ],
};

describe.each(Object.entries(FORMS))('%s', (kind, forms) => {
  it.each(forms)('is found as %j', async (form) => {
    for (const words of [form, `ご連絡先は${form}です。`, `It is ${form}, please.`])
      expect((await foundIn(words)).map(([found]) => found)).toContain(kind);
  });
});

describe('numbers beside each other', () => {
  it.each([
    '03-3264-1234/03-3264-1235',
    '03-3264-1234 / 090-1234-5678',
    '03-3264-1234・090-1234-5678',
    '03-3264-1234｜090-1234-5678',
    '0332641234/0332641235',
    '0332641234-0332641235',
    '03(3264)1234 - 03(3264)1235',
    '03-3264-1234\n03-3264-1235',
    '03-3264-1234 03-3264-1235',
    '4111111111111111,4012888888881881',
    '1,4111-1111-1111-1111\n2,4012-8888-8888-1881',
  ])('are found each: %j', async (words) => {
    const left = (await foundIn(words)).reduce((rest, [, value]) => rest.replace(value, ''), words);
    expect(left).not.toMatch(/\d{3}/);
  });

  it('on lines of their own are not taken together', async () => {
    expect(await foundIn('1234\n5678\n9018')).toEqual([]);
    expect(await foundIn('4111\n1111\n1111\n1111')).toEqual([]);
    expect(await foundIn('2021 2022\n2023')).toEqual([]);
  });
});

describe('any of the separators, widths and invisible marks', () => {
  const mark = fc.constantFrom(...'-‐‑–—−－ー─〜~_|・. ', '\u3000', '\u00a0', ' - ', '−\u200b');
  const digits: readonly ((digit: string) => string)[] = [
    (digit) => digit,
    (digit) => String.fromCodePoint(0xff10 + Number(digit)),
    (digit) => String.fromCodePoint(0x1d7ce + Number(digit)),
    (digit) => String.fromCodePoint(0x0660 + Number(digit)),
    (digit) => (digit === '0' ? '⓪' : String.fromCodePoint(0x2460 + Number(digit) - 1)),
    (digit) => `${digit}\u200b`,
    (digit) => `\u200f${digit}`,
  ];
  const width = fc.constantFrom(...digits);
  const groups = fc.constantFrom<readonly [Kind, readonly string[]]>(
    ['phone', ['090', '1234', '5678']],
    ['phone', ['03', '3264', '1234']],
    ['phone', ['0120', '444', '113']],
    ['card', ['4111', '1111', '1111', '1111']],
    ['card', ['3782', '822463', '10005']],
    ['my-number', ['1234', '5678', '9018']],
    ['id-number', ['123', '45', '6789']],
  );
  const around = fc.constantFrom(
    ['', ''],
    ['番号は', 'です。'],
    ['use ', ' now'],
    ['「', '」'],
    ['\n', '\n'],
    ['（', '）'],
  );

  it('hide no number', async () => {
    await fc.assert(
      fc.asyncProperty(groups, mark, width, around, async ([kind, parts], between, wide, [before, after]) => {
        const number = parts.map((part) => [...part].map(wide).join('')).join(between);
        const words = `${before}${number}${after}`;
        const found = await foundIn(words);
        expect([words, found.map(([one]) => one)]).toEqual([words, [kind]]);
        expect(found[0]?.[1].length).toBeGreaterThanOrEqual([...number].filter((one) => one !== '\u200f').length - 1);
      }),
      { numRuns: 1500 },
    );
  });

  it('hide no IBAN', async () => {
    await fc.assert(
      fc.asyncProperty(mark, width, async (between, wide) => {
        const iban = ['DE89', '3704', '0044', '0532', '0130', '00']
          .map((part) => [...part].map((one) => (/\d/.test(one) ? wide(one) : one)).join(''))
          .join(between);
        expect([iban, (await foundIn(`IBAN ${iban} です`)).map(([one]) => one)]).toEqual([iban, ['iban']]);
      }),
    );
  });

  it('hide no phone and no card, whatever the same mark between their groups is', async () => {
    // Circles are typed for zeros; some signs are letters in a frame.
    const marks = Array.from({ length: 0xffff - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).filter(
      (one) => /^[\p{P}\p{S}\p{Zs}]$/u.test(one) && !/[\p{L}\p{N}○◯]/u.test(one.normalize('NFKC')),
    );
    const numbers: readonly (readonly [Kind, readonly string[]])[] = [
      ['phone', ['090', '1234', '5678']],
      ['phone', ['03', '3264', '1234']],
      ['card', ['4111', '1111', '1111', '1111']],
    ];
    const hidden: string[] = [];
    for (const between of marks)
      for (const [kind, parts] of numbers) {
        const words = `番号は${parts.join(between)}です`;
        if ((await foundIn(words)).map(([one]) => one).join() !== kind) hidden.push(words);
      }
    expect(marks.length).toBeGreaterThan(3_000);
    expect(hidden).toEqual([]);
  });

  it('hide no number of any kind that is found without them', async () => {
    const makers = [values.aJapanesePhone, values.aCard, values.aMyNumber] as const;
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(...makers), mark, async (seed, make, between) => {
        const plain = make(createRandom(seed)).normalize('NFKC');
        if (!plain.includes('-') || plain.startsWith('+') || (await foundIn(plain)).length !== 1) return;
        const words = plain.replaceAll('-', between);
        expect([words, (await foundIn(words)).length]).toEqual([words, 1]);
      }),
      { numRuns: 1000 },
    );
  });
});
