import { BARS, CHINESE_DIGITS, CHINESE_ZEROS, DASHES, DOTS } from './characters';
import { asItIs, Folding, type Plain } from './plain';

const OPEN = '[(【〔〖〘⟦{<〈《「『⟨';
const CLOSE = '\\])】〕〗〙⟧}>〉》」』⟩';
/** All that may stand between two groups of digits of one number, `一` for a dash included. A tab divides fields. */
const BETWEEN = `${DASHES}${DOTS}${BARS}一 \\n\\r()\\[\\]`;
const SEPARATOR = new RegExp(
  `(?<open>[${OPEN}])(?=[0-9]{1,5}[${CLOSE}])|(?<=[0-9])(?<between>[${BETWEEN}${CLOSE}][${BETWEEN}${OPEN}${CLOSE}]{0,5})(?=[0-9])|(?<=[${OPEN}][0-9]{1,5})(?<close>[${CLOSE}])`,
  'gu',
);
const IS_OPEN = new RegExp(`[${OPEN}]`, 'u');
const IS_CLOSE = new RegExp(`[${CLOSE}]`, 'u');
const BRACKET_OR_DASH = new RegExp(`[${OPEN}${CLOSE}${DASHES}]`, 'gu');
const IS_DASH = new RegExp(`[${DASHES}]`, 'u');
const IS_BAR = new RegExp(`[${BARS}一]`, 'u');
const IS_DOT = new RegExp(`^[${DOTS}]+$`, 'u');

const CHINESE = `${CHINESE_DIGITS}${CHINESE_ZEROS}`;
const CHINESE_DIGIT = new RegExp(`[${CHINESE}]`, 'gu');
const CHINESE_NUMBER = new RegExp(`[${CHINESE}0-9](?:[${BETWEEN}]{0,3}?[${CHINESE}0-9]){6,24}`, 'gu');
const ONES_FOR_DASHES = /(?<=[0-9])一(?=[0-9])/gu;
/** Cheap looks, which most words do not pass. */
const MAY_CHANGE = new RegExp(
  `[0-9](?:[^0-9A-Za-z .,:;%-]|[^0-9A-Za-z]{2,6})[0-9]|[${OPEN}][0-9]{1,5}[${CLOSE}]|[0-9]{9}-[0-9]{9}`,
);
const MAY_BE_CHINESE = new RegExp(`[${CHINESE_ZEROS}]|[${CHINESE_DIGITS}]{2}`);
/** No number has two groups of so many digits: they are two numbers. */
const A_NUMBER = 9;

/**
 * The forms in which numbers are found, of words that are plain already: whatever stands between two groups of digits
 * becomes one `-`, `.`, ` `, bracket or line break, and numbers that are written digit by digit in Chinese characters
 * become digits. There are two where it is not plain whether marks divide one number or two, as in
 * `03-1234-5678 / 03-1234-5679`.
 */
export function numbersOf(words: string): readonly Plain[] {
  const digits = asDigits(words);
  if (!MAY_CHANGE.test(digits)) return [asItIs(digits)];
  const changes = [...changesIn(digits)];
  const sure = changes.filter(({ isSure }) => isSure);
  const readings = [changed(digits, sure)];
  if (sure.length < changes.length) readings.push(changed(digits, changes));
  return readings;
}

function changed(words: string, changes: readonly Change[]): Plain {
  if (changes.length === 0) return asItIs(words);
  const folding = new Folding();
  let at = 0;
  for (const { from, to, put } of changes) {
    folding.copy(words, at, from);
    folding.put(put, from, to);
    at = to;
  }
  folding.copy(words, at, words.length);
  return folding.plain(words.length);
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly put: string;
  /** Whether it stands within one number. */
  readonly isSure: boolean;
}

type Separator = Omit<Change, 'isSure'> & { readonly between: string };

function* changesIn(words: string): Generator<Change> {
  let run: Separator[] = [];
  let end = -1;
  for (const { 0: found, index: from, groups } of words.matchAll(SEPARATOR)) {
    const to = from + found.length;
    const between = groups?.between;
    if (between === undefined || !isDigits(words, end, from)) {
      yield* judged(run);
      run = [];
    }
    if (between === undefined) {
      const put = groups?.open === undefined ? ')' : '(';
      if (found !== put) yield { from, to, put, isSure: true };
      continue;
    }
    const areTwo = isDigits(words, from - A_NUMBER, from) && isDigits(words, to, to + A_NUMBER);
    run.push({ from, to, between, put: areTwo ? ' ' : oneSeparator(between) });
    end = to;
  }
  yield* judged(run);
}

const LONGEST_GROUP = 40;

function isDigits(words: string, from: number, to: number): boolean {
  return from >= 0 && to - from <= LONGEST_GROUP && /^[0-9]+$/.test(words.slice(from, to));
}

/** In one number the same stands between all groups, or dashes and brackets without wide gaps. */
function judged(run: readonly Separator[]): readonly Change[] {
  const isUniform = run.every(({ between }) => between === run[0]?.between);
  const isTight = run.some(({ between, put }) => /[()]/.test(put) || (IS_DASH.test(between) && !between.includes(' ')));
  return run.flatMap(({ from, to, between, put }) => {
    if (put === between) return [];
    const isWide = / {2}| [^ ]|[^ ] /.test(between) && !/[()]/.test(put);
    const isSure = isUniform
      ? run.length > 1 || !isWide
      : !isWide && (!isTight || IS_DASH.test(between) || !/[-.]/.test(put));
    return [{ from, to, put, isSure }];
  });
}

/** One character for all that stands between two groups; a bracket says more than a dash. What is two paragraphs stays. */
function oneSeparator(between: string): string {
  if (/\n[\s]*\n/u.test(between)) return between;
  const [closes, opens] = [IS_CLOSE.test(between), IS_OPEN.test(between)];
  if (closes && opens) return between;
  const bracket = closes ? ')' : opens ? '(' : '';
  // With a full stop or another mark before it, it begins something else.
  if (bracket !== '' && /\S/u.test(between.replace(BRACKET_OR_DASH, ''))) return between;
  if (bracket !== '') return between.replace(/^(\s?).*?(\s?)$/su, `$1${bracket}$2`);
  if (IS_DASH.test(between) || IS_BAR.test(between)) return '-';
  if (IS_DOT.test(between) || /^ ?[·•‧∙⋅・] ?$/u.test(between)) return '.';
  if (/[^\s]/u.test(between)) return between;
  return between.includes('\n') ? '\n' : ' ';
}

/** Phone and card numbers with the same mark between all groups, whatever it is; and the letter O for zeros. */
const ODD = String.raw`[^\p{L}\p{N}\n. ][^\p{L}\p{N}\n]{0,5}`;
const ODD_NUMBER = new RegExp(
  `(?<![0-9]|[0-9][,:])(?:0[0-9]{1,3}(?<odd>${ODD})[0-9]{1,4}\\k<odd>[0-9]{4}|[3-6][0-9]{3}(?<mark>${ODD})[0-9]{4}\\k<mark>[0-9]{4}\\k<mark>[0-9]{4})(?![0-9]|[,:][0-9])`,
  'gu',
);
const O_FOR_ZERO =
  /(?<![A-Za-z0-9])[0Oo][5789][0Oo](?=[^0-9A-Za-z]?[0-9Oo]{4}[^0-9A-Za-z]?[0-9Oo]{4}(?![A-Za-z0-9]))/gu;

/** Numbers as digits and with usual marks between, of the same length. */
function asDigits(words: string): string {
  let digits = MAY_BE_CHINESE.test(words) ? chineseAsDigits(words) : words;
  if (digits.search(ODD_NUMBER) !== -1) digits = digits.replace(ODD_NUMBER, (one) => one.replace(/[^0-9]/g, '-'));
  if (digits.search(O_FOR_ZERO) !== -1) digits = digits.replace(O_FOR_ZERO, (one) => one.replace(/[Oo]/g, '0'));
  return digits;
}

/** One digit for one. */
function chineseAsDigits(words: string): string {
  return words.replace(CHINESE_NUMBER, (run) => {
    const written = run.replace(ONES_FOR_DASHES, '-');
    const chinese = written.match(CHINESE_DIGIT) ?? [];
    const all = chinese.length + (written.match(/[0-9]/g)?.length ?? 0);
    const hasZero = written.startsWith('0') || chinese.some((one) => CHINESE_ZEROS.includes(one));
    if (chinese.length < 2 || (all < 12 && !(hasZero && all >= 7))) return run;
    return written.replace(CHINESE_DIGIT, (one) =>
      String(CHINESE_ZEROS.includes(one) ? 0 : CHINESE_DIGITS.indexOf(one)),
    );
  });
}
