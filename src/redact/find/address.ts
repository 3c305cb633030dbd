import { BUILDING, FLOOR_OF_BUILDING, LETTER } from './building';
import { type Found, matches } from './found';

const PREFECTURE =
  '(?:東京都|北海道|(?:京都|大阪)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県)';
/** Hiragana but for particles, which begin another part of the sentence. */
const SOFT = `${LETTER}ぁ-てとなぬ-のば-ぷべ-ゑん`;
/** What a town is called, and not a market, its citizens or a section of something. */
const CITY = '(?:市(?![場民営立況販価街内外])|区(?![画別間分域切内外]))';
const TOWN = `[${SOFT}]{1,8}?(?:${CITY}|郡|町(?!内|名)|村(?!民))`;
/** Cities whose names have hiragana: others are told from the sentence by having none. */
const SOFT_CITY =
  '(?:さいたま|つくばみらい|つくば|かすみがうら|ひたちなか|いわき|みどり|さくら|ふじみ野|いすみ|あきる野|うるま|むつ|つがる|にかほ|みやま|うきは|えびの|いちき串木野|南さつま|たつの|あわら|かほく|いなべ|みよし|あま|東かがわ|さぬき|うきは|せとうち|阿久根)市';
const FIRM_TOWN = String.raw`(?:${SOFT_CITY}|(?<![\p{sc=Han}\p{sc=Katakana}])[${LETTER}]{1,6}?(?:${CITY}|郡[${SOFT}]{1,6}?[町村]))`;

const NUMBER = '(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,5})';
const PART = '(?:丁目|番地の?|番|号|の|-)';
/** Not a number of months, people or things, which are told in ranges too: `5-6月`. */
const NOT_COUNTED =
  '(?![0-9]|[ー-]?[0-9]|(?:[月日時年度人件個円%倍回位点歳才秒週泊社店戸匹枚冊億万千]|名(?!古)|本(?![社館店部校])|台(?!東)|分(?![室館])|パーセント|ポイント|セット|[ヶかヵカ]月|世帯))';
const ENDING = '(?:番地|番|号|丁目)';
const TWO = `${NUMBER}${PART} ?${NUMBER}`;
const BLOCKS = `${TWO}(?:${PART} ?${NUMBER}){1,3}${ENDING}?(?![0-9])|${TWO}(?:${ENDING}|${NOT_COUNTED})|${NUMBER}(?:丁目|番地)|${NUMBER}\\.${NUMBER}\\.${NUMBER}(?![0-9.])`;
/** Without its prefecture an address needs more of its own. */
const SURE_BLOCKS = `${NUMBER}-${NUMBER}-${NUMBER}(?:-${NUMBER})?(?![0-9])|${NUMBER}(?:丁目|番地)(?:[ -]?${NUMBER}(?:${PART} ?${NUMBER}){0,3}(?:番地|番|号)?)?|${NUMBER}番(?: ?${NUMBER})号?(?![0-9])`;
/** Two numbers alone are scores and ranges as well, but for the end of a sentence or a line. */
const LAST_TWO = `(?<!代表|選抜|平均|対|戦|内|外|比|率|額|約|室|階|版|表|図|章|節|問|案|部|課|班|組|級|枠|席)${TWO}(?=$|[\\s、。,.)」』】]|です|へ|まで|から|にて|に(?:あ|お|住|送|届)|の(?![0-9]))`;
/** After a town called so, one number may be all. */
const ONE = `[${SOFT}]{1,12}?町[${SOFT}]{0,3}?[0-9]{1,5}(?:-[0-9]{1,4})?${NOT_COUNTED}`;
/** Towns that count their streets, lines and lots; and plots with a letter or a kana. */
const STREET = `(?:[東西南北]?${NUMBER}(?:条(?:通り?)?|線(?:通り?)?)|第?${NUMBER}地割)?[東西南北]?`;
const PLOT = `(?:大字|字)[${SOFT}]{1,14}?[イ-ンイロハニホヘト甲乙丙丁]?(?:部)?${NUMBER}(?:${PART} ?${NUMBER}){0,3}${ENDING}?${NOT_COUNTED}|[イロハニホヘト甲乙丙丁]部?${NUMBER}(?:${PART}${NUMBER}){0,2}(?:番地|-${NUMBER})|[東西南北]?${NUMBER}線[東西南北]?${NUMBER}号|第?${NUMBER}地割${NUMBER}(?:${PART}${NUMBER}){0,2}(?:番地|番)?`;

const WITH_PREFECTURE = new RegExp(
  `${PREFECTURE}[ \\n]?${TOWN}(?:[ \\n]?[${SOFT}]{0,14}?)[ \\n]?(?:${PLOT}|${STREET}(?:${BLOCKS})|${ONE})${BUILDING}|${PREFECTURE} ?${TOWN}${FLOOR_OF_BUILDING}`,
  'dgu',
);
const WITHOUT_PREFECTURE = new RegExp(
  `${FIRM_TOWN}(?:(?!の[0-9])[ \\n]?[${SOFT}]{1,14}?[ \\n]?${STREET}(?:${SURE_BLOCKS})|[${SOFT}]{0,14}?(?:${PLOT})|(?:[${LETTER}]{1,4}区)?${ONE}|[東西南北]?${NUMBER}条(?:通り?)?[東西南北]?${NUMBER}丁目(?:-?${NUMBER}(?:-${NUMBER})?)?|(?![${SOFT}]{0,12}対)[${SOFT}]{2,14}?${LAST_TWO})${BUILDING}`,
  'dgu',
);

/** Kyoto's way: along a street, up or down or in to the east or west of a crossing. */
const WAY = `[${LETTER}の]{1,16}?(?:[上下][がガ]?[るル]|[東西](?:入|へ入)(?:[るル]|(?=[${LETTER} 、。0-9]|$)))`;
const KYOTO_LOT = `[0-9]{1,5}(?:(?:番地の?|番|-|の) ?[0-9]{1,4}){0,3}(?:番地|番|号)?${NOT_COUNTED}`;
const KYOTO_TOWN = `(?: ?[${SOFT}]{0,14}? ?${KYOTO_LOT}| ?[${SOFT}]{1,14}?町(?:目[${SOFT}]{1,6}?町)?)`;
const IN_KYOTO = new RegExp(
  `(?:(?:京都府 ?)?京都市 ?(?:[${LETTER}]{1,3}区 ?)?|(?:[上中下左右東西南北]京?|伏見|山科)区 ?)${WAY}${KYOTO_TOWN}?${BUILDING}|[${LETTER}]{1,8}通 ?[${LETTER}]{0,8}?(?:[上下][がガ]?[るル]|[東西]入[るル]?)${KYOTO_TOWN}${BUILDING}`,
  'dgu',
);

const POSTAL_CODE =
  /〒 ?[0-9]{3}-?[0-9]{4}(?![0-9-])|(?:郵便番号|postal ?code|zip ?code)[ :はが]{0,3}(?<value>[0-9]{3}-?[0-9]{4})(?![0-9-])/dgiu;
const POSTAL_CODE_BEFORE = new RegExp(
  `(?<![A-Za-z0-9-])[0-9]{3}-?[0-9]{4}(?=[ \\n,]{0,2}${PREFECTURE}|[ \\n]{1,2}${FIRM_TOWN})`,
  'dgu',
);

/** `1-2-3 Marunouchi, Chiyoda-ku, Tokyo 100-0005`. */
const ROMAJI =
  /(?<![A-Za-z0-9-])(?:[0-9]{1,4}(?:-[0-9]{1,4}){1,3}|[0-9]{1,2}-?chome(?:[ ,-]{1,2}[0-9]{1,3}(?:-[0-9]{1,3}){0,2})?)[ ,]{1,2}(?:[A-Z][A-Za-z'-]{1,20}[ ,]{1,2}){0,3}[A-Z][a-z]{1,15}-(?:ku|shi|gun|machi|cho|mura|son)(?![A-Za-z])(?:[ ,]{1,2}[A-Z][a-z]{1,12}(?:-(?:shi|ken|fu|to|do))?(?![A-Za-z])){0,2}(?:[ ,]{1,2}[0-9]{3}-?[0-9]{4}(?![0-9]))?/dgu;
/** `Minato-ku, Akasaka 1-2-3`, as in forms. */
const ROMAJI_IN_ORDER =
  /(?<![A-Za-z-])(?:(?:Tokyo|Hokkaido|Osaka|Kyoto|[A-Z][a-z]{2,12}-(?:ken|fu|to))[ ,]{1,2})?(?:[A-Z][a-z]{1,15}-(?:shi|gun)[ ,]{1,2})?[A-Z][a-z]{1,15}-(?:shi|ku|gun|machi|cho)[ ,]{1,2}(?:[A-Z][A-Za-z'-]{1,20}[ ,]{1,2}){1,3}[0-9]{1,4}(?:-[0-9]{1,4}){1,3}(?![0-9-])/dgu;
/** `1600 Pennsylvania Ave NW, Washington, DC 20500`, `221B Baker Street`. */
const STREET_ADDRESS =
  /(?<![A-Za-z0-9.,$#-]|(?:\([Cc]\)|©|Copyright) )[0-9]{1,5}[A-Z]?(?:-[0-9]{1,4})? (?:(?:[NSEW]|North|South|East|West)\.? )?(?:(?!(?:Thousand|Million|Billion|Second|Minute|Hour|Day|Week|Month|Year|Point|Step|Percent|Mile)s? )[A-Z][a-z'’]{1,15}|[0-9]{1,3}(?:st|nd|rd|th))(?: [A-Z][a-z'’]{1,15}){0,2} (?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Place|Pl|Square|Sq|Terrace|Parkway|Pkwy|Highway|Hwy|Crescent|Close)(?![A-Za-z])\.?(?! [a-z]{2,20}s(?![A-Za-z]))(?: (?:NW|NE|SW|SE|N|S|E|W)(?![A-Za-z]))?(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|#)\.? ?[A-Za-z0-9-]{1,6})?(?:,? [A-Z][a-z]{1,15}(?: [A-Z][a-z]{1,15}){0,2})?(?:,? [A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}|(?:,? [A-Z]{2}(?![A-Za-z0-9]))?(?:,? [0-9]{5}(?:-[0-9]{4})?(?![0-9]))?)/dgu;

/**
 * Postal addresses of Japan down to the block, with building and room, in Latin letters too; postal codes that say
 * that they are; and numbers in streets, as in English.
 */
export function* findAddresses(words: string): Generator<Found> {
  for (const pattern of [
    POSTAL_CODE,
    POSTAL_CODE_BEFORE,
    WITH_PREFECTURE,
    WITHOUT_PREFECTURE,
    IN_KYOTO,
    ROMAJI,
    ROMAJI_IN_ORDER,
    STREET_ADDRESS,
  ])
    yield* matches('address', pattern, words);
}
