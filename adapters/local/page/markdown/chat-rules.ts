import type MarkdownIt from 'markdown-it';
import type { RuleBlock } from 'markdown-it/lib/parser_block.mjs';
import type { RuleInline } from 'markdown-it/lib/parser_inline.mjs';
import blockquote from 'markdown-it/lib/rules_block/blockquote.mjs';
import list from 'markdown-it/lib/rules_block/list.mjs';

const STAR = 0x2a;
const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\uFF00-\uFFEF]/u;
const WORD = /[\p{L}\p{N}]/u;
/** A number of four digits, or a date, at the beginning of a line. */
const YEAR_OR_DATE = /^(?:\d{4,}[.)]|\d{1,3}[.)][ \t]+\d{1,4}[.)](?:[ \t]|$))/u;

/**
 * Markdown as models write it in chats. Where the letter of the rules would change what was meant, the words stay as
 * they are: `2*3*4` and `__init__` are no emphasis, a year is no number of a list, `>= 5` is no quote, `$HOME/$USER` is
 * no formula, a line below words makes no heading, and `[note]: words` is words.
 */
export function chatRules(md: MarkdownIt): void {
  md.disable(['lheading', 'reference']);
  md.block.ruler.at('blockquote', unless(/^>[=\d]/u, blockquote), {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
  md.block.ruler.at('list', unless(YEAR_OR_DATE, list), { alt: ['paragraph', 'reference', 'blockquote'] });
  md.inline.ruler.before('emphasis', 'star-in-word', starInWord);
  md.inline.ruler.before('emphasis', 'dunder', dunder);
  md.inline.ruler.before('math_inline_dollar', 'plain-dollar', plainDollar);
}

/** A rule that leaves alone the lines that begin like this. */
function unless(begins: RegExp, rule: RuleBlock): RuleBlock {
  return (state, startLine, endLine, silent) => {
    const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
    return !begins.test(state.src.slice(start, state.eMarks[startLine])) && rule(state, startLine, endLine, silent);
  };
}

/** `2*3*4`, `a*b`, `2**8`. In Japanese, where words are not set apart, it is emphasis. */
const starInWord: RuleInline = (state, silent) => {
  const { src, pos } = state;
  if (src.charCodeAt(pos) !== STAR) return false;
  const [marks = ''] = /^\*{1,3}/u.exec(src.slice(pos, pos + 3)) ?? [];
  const before = src.charAt(pos - 1);
  const after = src.charAt(pos + marks.length);
  const isBetween = WORD.test(before) && !CJK.test(before) && WORD.test(after) && !CJK.test(after);
  const isNumber = /\d/u.test(before) && /\d/u.test(after);
  const closes = state.delimiters.some(({ marker, open }) => marker === STAR && open);
  if (!isBetween || closes || (marks.length > 1 && !isNumber)) return false;
  return asWritten(state, marks, silent);
};

/** `__init__`, `__main__.py`. */
const dunder: RuleInline = (state, silent) => {
  const found = /^__[a-z][a-z0-9]*(?:_[a-z0-9]+)*__(?![a-z0-9_]*__)/u.exec(state.src.slice(state.pos, state.pos + 80));
  return found !== null && asWritten(state, found[0], silent);
};

/** `$HOME/$USER`, `US$5`: a formula's signs stand at no letter and no digit. */
const plainDollar: RuleInline = (state, silent) => {
  const { src, pos } = state;
  if (src.charAt(pos) !== '$' || src.charAt(pos + 1) === '$') return false;
  const end = src.indexOf('$', pos + 1);
  const touches = /\w/u.test(src.charAt(pos - 1)) || /\w/u.test(src.charAt(end + 1));
  return end > 0 && touches && asWritten(state, '$', silent);
};

function asWritten(state: Parameters<RuleInline>[0], words: string, silent: boolean): true {
  if (!silent) state.pending += words;
  state.pos += words.length;
  return true;
}
