import { Sealed } from './sealed';

/** Reaches the words; nothing outside this file does. */
let wordsOf: (text: Text) => string;

/**
 * What a person or a model wrote.
 *
 * It travels through the program sealed. Only {@link openText} gives the words back, and a test lists the
 * files that may call it.
 */
export class Text extends Sealed {
  readonly #words: string;

  constructor(words: string) {
    super();
    this.#words = words;
  }

  /** Length in UTF-16 code units. */
  get length(): number {
    return this.#words.length;
  }

  get isBlank(): boolean {
    return this.#words.trim() === '';
  }

  protected get mask(): string {
    return '[text]';
  }

  static {
    wordsOf = (text) => text.#words;
  }
}

declare const safe: unique symbol;

/** Text that may be shown in a chat: it passed the sanitiser, or dejiren wrote it. */
export type SafeText = Text & { readonly [safe]: true };

/** Seals words as they come in from a platform or a vendor. */
export function sealText(words: string): Text {
  return new Text(words);
}

/** Seals words that are safe to show: for the sanitiser's output and dejiren's own sentences only. */
export function sealSafeText(words: string): SafeText {
  return new Text(words) as SafeText;
}

/** Gives the words back. Every call is a place where text could escape: `test/model/openings.test.ts` lists them. */
export function openText(text: Text): string {
  return wordsOf(text);
}
