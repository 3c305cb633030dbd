import type { Kind } from '../../../src/redact/kinds';
import { businessSentences } from './business';
import { HARMLESS, harmlessNumbers } from './harmless';
import * as ids from './ids';
import { createRandom, type Random } from './random';
import { UNUSUAL } from './unusual';
import * as values from './values';

/** A message in which one value is known, or which holds none. */
export interface Example {
  readonly language: 'en' | 'ja';
  readonly words: string;
  /** Undefined for a harmless message, which is a false alarm where anything is taken out of it. */
  readonly kind: Kind | undefined;
  readonly value: string;
}

type Carriers = readonly string[];

const ANY_JA: Carriers = [
  '{}',
  '先ほどの件ですが、{}でお願いします。',
  'お客様から{}と伺いました。要約してください。',
  '・担当：営業二課\n・値：{}\n・期限：来週金曜',
  '次の内容を敬語に直して：「{}までご連絡ください」',
  '議事録の3行目に{}とあるのは正しいですか？',
];
const ANY_EN: Carriers = [
  '{}',
  'Could you rewrite this: please use {} from now on.',
  'The customer gave us {}, is that plausible?',
  '- owner: sales\n- value: {}\n- due: Friday 5pm',
  'Translate to Japanese: "{}" (keep it as it is).',
  'I found {} in row 14 of the sheet; what should I do with it?',
];

const SPECS: readonly {
  readonly kind: Kind;
  readonly language: 'en' | 'ja';
  readonly make: (random: Random) => string;
  readonly carriers: Carriers;
}[] = [
  { kind: 'email', language: 'ja', make: values.anEmail, carriers: ANY_JA },
  { kind: 'email', language: 'en', make: values.anEmail, carriers: ANY_EN },
  {
    kind: 'phone',
    language: 'ja',
    make: values.aJapanesePhone,
    carriers: [...ANY_JA, '電話番号は{}です。', 'TEL：{}'],
  },
  { kind: 'phone', language: 'en', make: values.anInternationalPhone, carriers: [...ANY_EN, 'Call me at {}.'] },
  { kind: 'card', language: 'ja', make: values.aCard, carriers: [...ANY_JA, 'カード番号{}、有効期限12/27'] },
  { kind: 'card', language: 'en', make: values.aCard, carriers: [...ANY_EN, 'charge {} exp 12/27 please'] },
  { kind: 'iban', language: 'ja', make: values.anIban, carriers: ANY_JA },
  { kind: 'iban', language: 'en', make: values.anIban, carriers: [...ANY_EN, 'IBAN: {} BIC ABCDDEFF'] },
  {
    kind: 'my-number',
    language: 'ja',
    make: values.aMyNumber,
    carriers: [...ANY_JA, 'マイナンバーは{}です', '個人番号：{}'],
  },
  { kind: 'my-number', language: 'en', make: values.aMyNumber, carriers: [...ANY_EN, 'my number is {}'] },
  {
    kind: 'passport',
    language: 'ja',
    make: values.aJapanesePassport,
    carriers: [
      'パスポート番号は{}です。',
      '旅券番号：{}',
      '{}（パスポート）を控えました',
      'パスポート（{}）の期限は？',
    ],
  },
  {
    kind: 'passport',
    language: 'en',
    make: values.aForeignPassport,
    carriers: [
      'My passport number is {}.',
      'Passport No: {}',
      'passport {} expires in May',
      'He showed passport no. {}, valid to 2030',
    ],
  },
  {
    kind: 'address',
    language: 'ja',
    make: values.anAddress,
    carriers: [...ANY_JA, '住所：{}', '送り先は{}です。', '〒100-0001 {}'],
  },
  { kind: 'secret', language: 'ja', make: values.aSecret, carriers: ANY_JA },
  { kind: 'secret', language: 'en', make: values.aSecret, carriers: ANY_EN },
  {
    kind: 'secret',
    language: 'ja',
    make: values.aPassword,
    carriers: [
      'パスワードは{}です',
      'パスワード：{}',
      '社内Wi-Fiのパスワードは「{}」なので、案内文を作って',
      'ID: aiko\nパスワード: {}',
    ],
  },
  {
    kind: 'secret',
    language: 'en',
    make: values.aPassword,
    carriers: [
      'password: {}',
      'login aiko, password={}',
      'PASSWORD="{}"',
      'user: aiko\npassword: {}\nWhy does it fail?',
    ],
  },
];

/** These come with what people call them, and with `|` before the value. */
const LABELLED: readonly (readonly [Kind, 'en' | 'ja', make: (random: Random) => string, Carriers])[] = [
  [
    'id-number',
    'ja',
    ids.anIdNumberJa,
    ['{}です。', '{}', '・{}\n・氏名：田中', '総務からです。{}で登録してください。'],
  ],
  ['id-number', 'en', ids.anIdNumberEn, ['{}', 'Her {} is on file.', 'Please check {}, thanks.']],
  ['account', 'ja', ids.anAccount, ['{}です。', '振込先は{}になります', '{}']],
];

const EACH = 40;

/** Some 900 messages with a value, and every harmless one: the same set for the same seed. */
export function corpus(seed = 20_261_125): readonly Example[] {
  const random = createRandom(seed);
  const positive = SPECS.flatMap(({ kind, language, make, carriers }) =>
    Array.from({ length: EACH }, (): Example => {
      const value = make(random);
      return { language, kind, value, words: random.pick(carriers).replace('{}', () => value) };
    }),
  );
  const labelled = LABELLED.flatMap(([kind, language, make, carriers]) =>
    Array.from({ length: EACH }, (): Example => {
      const [label = '', value = ''] = make(random).split('|');
      return { language, kind, value, words: random.pick(carriers).replace('{}', () => label + value) };
    }),
  );
  const marked = (
    [
      ['phone', values.aJapanesePhone],
      ['card', values.aCard],
      ['my-number', values.aMyNumber],
    ] as const
  ).flatMap(([kind, make]) =>
    Array.from({ length: EACH }, (): Example => {
      const value = ids.typed(make(random), random);
      return { language: 'ja', kind, value, words: random.pick(ANY_JA).replace('{}', () => value) };
    }),
  );
  const negative = [...HARMLESS, ...harmlessNumbers(random)].map(
    (words): Example => ({
      language: /[ぁ-んァ-ヶ一-龠]/u.test(words) ? 'ja' : 'en',
      kind: undefined,
      value: '',
      words,
    }),
  );
  return [...positive, ...labelled, ...marked, ...UNUSUAL, ...negative];
}

/** Harmless sentences of a working day, in both languages. */
export function business(seed = 20_261_128): readonly Example[] {
  return businessSentences(createRandom(seed)).map((one): Example => ({ ...one, kind: undefined, value: '' }));
}

/** Japanese names, which are looked for only where a setting says so. */
export function names(): readonly Example[] {
  const random = createRandom(7);
  const carriers = [
    '{}',
    '{}が明日説明します。',
    '担当は{}です。',
    '昨日{}に会いました。',
    '{}と打ち合わせをした内容を要約して',
  ];
  return Array.from({ length: 80 }, (): Example => {
    const [value = '', honorific = ''] = values.aJapaneseName(random).split('|');
    const words = random.pick(carriers).replace('{}', `${value}${honorific}`);
    return { language: 'ja', kind: 'name', value, words };
  });
}
