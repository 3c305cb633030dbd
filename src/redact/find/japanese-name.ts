import type { Finder, Found } from './found';

/** A word as kuromoji tells it; positions begin at 1. */
export interface Token {
  readonly surface_form: string;
  readonly word_position: number;
  readonly pos_detail_1: string;
  readonly pos_detail_2: string;
  readonly pos_detail_3: string;
}

const HONORIFIC = /^(?:さん|さま|様|くん|君|ちゃん|氏|殿|先生|先輩|部長|課長|係長|社長|専務|常務|主任|室長)/u;
const JAPANESE = /\p{sc=Han}/u;

/**
 * Japanese names by a dictionary: a family and a given name together, and either before an honorific. A name alone is
 * left, since it is an ordinary word as often (森, 林, 泉).
 */
export function japaneseNameFinder(tokenize: (words: string) => readonly Token[]): Finder {
  return function* (words) {
    for (const { line, at } of linesOf(words)) if (JAPANESE.test(line)) yield* namesIn(tokenize(line), line, at);
  };
}

function* namesIn(tokens: readonly Token[], line: string, at: number): Generator<Found> {
  for (let index = 0; index < tokens.length; index += 1) {
    const first = tokens[index];
    if (first === undefined || !isName(first)) continue;
    let last = first;
    let next = tokens[index + 1];
    const spaced = next?.surface_form === ' ' ? tokens[index + 2] : next;
    const follows =
      spaced !== undefined && isName(spaced) && first.pos_detail_3 === '姓' && spaced.pos_detail_3 === '名';
    if (follows) {
      index += spaced === next ? 1 : 2;
      last = spaced;
      next = tokens[index + 1];
    }
    const from = first.word_position - 1;
    const to = last.word_position - 1 + last.surface_form.length;
    if (follows || HONORIFIC.test(line.slice(to, to + 4))) yield { kind: 'name', from: at + from, to: at + to };
  }
}

function isName({ pos_detail_1, pos_detail_2 }: Token): boolean {
  return pos_detail_1 === '固有名詞' && pos_detail_2 === '人名';
}

/** The tokenizer's time grows faster than a line's length: long lines come in parts. */
const LINE_CHARACTERS = 1_000;

function* linesOf(words: string): Generator<{ readonly line: string; readonly at: number }> {
  let at = 0;
  for (const line of words.split(/(?<=[\n。！？])/u)) {
    for (let part = 0; part < line.length; part += LINE_CHARACTERS)
      yield { line: line.slice(part, part + LINE_CHARACTERS), at: at + part };
    at += line.length;
  }
}
