/** Things whose number may follow without another word: `品番 …`, `order …`. People have none of these. */
const THINGS_JA =
  '注文書?|受注|発注書?|伝票|送り状|追跡|請求書?|見積書?|納品書?|検収|出荷|証券|品番|型番|型式|図番|図面|部番|機番|製番|工番|注番|品目|部品|資材|商品|製品|製造|シリアル|ロット|弁';
const THINGS_EN =
  'order|po|rma|invoice|quote|quotation|ticket|tracking|shipment|container|part|serial|sku|article|material|asset|drawing|meter|valve|ref(?:erence)?|batch|lot|sample|model|build|isbn|jan|ean|upc';
/** Those that may stand before a person’s own number as well need to say that it is theirs: `customer no. …`. */
const OTHERS_EN =
  'account|acct|case|claim|policy|customer|member|employee|device|incident|issue|item|transaction|contract|project|job';
const CALLED_EN = '(?:number|no|id|code|reference)';

const OF_A_THING = [
  new RegExp(`(?:${THINGS_JA})(?:番号|コード|ID|No|№)?[ \\t:.はが#]{0,3}$`, 'iu'),
  /(?:会員|社員|学籍|顧客|管理|整理|契約|案件|チケット|法人|お?問い?合わ?せ|受付)(?:番号|コード|ID|No|№)[ \t:.はが#]{0,3}$/iu,
  new RegExp(
    `\\b(?:(?:${THINGS_EN})(?:[ \\t]${CALLED_EN})?|(?:${OTHERS_EN})(?:[ \\t]${CALLED_EN}|[ \\t]?#))[ \\t:.#=]{0,3}(?:(?:is|was)[ \\t])?$`,
    'iu',
  ),
] as const;

/** `検針番号`, `コンテナコード`: whatever it is called, it has a name of its own. */
const CALLED_JA = /(?<name>[\p{sc=Han}\p{sc=Katakana}ー]{1,10})(?:番号|コード)[ \t:.はが#]{0,3}$/u;
/** But for what people's numbers are called. */
const OF_A_PERSON =
  /電話|携帯|ケータイ|モバイル|スマホ|連絡|直通|代表|自宅|実家|勤務|職場|会社|事務所|店舗|緊急|着信|発信|通話|通信|発言|国際|フリー|ダイヤル|ファ|個人|本人|家族|担当|窓口|宿泊|カード|クレ|デビット|決済|支払|証$|証明|マイナ|納税|保険|年金|免許|旅券|パス|社会|身分|国民|住民|ログイン|ユーザー|アカウント|口座|者$|客/u;

const WINDOW = 32;

/** Whether the words just before a number say that it is the number of something else than a person. */
export function isOtherNumber(words: string, at: number): boolean {
  const before = words.slice(Math.max(0, at - WINDOW), at);
  if (OF_A_THING.some((pattern) => pattern.test(before))) return true;
  const name = CALLED_JA.exec(before)?.groups?.name;
  return name !== undefined && !OF_A_PERSON.test(name);
}
