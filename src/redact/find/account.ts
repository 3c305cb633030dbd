import type { Found } from './found';
import { labelledFinder } from './labelled';

const JAPANESE = String.raw`\d{7}|\d{3}-?\d{4}|\d{2}[- ]\d{5}|\d{6,8}`;

/**
 * Bank accounts by what people call them: in Japan 7 digits after the kind of account or the branch, and symbol and
 * number of the post office's (5 digits that begin with 1 or 0, and up to 8); elsewhere 6 to 17 digits.
 */
const findLabelled = labelledFinder('account', [
  { label: '口座', value: `${JAPANESE}|${String.raw`\d{10,14}`}` },
  {
    label: '(?:普通|当座|貯蓄|定期)(?:預金|貯金|口座)?|\\([普当貯]\\)|(?:支店|本店|営業部|出張所)(?= )|店番 ?\\d{3}',
    value: String.raw`\d{7}`,
  },
  {
    label: '(?:ゆうちょ|郵便貯金|貯金)(?:銀行)?(?: ?記号)?|記号',
    value: String.raw`[01]\d{4}(?:-\d)?(?:[ ・、,/]{0,2}番号[ :]{0,2}|[- ])\d{2,8}`,
  },
  {
    label: String.raw`\b(?:bank|checking|savings|deposit|current)[ ]account(?: (?:number|no\.?))?|\b(?<!\b(?:aws|azure|gcp|gl|g/l|ledger|cost|control) )(?:account|acct\.?|a/c)[ ]?(?:number|no\.?|#)|\ba/c(?= )`,
    value: String.raw`\d(?:[- ]?\d){5,16}`,
  },
  { label: String.raw`\b(?:routing|aba|rtn)(?: transit)?`, value: String.raw`\d{9}` },
  { label: String.raw`\bsort code`, value: String.raw`\d{2}[- ]?\d{2}[- ]?\d{2}` },
]);

export function* findAccounts(words: string): Generator<Found> {
  yield* findLabelled(words);
}
