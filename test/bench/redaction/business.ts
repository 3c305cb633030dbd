import { BUSINESS_EN } from './business-en';
import { BUSINESS_JA } from './business-ja';
import type { Random } from './random';

const EACH = 3;

/** Each sentence three times, with other numbers: some 330 in each language. */
export function businessSentences(
  random: Random,
): readonly { readonly language: 'en' | 'ja'; readonly words: string }[] {
  const filled = (language: 'en' | 'ja', sentences: readonly string[]) =>
    sentences.flatMap((sentence) => Array.from({ length: EACH }, () => ({ language, words: fill(sentence, random) })));
  return [...filled('en', BUSINESS_EN), ...filled('ja', BUSINESS_JA)];
}

function fill(sentence: string, random: Random): string {
  return sentence.replace(/\{(?<what>[a-z]+)(?<length>\d*)\}/gu, (_slot, what: string, length: string) =>
    slot(what, Number(length || '0'), random),
  );
}

function slot(what: string, length: number, { pick, below, digits, of }: Random): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const [year, month, day] = [2015 + below(12), 1 + below(12), 1 + below(28)];
  const grouped = (number: number): string => number.toLocaleString('en-US');
  switch (what) {
    case 'd':
      return `${1 + below(9)}${digits(length - 1)}`;
    case 'n':
      return String(length === 1 ? 1 + below(9) : 2 + below(29));
    case 'hex':
      return of('0123456789abcdef', length);
    case 'date':
      return pick([`${year}-${two(month)}-${two(day)}`, `${year}/${two(month)}/${two(day)}`]);
    case 'jdate':
      return pick([
        `${year}年${month}月${day}日`,
        `${month}月${day}日`,
        `${month}/${day}`,
        `令和${1 + below(8)}年${month}月`,
      ]);
    case 'time':
      return `${8 + below(12)}:${two(5 * below(12))}`;
    case 'v':
      return `${below(24)}.${below(20)}.${below(40)}${pick(['', '', '-rc.1', '-beta2'])}`;
    case 'ip':
      return `${pick(['10', '172.16', '192.168'])}.${below(256)}.${below(256)}${pick(['', ''])}`.replace(
        /^10\.(\d+)\.(\d+)$/u,
        '10.0.$1.$2',
      );
    case 'money':
      return `${pick(['$', '€', 'USD '])}${grouped(100 + below(9_000_000))}.${digits(2)}`;
    case 'yen':
      return grouped(1_000 + below(90_000_000));
    default:
      throw new Error(`no slot called ${what}`);
  }
}
