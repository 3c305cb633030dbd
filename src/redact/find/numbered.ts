/** Says what the number after it is. */
const OTHER_NUMBER =
  /(?:注文|受注|発注|伝票|受付|会員|社員|学籍|顧客|管理|整理|請求|見積|契約|証券|品番|型番|追跡|送り状|口座|商品|製造|シリアル|案件|チケット|問い合わせ|お問合せ|法人)(?:番号|コード|ID|No\.?)?|\b(?:order|invoice|ticket|tracking|account|acct|part|serial|sku|ref(?:erence)?|case|customer|member|employee|batch|lot|model|build|issue|transaction|isbn|jan|ean|upc|id)\b/iu;
const WINDOW = 24;

/** Whether the words just before a number say that it is a number of something else, and none says `wanted`. */
export function isOtherNumber(words: string, at: number, wanted: RegExp): boolean {
  const line =
    words
      .slice(Math.max(0, at - WINDOW), at)
      .split('\n')
      .at(-1) ?? '';
  const said = line.split(/[。、,;；]/u).at(-1) ?? '';
  return OTHER_NUMBER.test(said) && !wanted.test(said);
}
