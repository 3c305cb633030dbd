import { lexer, type Token, Tokenizer, type Tokens } from 'marked';

/**
 * Reads Markdown as models write it in chats. Where the letter of GitHub's Markdown would change what was meant, the
 * words are left as they are: `5~7`, `2*3*4` and `__init__` are no formatting, a year is no number of a list, `>= 5` no
 * quote, and nothing vanishes because it looks like a definition or a tag. In Japanese bold ends also before a letter,
 * and an address where its own letters end.
 */
export function tokensOf(source: string): readonly Token[] {
  return lexer(source, { gfm: true, breaks: true, tokenizer: new ChatTokenizer() }).filter(
    ({ type }) => type !== 'space',
  );
}

const CJK = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}`;
/** Letters and marks that end an address, and between which bold may end. */
const CJK_MARK = String.raw`${CJK}\u3000-\u303F\uFF00-\uFFEF`;
const IS_CJK = new RegExp(`[${CJK_MARK}]`, 'u');
const WORD = /[\p{L}\p{N}]/u;

class ChatTokenizer extends Tokenizer {
  /** Two strike out; one stands between numbers, and at the end of a word. */
  override del(src: string, maskedSrc: string, prevChar?: string): Tokens.Del | undefined {
    return /^~~(?!~)/u.test(src) ? super.del(src, maskedSrc, prevChar) : undefined;
  }

  override emStrong(src: string, maskedSrc: string, prevChar = ''): Tokens.Em | Tokens.Strong | undefined {
    if (isInWord(src, prevChar) || /^__[a-z][a-z0-9]*(?:_[a-z0-9]+)*__(?![a-z0-9_]*__)/u.test(src)) return undefined;
    return super.emStrong(src, maskedSrc, prevChar) ?? this.#strongBesideCjk(src, prevChar);
  }

  /** `**「太字」**です`: by the letter of the rules a mark of punctuation before the end would need a space after it. */
  #strongBesideCjk(src: string, prevChar: string): Tokens.Strong | undefined {
    const [raw = '', text = ''] = /^\*\*(?=[^\s*])((?:[^\n*]|\*(?!\*))*[^\s*])\*\*(?!\*)/u.exec(src) ?? [];
    const isBeside = IS_CJK.test(prevChar) || IS_CJK.test(src.charAt(raw.length));
    const cutsCode = (text.match(/`/gu)?.length ?? 0) % 2 === 1;
    if (raw === '' || !isBeside || cutsCode) return undefined;
    return { type: 'strong', raw, text, tokens: this.lexer.inlineTokens(text) };
  }

  /** A year or a date at the beginning of a line is no item. */
  override list(src: string): Tokens.List | undefined {
    if (/^ {0,3}(?:\d{4,}[.)]|\d{1,3}[.)][ \t]+\d{1,4}[.)](?:[ \t]|\n|$))/u.test(src)) return undefined;
    return super.list(src);
  }

  override blockquote(src: string): Tokens.Blockquote | undefined {
    return /^ {0,3}>[=\d]/u.test(src) ? undefined : super.blockquote(src);
  }

  /** A line below words is a line. */
  override lheading(): undefined {}

  /** `[note]: words` is words. */
  override def(): undefined {}

  /** `<tag>` is words, and what follows it is Markdown. */
  override html(): undefined {}

  /** An address ends where letters begin that no address is typed with. */
  override url(src: string): Tokens.Link | undefined {
    const at = src.search(IS_CJK);
    return super.url(at < 0 ? src : src.slice(0, at));
  }
}

/** `2*3*4`, `a*b`, `2**8`. In Japanese, where words are not set apart, it is formatting. */
function isInWord(src: string, prevChar: string): boolean {
  const [marks = ''] = /^\*{1,3}/u.exec(src) ?? [];
  const next = src.charAt(marks.length);
  if (marks === '' || !WORD.test(prevChar) || IS_CJK.test(prevChar) || IS_CJK.test(next)) return false;
  return marks.length === 1 ? WORD.test(next) : /\d/u.test(prevChar) && /\d/u.test(next);
}
