import { type Found, matches } from './found';

const PREFECTURE =
  '(?:東京都|北海道|(?:京都|大阪)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)';
const LETTER = String.raw`\p{sc=Han}\p{sc=Katakana}々ー`;
/** Hiragana but for particles, which begin another part of the sentence. */
const SOFT = `${LETTER}ぁ-てとなぬ-のば-ぷべ-ゑん`;
/** What a town is called, and not a market, its citizens or a section of something. */
const TOWN = `[${SOFT}]{1,8}?(?:市(?![場民営立況販価街])|区(?![画別間分域切])|郡|町(?!内|名)|村(?!民))`;
const NUMBER = '(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3})';
const PART = `(?:丁目|番地の?|番|号|の|-)`;
const BLOCKS = `${NUMBER}(?:${PART} ?${NUMBER}){1,4}(?:番地|番|号|丁目)?|${NUMBER}(?:丁目|番地)`;
/** Without its prefecture an address needs more of its own. */
const SURE_BLOCKS = `${NUMBER}-${NUMBER}-${NUMBER}|${NUMBER}(?:丁目|番地)(?: ?${NUMBER}(?:${PART} ?${NUMBER}){0,3}(?:番地|番|号)?)?`;
/** Sapporo and other towns count their streets. */
const STREET = `(?:[東西南北]${NUMBER}条)?[東西南北]?`;
const HOUSE = `(?: ?[${LETTER}のA-Za-z・]{1,20}(?:ビルディング|ビル|マンション|ハイツ|コーポ|荘|アパート|タワー|レジデンス|ハウス|メゾン|パレス|ヒルズ))?(?:[ -]?[A-Z]?[0-9]{1,4}(?:号室|階|F))?`;

const WITH_PREFECTURE = new RegExp(
  `${PREFECTURE} ?${TOWN}(?: ?[${SOFT}]{0,14}?) ?${STREET}(?:${BLOCKS})${HOUSE}`,
  'dgu',
);
const WITHOUT_PREFECTURE = new RegExp(
  String.raw`(?<![\p{sc=Han}\p{sc=Katakana}])[${LETTER}]{1,6}?(?:市(?![場民営立況販価街])|区(?![画別間分域切]))[${SOFT}]{1,14}?${STREET}(?:${SURE_BLOCKS})${HOUSE}`,
  'dgu',
);
const POSTAL_CODE =
  /〒 ?[0-9]{3}-?[0-9]{4}(?![0-9-])|(?:郵便番号|postal code|zip code)[ :：はが]{0,3}(?<value>[0-9]{3}-[0-9]{4})(?![0-9-])/dgiu;
const POSTAL_CODE_BEFORE = new RegExp(String.raw`(?<![A-Za-z0-9-])[0-9]{3}-[0-9]{4}(?=[ \n]{0,2}${PREFECTURE})`, 'dgu');

/** Postal addresses of Japan down to the block, and postal codes that say that they are. */
export function* findAddresses(words: string): Generator<Found> {
  for (const pattern of [POSTAL_CODE, POSTAL_CODE_BEFORE, WITH_PREFECTURE, WITHOUT_PREFECTURE])
    yield* matches('address', pattern, words);
}
