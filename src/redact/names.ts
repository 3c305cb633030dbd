import { fold, placesOf, type Stretch } from './fold';
import type { Replacement } from './pieces';

/** Names of one person, and what stands for them. */
export interface NameOf {
  readonly names: readonly string[];
  /** Asked for only when a name is found. */
  readonly placeholder: () => string;
}

interface Candidate {
  /** As compared: folded. */
  readonly words: string;
  /** As the platform gives it, where it is a common word too and counts only in this spelling. */
  readonly spelling: string | undefined;
  /** Too short to be told from an ordinary word unless an honorific follows. */
  readonly needsHonorific: boolean;
  readonly placeholder: () => string;
}

/** First and last names that are everyday English words as well. */
const EVERYDAY = new Set(
  'will may mark grace hope joy rose bill art guy jack rich june april august summer faith bob pat rob sue don king young long white black brown green gray grey day park price best love'.split(
    ' ',
  ),
);

const HONORIFIC =
  /^(?:さん|さま|様|くん|君|ちゃん|氏|殿|先生|先輩|部長|課長|係長|社長|専務|常務|主任|室長|本部長|マネージャー)/u;
const PARTICLE = /^(?:が|は|を|に|の|と|も|へ|で|や|か|だ|って)/u;
const SEPARATORS = /[\s・·•.,、_/|｜()（）[\]【】「」<>〈〉:;@＠-]+/u;

/**
 * Finds the names of people in words: whole words where a script has spaces, in any case and width, with or without
 * honorifics, first and last names alone as well, and an `@` before them.
 *
 * It errs on the side of taking a word for a name. A name that nobody in the thread bears is not known here.
 */
export function nameFinder(people: readonly NameOf[]): (words: string) => readonly Replacement[] {
  const candidates = people.flatMap(candidatesOf).sort((one, other) => other.words.length - one.words.length);
  if (candidates.length === 0) return () => [];
  return (words) => {
    const folded = fold(words, { bare: false });
    const found: (Stretch & { readonly placeholder: () => string })[] = [];
    const taken = new Uint8Array(words.length);
    for (const { words: name, spelling, needsHonorific, placeholder } of candidates)
      for (const { from, to } of placesOf(name, folded)) {
        const after = words.slice(to, to + 8);
        if (needsHonorific && !HONORIFIC.test(after)) continue;
        if (spelling !== undefined && words.slice(from, to) !== spelling) continue;
        if (!beginsWord(words, from) || !endsWord(words, to, name)) continue;
        if (taken.subarray(from, to).includes(1)) continue;
        taken.fill(1, from, to);
        const begin = /[@＠]/.test(words.charAt(from - 1)) ? from - 1 : from;
        found.push({ from: begin, to, placeholder });
      }
    return found
      .sort((one, other) => one.from - other.from)
      .map(({ from, to, placeholder }) => ({ from, to, put: placeholder() }));
  };
}

function candidatesOf({ names, placeholder }: NameOf): readonly Candidate[] {
  const candidates = new Map<string, Candidate>();
  const add = (name: string, needsHonorific: boolean): void => {
    const words = fold(name, { bare: false }).words.trim();
    if (words === '' || candidates.get(words)?.needsHonorific === false) return;
    const spelling = EVERYDAY.has(words) ? name : undefined;
    candidates.set(words, { words, spelling, needsHonorific, placeholder });
  };
  for (const name of names) {
    const whole = name.normalize('NFKC').replace(/^@+/, '').trim();
    if (isLongEnough(whole, 2)) add(whole, false);
    const parts = whole.split(SEPARATORS).filter((part) => part !== '');
    if (parts.length > 1 && parts.every(isJapanese)) add(parts.join(''), false);
    for (const part of parts) {
      if (isJapanese(part)) addJapanese(part, parts.length > 1, add);
      else if (isLongEnough(part, 3) && looksLikeName(part, whole)) add(part, false);
    }
  }
  return [...candidates.values()];
}

/** A name in Chinese characters is written without a space: each beginning and end of it may be the family or first name. */
function addJapanese(
  part: string,
  isOneOfSeveral: boolean,
  add: (name: string, needsHonorific: boolean) => void,
): void {
  const characters = [...part];
  add(part, characters.length < 2);
  if (isOneOfSeveral || !/^\p{Script=Han}/u.test(part) || characters.length > 8) return;
  for (let length = 1; length < characters.length; length += 1) {
    add(characters.slice(0, length).join(''), true);
    add(characters.slice(length).join(''), true);
  }
}

function isLongEnough(name: string, characters: number): boolean {
  return /\p{L}/u.test(name) && [...name].length >= characters;
}

function isJapanese(words: string): boolean {
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〆ヶ]+$/u.test(words);
}

/** Leaves out `he/him`, `van der`; keeps `yamada.taro`, which has no capitals at all. */
function looksLikeName(part: string, whole: string): boolean {
  return !/^\p{Ll}/u.test(part) || whole === whole.toLowerCase();
}

function beginsWord(words: string, at: number): boolean {
  const before = lastCharacter(words.slice(Math.max(0, at - 2), at));
  const first = firstCharacter(words.slice(at, at + 2));
  if (isKatakana(first)) return !isKatakana(before);
  return isWithoutSpaces(first) || isWithoutSpaces(before) || !/[\p{L}\p{N}]/u.test(before);
}

function endsWord(words: string, at: number, name: string): boolean {
  const rest = words.slice(at, at + 8);
  const after = firstCharacter(rest);
  const last = lastCharacter(name);
  if (isKatakana(last)) return !isKatakana(after);
  if (/\p{Script=Hiragana}/u.test(last) && [...name].length < 3)
    return !/\p{Script=Hiragana}/u.test(after) || HONORIFIC.test(rest) || PARTICLE.test(rest);
  return isWithoutSpaces(last) || isWithoutSpaces(after) || !/[\p{L}\p{N}]/u.test(after);
}

function isKatakana(character: string): boolean {
  return /^[\p{Script=Katakana}ー]$/u.test(character);
}

/** Scripts that put no space between words, or join particles to a name. */
function isWithoutSpaces(character: string): boolean {
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}々ー]$/u.test(
    character,
  );
}

function firstCharacter(words: string): string {
  return [...words][0] ?? '';
}

function lastCharacter(words: string): string {
  return [...words].at(-1) ?? '';
}
