/** Ends with what the number after it is. */
const OTHER_NUMBER = [
  /(?:注文|受注|発注|伝票|受付|会員|社員|学籍|顧客|管理|整理|請求書?|見積書?|契約|証券|品番|型番|部品|追跡|送り状|口座|商品|製造|シリアル|案件|チケット|お?問い?合わ?せ|法人)(?:番号|コード|ID|No)?[ \t:.はが#]{0,3}$/iu,
  /\b(?:order|invoice|ticket|tracking|account|acct|part|serial|sku|ref(?:erence)?|case|customer|member|employee|batch|lot|model|build|issue|transaction|isbn|jan|ean|upc)(?:[ \t](?:number|no|id|code|reference))?[ \t:.#=]{0,3}(?:(?:is|was)[ \t])?$/iu,
] as const;
const WINDOW = 32;

/** Whether the words just before a number say that it is the number of something else than a person. */
export function isOtherNumber(words: string, at: number): boolean {
  const before = words.slice(Math.max(0, at - WINDOW), at);
  return OTHER_NUMBER.some((pattern) => pattern.test(before));
}
