/** Letters of Japanese names, but for hiragana. */
export const LETTER = String.raw`\p{sc=Han}\p{sc=Katakana}々ー`;

const NAME = `[${LETTER}のA-Za-z0-9・&'’]`;
const WORDS =
  'ビルディング|ビルヂング|ビル|マンション|ハイツ|ハイム|コーポラス|コーポ|荘|アパート|タワー|レジデンス|ハウス|メゾン|パレス|ヒルズ|プラザ|コート|テラス|ガーデン|スクエア|スクウェア|センター|会館|寮|団地|住宅|エステート|ヴィラ|ビラ|シャトー|キャッスル|ドミール|カーサ|フラット|パーク|館|棟';
const ENGLISH = String.raw`(?:[A-Z][A-Za-z0-9'&.-]{0,20} ){0,3}(?:Bldg\.?|Building|Tower|Heights|House|Mansion|Court|Residence|Plaza|Hills)(?![a-z])`;
/** A wing or a number after the name: `タワーズ`, `ハイツA`, `ビルII`. */
const WING = String.raw`(?:[\p{sc=Katakana}ー]{1,12}|[A-Z]{1,4}(?![A-Za-z])|[東西南北本新別]?(?:館|棟))`;
const ENDS = String.raw`(?=$|[\s、。,.)」』】]|です|まで|へ|に(?:て|送|届|お))`;
/** A name after the word, as in `コーポ山田`, where it plainly ends. */
const AFTER = `[${LETTER}・]{1,10}(?:(?=[ -]?[A-Z]?[0-9]{2,4}(?![0-9年月日人円]))|${ENDS})`;
const FLOOR = '(?:号室|号棟|号館|号|室|階|棟|[Ff](?![A-Za-z]))';
const COUNTED = '(?![0-9]|[月日年人名件円個本台%回時])';
const NUMBERED = `(?:地下|第|[#B])?[A-Z]?-?[0-9]{1,4}(?:[A-Z](?![A-Za-z]))?`;

/** A building and a floor of it, which are enough after a town. */
export const FLOOR_OF_BUILDING = `${NAME}{0,24}?(?:${WORDS})${WING}?(?: ?${NAME}{0,12}?(?:${WORDS})${WING}?)?[ -]?${NUMBERED}(?:号室|階|[Ff](?![A-Za-z]))`;

/** A building and rooms in it, after the block of an address. Without a building a room says that it is one. */
export const BUILDING =
  `(?:(?:[ \\n]?(?:${NAME}{0,20}?(?:${WORDS})${WING}?){1,3}(?:${AFTER})?| ?${ENGLISH})(?:[ -]?${NUMBERED}(?:${FLOOR}|${COUNTED})){0,3}` +
  `|(?: [${LETTER}ぁ-ん・A-Za-z]{1,16}| ?[${LETTER}・A-Za-z]{1,16})? ?${NUMBERED}(?:号室|号棟|室|階|[Ff](?![A-Za-z]))(?: ?${NUMBERED}${FLOOR}?${COUNTED})?)?`;
