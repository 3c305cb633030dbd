import type { Kind } from '../../../src/redact/kinds';
import type { Example } from './corpus';

/** Values as few people write them, or that only their sense gives away: by hand, found or not. */
const WRITTEN: readonly (readonly [Kind, value: string, words: string])[] = [
  ['email', 'aiko.tanaka at example dot co dot jp', 'Write to aiko.tanaka at example dot co dot jp.'],
  ['email', 'aiko(at)example.com', 'aiko(at)example.comに送って'],
  ['email', 'aiko@例え.jp', '宛先はaiko@例え.jpです'],
  ['email', 'mailto:aiko@example.com', '[write](mailto:aiko@example.com)'],
  ['email', 'aiko@example.com', 'From: "Aiko" <aiko@example.com>'],
  ['phone', '0901-23-45678', '携帯は0901-23-45678です'],
  ['phone', '〇九〇−一二三四−五六七八', '電話は〇九〇−一二三四−五六七八'],
  ['phone', '+49 (0)30 901820', 'Tel. +49 (0)30 901820'],
  ['phone', '030 901820', 'Berlin: 030 901820'],
  ['phone', '415 555 2671', 'call 415 555 2671 now'],
  ['phone', '090.1234.5678', 'tel 090.1234.5678'],
  ['phone', '03-3264-1234', 'TEL/FAX:03-3264-1234（代）'],
  ['phone', '03-3264-1234', '会員の電話番号 03-3264-1234'],
  ['phone', '81-90-1234-5678', 'WhatsApp 81-90-1234-5678'],
  ['card', '4111-111111-111111', 'card 4111-111111-111111'],
  ['card', '4111.1111.1111.1111', '4111.1111.1111.1111で支払い'],
  ['card', '4111111111111111', 'card=4111111111111111;exp=1227'],
  ['iban', 'de89370400440532013000', 'iban de89370400440532013000'],
  ['iban', 'DE89-3704-0044-0532-0130-00', 'DE89-3704-0044-0532-0130-00'],
  ['iban', 'NO9386011117947', 'konto NO9386011117947.'],
  ['my-number', '1234.5678.9018', '個人番号 1234.5678.9018'],
  ['my-number', '123456 789018', 'マイナンバー 123456 789018'],
  ['my-number', '123456789018', '顧客のマイナンバー：123456789018'],
  ['passport', 'TK1234567', 'TK1234567を控えました'],
  ['passport', 'TK 1234567', 'パスポート TK 1234567'],
  [
    'passport',
    'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
    'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
  ],
  ['address', '六本木ヒルズ森タワー52階', '東京都港区六本木ヒルズ森タワー52階'],
  ['address', '京都市中京区寺町通御池上る上本能寺前町488番地', '京都市中京区寺町通御池上る上本能寺前町488番地です'],
  ['address', '札幌市中央区南3条西5丁目', '札幌市中央区南3条西5丁目の物件'],
  ['address', '150-0002', '150-0002 東京都渋谷区'],
  ['address', '1600 Pennsylvania Ave NW', 'Ship it to 1600 Pennsylvania Ave NW, Washington, DC 20500.'],
  ['address', '221B Baker Street', '221B Baker Street, London NW1 6XE'],
  ['secret', 'sakura', 'the wifi password is sakura'],
  ['secret', 'さくら', 'パスワードは「さくら」です'],
  ['secret', 'dragon99', 'pw dragon99 で入れません'],
  ['secret', 'pZ3kQ9vLx2Rt8WnYb5Hd', 'key pZ3kQ9vLx2Rt8WnYb5Hd does not work'],
];

export const UNUSUAL: readonly Example[] = WRITTEN.map(([kind, value, words]) => ({
  language: /[ぁ-んァ-ヶ一-龠]/u.test(words) ? 'ja' : 'en',
  kind,
  value,
  words,
}));
