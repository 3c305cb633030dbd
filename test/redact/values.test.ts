import { foundIn } from '../support/redaction';

describe('values that are found', () => {
  it.each([
    ['email', 'aiko.tanaka+work@example.co.jp', 'メールはaiko.tanaka+work@example.co.jpまで'],
    ['email', 'o\u2019', ''],
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
    ['card', '4111 1111 1111 1111', 'card 4111 1111 1111 1111 exp 12/27'],
    ['card', '3782-822463-10005', 'アメックス3782-822463-10005'],
    ['card', '３５３０１１１３３３３０００００', 'JCBは３５３０１１１３３３３０００００です'],
    ['iban', 'DE89 3704 0044 0532 0130 00', 'IBAN DE89 3704 0044 0532 0130 00 THX'],
    ['iban', 'GB82WEST12345698765432', 'GB82WEST12345698765432'],
    ['my-number', '1234 5678 9018', 'マイナンバーは1234 5678 9018です'],
    ['passport', 'TK1234567', 'パスポート番号：TK1234567'],
    ['passport', '123456789', 'Passport No. 123456789'],
    ['address', '東京都千代田区丸の内1-2-3', '住所は東京都千代田区丸の内1-2-3です'],
    ['address', '大阪府大阪市北区梅田三丁目1番3号 大阪ビル5階', '大阪府大阪市北区梅田三丁目1番3号 大阪ビル5階に届けて'],
    ['address', '〒100-0005', '〒100-0005'],
    ['address', '横浜市西区みなとみらい2-2-1', 'うちは横浜市西区みなとみらい2-2-1にある'],
    ['secret', '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', 'my 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'],
    ['secret', 'hunter2!', 'パスワードはhunter2!です'],
    ['secret', 'postgres://user:s3cret@db.example.com/x', 'use postgres://user:s3cret@db.example.com/x'],
    ['secret', '-----BEGIN PRIVATE KEY-----\nMIIE\n', 'k\n-----BEGIN PRIVATE KEY-----\nMIIE\n'],
  ] as const)('%s: %j', async (kind, value, words) => {
    if (words === '') return;
    expect(await foundIn(words)).toEqual([[kind, value]]);
  });
});
