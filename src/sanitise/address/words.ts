import type { CodeState } from '../code';
import type { Input } from '../input';
import type { Output } from '../output';
import type { ClickRule } from './click';
import { putAsCode, putLink, putTakenApart } from './show';
import { TargetReader, type Word, WordReader } from './word';

/** What an address stands between that is left out with it. */
type Around = 'nothing' | 'brackets' | 'angles';

/** Gives out words, and the addresses in them as they may be shown. */
export class Words {
  readonly #mayClick: ClickRule;
  #reader: WordReader | TargetReader | undefined;
  #around: Around = 'nothing';

  constructor(mayClick: ClickRule) {
    this.#mayClick = mayClick;
  }

  /** It is in the midst of a word, of which the beginning may be out. */
  get isReading(): boolean {
    return this.#reader !== undefined;
  }

  /** A word begins here. */
  beginWord(first: string, output: Output): void {
    this.#around = 'nothing';
    this.#reader = new WordReader({
      goesOn: false,
      afterLetter: first === '.' && /[\p{L}\p{N}_-]$/u.test(output.recent),
      isMail: output.last === '@' && /[\w.+-]@$/.test(output.recent),
    });
  }

  /** The address of a link begins here; `around` is left out where nothing but the address stands in it. */
  beginTarget(around: Around): void {
    this.#around = around;
    this.#reader = new TargetReader(around === 'angles' ? '>' : ')');
  }

  /**
   * Gives out the next of it. `false`: more is needed. `open`: an angle was opened before the address, and more than
   * that stands in it.
   */
  step(input: Input, output: Output, code: CodeState): boolean | 'open' {
    const word = this.#reader?.read(input);
    if (word === 'more' || (word?.kind === 'address' && !input.knows(word.length + 1))) return false;
    this.#reader = undefined;
    if (word === undefined || word.kind === 'plain') {
      output.put(input.take(word?.length ?? 0));
      if (this.#around !== 'angles') return true;
      output.put('(');
      return 'open';
    }
    return this.#address(word, input, output, code);
  }

  #address(
    { at, length, isWhole }: Extract<Word, { kind: 'address' }>,
    input: Input,
    output: Output,
    code: CodeState,
  ): boolean | 'open' {
    const closes = this.#around === 'angles' ? '>' : ')';
    const isOpen = this.#around === 'angles' && input.peek(length) !== '>';
    if (isOpen) output.put('(');
    output.put(input.take(at));
    const address = input.take(length - at);
    if (isWhole && this.#around !== 'nothing' && input.peek(0) === closes && !isOpen) input.take(1);
    if (isWhole && this.#mayClick(address)) putLink(output, address);
    else if (code.ticksAreClear) putAsCode(output, address, input.peek(0));
    else putTakenApart(output, address);
    if (!isWhole) {
      output.put(' ');
      this.#around = 'nothing';
      this.#reader = new WordReader({ goesOn: true, afterLetter: false, isMail: false });
    }
    return isOpen ? 'open' : true;
  }
}
