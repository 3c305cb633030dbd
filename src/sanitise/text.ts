import type { ClickRule } from './address/click';
import { isWordUnit } from './address/word';
import { Words } from './address/words';
import {
  BEGINS_BLOCK,
  isDefinition,
  kindOfAngle,
  stepAtAnchor,
  stepAtBang,
  stepAtBracket,
  TARGET,
  TARGET_ALONE,
} from './brackets';
import { type CodeGuard, type CodeState, openFence, stepAtTick, stepInFence } from './code';
import { Input } from './input';
import { Output } from './output';

/** Words without a sign in them, each with what ends it: no rule looks at them. */
const PLAIN_RUN =
  /(?:[^\s\p{Cc}<>[\](){}"'`|^&~@!,;$=*.:\\/\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]*[ \t\r\]){}"'^,;$=*\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef])+/uy;
/** Entities that stand for a letter, a digit or a sign which a rule looks at. */
const LIVE_ENTITY =
  /^&(?:#0*(?:9|10|13|3[358]|4[0-9]|5[0-9]|6[0-9]|[79][0-9]|8[0-9]|1[01][0-9]|12[0-6])|#x0*(?:9|a|d|2[1-36-9a-f]|[3-7][0-9a-f])|colon|period|sol|bsol|commat|excl|num|lbrack|lsqb|rbrack|rsqb|lpar|rpar|grave|tab|newline|quest|equals|percnt|lowbar|ast|zerowidthspace);/i;
const LONGEST_ENTITY = 18;
/** A long piece is worked on in parts: putting words in place of a link copies what is held. */
const CHUNK = 4096;
const CROWD = /^@(?:channel|here|everyone|group)(?![a-z0-9_])/i;
const LONGEST_CROWD = 10;

/** The machine behind the sanitiser: one pass, one decision at a time, nothing taken back. */
export class Machine {
  readonly #input = new Input();
  readonly #output = new Output();
  readonly #code: CodeState = { fence: undefined, fencesAreClear: true, ticksAreClear: true };
  readonly #words: Words;
  readonly #guard: CodeGuard;
  /** What the next `>` closes. */
  #angle: 'none' | 'inert' | 'link' = 'none';
  /** Open parentheses of a picture that is being left out. */
  #dropping = 0;

  constructor(mayClick: ClickRule, guard: CodeGuard) {
    this.#words = new Words(mayClick);
    this.#guard = guard;
  }

  /** How many characters were looked at so far: the tests hold it to be linear. */
  get looked(): number {
    return this.#input.looked;
  }

  push(words: string): string {
    let shown = '';
    for (let at = 0; at < words.length; at += CHUNK) {
      this.#input.add(words.slice(at, at + CHUNK));
      shown += this.#run();
    }
    return shown;
  }

  end(words: string): string {
    const shown = this.push(words);
    this.#input.end();
    return shown + this.#run();
  }

  #run(): string {
    while (this.#input.length > 0 && this.#step()) {}
    return this.#output.drain();
  }

  /** Decides on the next characters. `false`: more is needed. */
  #step(): boolean {
    const input = this.#input;
    const output = this.#output;
    const { fence } = this.#code;
    if (fence !== undefined) return stepInFence(input, output, this.#code, fence, this.#guard);
    if (this.#words.isReading) return this.#word();
    if (this.#dropping > 0) return this.#drop();
    if (output.atLineStart) {
      const opened = openFence(input, output, this.#code);
      if (opened !== undefined) return opened;
    }
    const run = input.takeRun(PLAIN_RUN);
    if (run === '') return this.#sign(input.peek(0));
    output.put(run);
    return true;
  }

  #word(): boolean {
    const stepped = this.#words.step(this.#input, this.#output, this.#code);
    if (stepped === 'open') this.#angle = 'link';
    return stepped !== false;
  }

  #sign(unit: string): boolean {
    const input = this.#input;
    const output = this.#output;
    switch (unit) {
      case '\n':
        return this.#endLine();
      case '`':
        return stepAtTick(input, output, this.#code, this.#guard);
      case '[':
        return stepAtBracket(input, output);
      case '!': {
        const stepped = stepAtBang(input, output);
        if (stepped === 'dropped') this.#dropping = 1;
        return stepped !== false;
      }
      case '(':
        return this.#put(output.last === ']' ? ' (' : '(');
      case '<':
        return this.#openAngle();
      case '>':
        return this.#closeAngle();
      case '|':
        return this.#put(this.#angle === 'link' ? ' ' : '|');
      case '@':
        return this.#at();
      case '&':
        return this.#entity();
      case ':':
        return output.last === ']' ? this.#definition() : this.#beginWord(unit);
      case '~':
        return this.#tilde();
      case TARGET:
      case TARGET_ALONE:
        return this.#target(unit);
      default:
        return isWordUnit(unit) ? this.#beginWord(unit) : this.#put(unit);
    }
  }

  #beginWord(first: string): true {
    this.#words.beginWord(first, this.#output);
    return true;
  }

  /** The words of a link stand before it. */
  #target(unit: string): boolean {
    const { last } = this.#output;
    if (!this.#input.knows(1)) return false;
    this.#input.take(1);
    if (unit === TARGET) this.#output.put(/^\s?$/.test(last) ? '(' : ' (');
    if (this.#input.peek(0) !== '<') this.#words.beginTarget(unit === TARGET ? 'nothing' : 'brackets');
    return true;
  }

  #put(words: string, count = 1): true {
    this.#input.take(count);
    this.#output.put(words);
    return true;
  }

  #endLine(): true {
    this.#input.take(1);
    this.#angle = 'none';
    if (this.#output.lineIsBlank) this.#code.ticksAreClear = true;
    this.#output.newLine();
    return true;
  }

  #drop(): true {
    const unit = this.#input.peek(0);
    if (unit === '\n') this.#dropping = 0;
    else {
      this.#input.take(1);
      if (unit === '(') this.#dropping += 1;
      if (unit === ')') this.#dropping -= 1;
    }
    return true;
  }

  #openAngle(): boolean {
    const input = this.#input;
    const anchor = stepAtAnchor(input, this.#output);
    if (anchor !== undefined) return anchor;
    const kind = kindOfAngle(input, this.#output);
    if (kind === 'more') return false;
    if (kind === 'plain') return this.#put('<');
    this.#angle = kind === 'link' ? 'none' : kind;
    if (kind === 'inert') return this.#put('‹');
    input.take(1);
    if (this.#output.last === ']') this.#output.put(' ');
    this.#words.beginTarget('angles');
    return true;
  }

  #closeAngle(): true {
    const angle = this.#angle;
    this.#angle = 'none';
    return this.#put(angle === 'inert' ? '›' : angle === 'link' ? ')' : '>');
  }

  /** `@channel` and its like call everyone where a platform links names; within a word they do not. */
  #at(): boolean {
    const input = this.#input;
    const ahead = input.slice(0, LONGEST_CROWD);
    if (/[a-z0-9_]/i.test(this.#output.last)) return this.#put('@');
    const isWhole = ahead.length === LONGEST_CROWD || input.ended || /[^a-z0-9_]/i.test(ahead.slice(1));
    if (!isWhole && ['channel', 'here', 'everyone', 'group'].some((word) => startsAlike(word, ahead.slice(1))))
      return false;
    return this.#put(CROWD.test(ahead) || ahead.charAt(1) === '&' ? '＠' : '@');
  }

  #entity(): boolean {
    const input = this.#input;
    const ahead = input.slice(0, LONGEST_ENTITY);
    if (ahead.length < LONGEST_ENTITY && !input.ended && /^&#?[a-z0-9]*$/i.test(ahead)) return false;
    return this.#put(LIVE_ENTITY.test(ahead) ? '&amp;' : '&');
  }

  #definition(): boolean {
    const found = isDefinition(this.#input);
    if (found === 'more') return false;
    return this.#put(found ? ' :' : ':');
  }

  /** A fence of tildes, or what looks like one: Slack knows none, so that its inside is text. */
  #tilde(): boolean {
    if (!this.#input.knows(2) && /^~+$/.test(this.#input.slice(0, 3))) return false;
    if (this.#input.slice(0, 3) === '~~~') {
      if (BEGINS_BLOCK.test(this.#output.recent)) this.#code.fencesAreClear = false;
      return this.#put('~~~', 3);
    }
    return this.#put('~');
  }
}

function startsAlike(word: string, start: string): boolean {
  const lower = start.toLowerCase();
  return word.startsWith(lower) || word === lower;
}
