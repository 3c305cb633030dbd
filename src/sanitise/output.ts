/** How much of what was given out is remembered: enough for what a line begins with. */
const REMEMBERED = 80;

/** What the sanitiser gives out, with what the rules need to know of the words before. */
export class Output {
  #words = '';
  #before = '';
  #lineIsBlank = true;
  #atLineStart = true;
  #previousLineIsBlank = true;

  /** Words without a line break. */
  put(words: string): void {
    if (words === '') return;
    this.#words += words;
    this.#atLineStart = false;
    if (this.#lineIsBlank && /\S/.test(words)) this.#lineIsBlank = false;
  }

  newLine(): void {
    this.#words += '\n';
    this.#previousLineIsBlank = this.#lineIsBlank;
    this.#lineIsBlank = true;
    this.#atLineStart = true;
  }

  /** Nothing was put on this line yet. */
  get atLineStart(): boolean {
    return this.#atLineStart;
  }

  get lineIsBlank(): boolean {
    return this.#lineIsBlank;
  }

  get previousLineIsBlank(): boolean {
    return this.#previousLineIsBlank;
  }

  /** The last code unit; empty at the very beginning. */
  get last(): string {
    return this.#words === '' ? this.#before.slice(-1) : this.#words.charAt(this.#words.length - 1);
  }

  /** The last words, as far as they are remembered. */
  get recent(): string {
    return (this.#before + this.#words.slice(-REMEMBERED)).slice(-REMEMBERED);
  }

  /** Gives the words since the last call. */
  drain(): string {
    const words = this.#words;
    this.#before = this.recent;
    this.#words = '';
    return words;
  }
}
