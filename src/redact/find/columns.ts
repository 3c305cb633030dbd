import type { Kind } from '../kinds';
import type { Found } from './found';

/** What the head of a column calls what stands below, and what a cell must look like. */
const COLUMNS: readonly (readonly [Kind, head: RegExp, cell: RegExp])[] = [
  [
    'secret',
    /^(?:.{0,12}(?:password|passwd|pwd)|pw|pass|pin|パス|.{0,6}(?:パスワード|PW|暗証番号))$/i,
    /^(?!(?:true|false|none|null|required|optional|n\/a|:?-+:?)$)[!-~]{4,64}$/i,
  ],
  ['account', /口座(?:番号|No)?$|^(?:bank )?account (?:number|no\.?)$/i, /^\d[\d-]{3,16}\d$/],
  ['my-number', /マイナンバー|個人番号|^my[ _-]?number$/i, /^\d[\d -]{10,13}\d$/],
  ['passport', /パスポート|旅券|passport/i, /^(?=.*\d{5})[A-Z0-9 -]{7,12}$/i],
  [
    'id-number',
    /免許証|年金番号|保険者|保険証|在留カード|住民票コード|^ssn$|social security|driv(?:er'?s?|ing) licen[cs]e|national (?:id|insurance)/i,
    /^(?=.*\d{4})[A-Z0-9][A-Z0-9 .-]{3,18}$/i,
  ],
  [
    'phone',
    /電話(?:番号)?$|携帯(?:番号)?$|^(?:tel|phone|mobile|cell|fax)(?:[ _-]?(?:number|no\.?))?$|ファック?ス/i,
    /^[+(]?\d[\d ().-]{5,18}\d$/,
  ],
  ['address', /住所$|^(?:.{0,10} )?address(?: line)? ?\d?$|所在地$/i, /^(?=.*(?:\d|[一二三四五六七八九]))[^@]{5,80}$/u],
];
const DELIMITERS = [',', '\t', ';', '|'] as const;
const LONGEST_LINE = 2_000;

interface Cell {
  readonly words: string;
  /** In the line. */
  readonly from: number;
}

/**
 * Values in tables, CSV and Markdown alike, whose column's head says what they are: a bare seven digits below `口座番号`.
 * A table ends with a line that has fewer columns.
 */
export function columnFinder(kinds: ReadonlySet<Kind>): (words: string) => Generator<Found> {
  const columns = COLUMNS.filter(([kind]) => kinds.has(kind));
  return function* (words) {
    if (!words.includes('\n')) return;
    let heads: readonly (readonly [at: number, kind: Kind, cell: RegExp])[] = [];
    let delimiter = '';
    let width = 0;
    let at = 0;
    for (const line of words.split('\n')) {
      const begin = at;
      at += line.length + 1;
      if (line.length > LONGEST_LINE) continue;
      const cells = heads.length > 0 ? cellsOf(line, delimiter) : [];
      if (cells.length >= width && heads.length > 0) {
        for (const [column, kind, looksRight] of heads) {
          const cell = cells[column];
          if (cell !== undefined && looksRight.test(cell.words))
            yield { kind, from: begin + cell.from, to: begin + cell.from + cell.words.length };
        }
        continue;
      }
      delimiter = DELIMITERS.find((one) => line.includes(one)) ?? '';
      const head = delimiter === '' || line.length > 400 ? [] : cellsOf(line, delimiter);
      width = head.length;
      heads = head.flatMap(({ words: title }, column) => {
        const found = columns.find(([, pattern]) => pattern.test(title));
        return found === undefined ? [] : [[column, found[0], found[2]] as const];
      });
    }
  };
}

/** Without quotes and spaces around; a delimiter in quotes divides nothing. */
function cellsOf(line: string, delimiter: string): readonly Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at <= line.length; at += 1) {
    const character = line.charAt(at);
    if (character === '"') isQuoted = !isQuoted;
    if (at < line.length && (isQuoted || character !== delimiter)) continue;
    const raw = line.slice(from, at);
    const inner = raw.replace(/^[\s"]+/u, '');
    cells.push({ words: inner.replace(/[\s"]+$/u, ''), from: from + raw.length - inner.length });
    from = at + 1;
  }
  return cells;
}
