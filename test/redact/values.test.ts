import { aSearch, foundIn } from '../support/redaction';

describe('values that are found', () => {
  it.each([
    ['email', 'aiko.tanaka+work@example.co.jp', 'メールはaiko.tanaka+work@example.co.jpまで'],
    ['email', 'Ｂｅｎ＠ｅｘａｍｐｌｅ．ｃｏｍ', '宛先：Ｂｅｎ＠ｅｘａｍｐｌｅ．ｃｏｍです'],
    ['email', 'ben@mail.example.com', '**ben@mail.example.com**, please.'],
    ['email', 'be\u200bn@example.com', 'be\u200bn@example.com'],
    ['phone', '03-3264-1234', '電話は03-3264-1234です。'],
    ['phone', '０９０ー１２３４ー５６７８', '携帯０９０ー１２３４ー５６７８へ'],
    ['phone', '09012345678', '09012345678まで'],
    ['phone', '03(3264)1234', 'TEL:03(3264)1234'],
    ['phone', '0120-444-113', 'お客様相談室 0120-444-113'],
    ['phone', '+81 90-1234-5678', 'call +81 90-1234-5678 2024'],
    ['phone', '+1 (415) 555-2671', 'Tel +1 (415) 555-2671, please'],
    ['phone', '(415) 555-2671', 'call (415) 555-2671'],
    ['phone', '020 7946 0958', 'ring 020 7946 0958 at noon'],
    ['phone', '𝟎𝟗𝟎-𝟏𝟐𝟑𝟒-𝟓𝟔𝟕𝟖', '😀𝟎𝟗𝟎-𝟏𝟐𝟑𝟒-𝟓𝟔𝟕𝟖😀'],
    ['phone', '0\u03329\u03320\u0332-1234-5678', 'x 0\u03329\u03320\u0332-1234-5678 y'],
    ['phone', '03-3264-1234', 'TEL03-3264-1234'],
    ['phone', '03-3264-1234', 'Fax.03-3264-1234'],
    ['phone', '０３−３２６４−１２３４', '℡０３−３２６４−１２３４'],
    ['phone', '+81-3-3264-1234', 'TEL+81-3-3264-1234'],
    ['secret', 'hunter22', '{"user": "aiko", "password": "hunter22"}'],
    ['secret', 'hunter22', 'DB_PASSWORD=hunter22'],
    ['secret', 'a1b2c3d4e5f6g7', '"access_token":"a1b2c3d4e5f6g7"'],
    ['secret', 'a1b2c3d4e5f6g7', 'const clientSecret = "a1b2c3d4e5f6g7";'],
    ['card', '4111 1111 1111 1111', 'card 4111 1111 1111 1111 exp 12/27'],
    ['card', '3782-822463-10005', 'アメックス3782-822463-10005'],
    ['card', '３５３０１１１３３３３０００００', 'JCBは３５３０１１１３３３３０００００です'],
    ['iban', 'DE89 3704 0044 0532 0130 00', 'IBAN DE89 3704 0044 0532 0130 00 THX'],
    ['iban', 'GB82WEST12345698765432', 'GB82WEST12345698765432'],
    ['my-number', '1234 5678 9018', 'マイナンバーは1234 5678 9018です'],
    ['passport', 'TK1234567', 'パスポート番号：TK1234567'],
    ['id-number', '1234-567890-1', '雇用保険番号 1234-567890-1'],
    ['id-number', '12345678901', '雇用保険被保険者番号は12345678901です'],
    ['id-number', '1EG4-TE5-MK73', 'Medicare number 1EG4-TE5-MK73'],
    ['passport', '123456789', 'Passport No. 123456789'],
    ['address', '東京都千代田区丸の内1-2-3', '住所は東京都千代田区丸の内1-2-3です'],
    ['address', '大阪府大阪市北区梅田三丁目1番3号 大阪ビル5階', '大阪府大阪市北区梅田三丁目1番3号 大阪ビル5階に届けて'],
    ['address', '〒100-0005', '〒100-0005'],
    ['address', '横浜市西区みなとみらい2-2-1', 'うちは横浜市西区みなとみらい2-2-1にある'],
    ['secret', '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', 'my 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'],
    ['secret', 'hunter2!', 'パスワードはhunter2!です'],
    ['secret', 'postgres://user:s3cret@db.example.com/x', 'use postgres://user:s3cret@db.example.com/x'],
    ['phone', '03-3264-1234', '受付：03-3264-1234'],
    ['phone', '0120-444-113', 'お問い合わせは0120-444-113まで'],
    ['phone', '415-555-2671', 'Customer: 415-555-2671'],
    ['phone', '415-555-2671', 'in that case 415-555-2671 is better'],
    ['phone', '03-3264-1234', '代表番号：03-3264-1234'],
    ['phone', '090-1234-5678', '申込者番号は090-1234-5678'],
    ['phone', '07700 900461', 'the driver (07700 900461)'],
    ['card', '4111111111111111', 'account: 4111111111111111'],
    ['card', '3530111333300000', '会員のJCB3530111333300000'],
    ['passport', 'C4FXH2KPT', 'passport C4FXH2KPT'],
    ['secret', 'rk_live_0a1B2c3D4e5F6g7H', 'Stripe says rk_live_0a1B2c3D4e5F6g7H'],
    ['secret', 'Qw3rtyUi', 'amqp://svc:Qw3rtyUi@'],
    ['address', '福岡市博多区東公園7番7号 エステート博多603', '福岡市博多区東公園7番7号 エステート博多603'],
    ['secret', '-----BEGIN PRIVATE KEY-----\nMIIE\n', 'k\n-----BEGIN PRIVATE KEY-----\nMIIE\n'],
  ] as const)('%s: %j', async (kind, value, words) => {
    expect(await foundIn(words)).toEqual([[kind, value]]);
  });
});

describe('what only looks like a value', () => {
  it.each([
    'token: 4096',
    'max_tokens: 4096, token = 2048',
    'secret: v2',
    'password: required',
    'spin: 1234',
    'part AB03-3264-1234',
    'passwordHash = sha256',
    'tokens: 123456 of 128000',
    'git@github.com:example/repo.git',
    'icon@2x.png',
    'the order number is 0312345678',
    '4111 1111 1111 1112',
    'DE88 3704 0044 0532 0130 00',
    '1234 5678 9019',
    'TK1234567 is a part',
    '東京都の人口',
    'ver. 03.1234.5678',
    '03-13-2019 14:54 PDT',
    '0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9',
    '0 1 2 3 4 5 6 7 8 9',
    'draft-06/07/2019-09/2020-12',
    'API_KEY|BASE_URL|ENDPOINT|MODEL|MODEL_ID2',
    '090-0000',
    'x@y',
    // Things with a number of their own, whatever it looks like
    'Valve 07-700-900-12 replaces 07-700-900-11',
    '検針番号0161-4960-018',
    '0161-4960-018 was read',
    'コンテナ番号 090-1234-5678',
    '製品コード：0120-123-456',
    'RMA 300-41-8827',
    'claim no. 771-22-9043',
    '修理受付300-41-8827の件',
    'code 123-45-6789-X',
    '060-0000〜064-0999',
    '内線7712〜7719',
    '電話 20261127 10時',
    '被保険者数 12345',
    'GL account number 1200000',
    '千代田区の1丁目から4丁目まで',
    '1 Million Square feet, a 100 Day Close plan',
    'app@8081.service and getty@tty1.timer',
    'git@gitlab.example.com/group/repo',
    'PW: 100kW',
    `postgres://user:$${'{PASS}'}@db`,
    'pin depth-0 and pin react@19',
    'Copyright (c) 2013 Gary Court, © 2014 Gary Court',
    'a passphrase is fine?',
    'password is wrong!',
  ])('%j goes as it is', async (words) => {
    expect(await foundIn(words)).toEqual([]);
  });

  it.each([
    '注文番号',
    '受注番号：',
    'お問い合わせ番号は',
    'order no. ',
    'Order number: ',
    'tracking number ',
    'invoice #',
  ])('a card-like number after %j is what the words say, and a card after it is one', async (label) => {
    for (const number of ['4111111111111111', '4111-1111-1111-1111', '４１１１　１１１１　１１１１　１１１１'])
      expect(await foundIn(`${label}${number}`)).toEqual([]);
    expect(await foundIn(`${label}12345、カード 4111 1111 1111 1111`)).toEqual([['card', '4111 1111 1111 1111']]);
  });

  it('values that follow each other are found each', async () => {
    const phones = '03-3264-1234 03-3264-1235  090-1234-5678';
    expect((await foundIn(phones)).map(([, value]) => value)).toEqual([
      '03-3264-1234',
      '03-3264-1235',
      '090-1234-5678',
    ]);
    const ibans = 'DE89 3704 0044 0532 0130 00 GB82 WEST 1234 5698 7654 32';
    expect(await foundIn(ibans)).toHaveLength(2);
    expect(await foundIn('NL40 INGB 5802 0489 65  03-3145-6645')).toHaveLength(2);
    expect(await foundIn('4111 1111 1111 1111 4012 8888 8888 1881')).toHaveLength(2);
  });

  it('a number that no plan knows ends the search', async () => {
    expect(await foundIn('+999 99 999 99 99 9 or +1')).toEqual([]);
  });

  it('kinds are left alone where the settings say so', async () => {
    const search = aSearch({ without: ['email'] });
    expect(await foundIn('a@example.com 090-1234-5678', search)).toEqual([['phone', '090-1234-5678']]);
  });

  it('a search that broke is no search: the next one is tried anew', async () => {
    const presidio = {
      analyse: jest
        .fn()
        .mockRejectedValueOnce(new Error('x'))
        .mockResolvedValue({ kind: 'analysed', findings: new Map() }),
    };
    const search = aSearch({ presidio });
    await expect(foundIn('a@example.com', search)).rejects.toThrow('could not be searched');
    expect(await foundIn('a@example.com', search)).toEqual([['email', 'a@example.com']]);
  });
});
