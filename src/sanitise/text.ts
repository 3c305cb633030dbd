import { isDefinition, kindOfAngle, stepAtBang, stepAtBracket } from './brackets';
import { type CodeGuard, type CodeState, openFence, stepAtTick, stepInFence } from './code';
import { Input } from './input';
import { type HostCheck, stepInUrl, type UrlState, urlAtColon, urlAtDot } from './links';
import { Output } from './output';

/** Characters that no rule looks at. */
const PLAIN_RUN = /[^\n`<>[(!@:.&|~]+/y;
/** Entities that stand for a letter, a digit or a sign which a rule looks at. */
const LIVE_ENTITY =
  /^&(?:#0*(?:9|10|13|3[358]|4[0-9]|5[0-9]|6[0-9]|[79][0-9]|8[0-9]|1[01][0-9]|12[0-6])|#x0*(?:9|a|d|2[1-36-9a-f]|[3-7][0-9a-f])|colon|period|sol|bsol|commat|excl|num|lbrack|lsqb|rbrack|rsqb|lpar|rpar|grave|tab|newline|quest|equals|percnt|lowbar|ast|zerowidthspace);/i;
const LONGEST_ENTITY = 18;
/** A long piece is worked on in parts: putting words in place of a link copies what is held. */
const CHUNK = 4096;
const CROWD = /^@(?:channel|here|everyone|group)(?![a-z0-9_])/i;
const LONGEST_CROWD = 10;
/** Nothing on the line yet but marks of quotations and lists. */
const LINE_LEAD = /(?:^|\n)[\s>*+\-\d.)]*$/;

/** The machine behind the sanitiser: one pass, one decision at a time, nothing taken back. */
export class Machine {
  readonly #input = new Input();
  readonly #output = new Output();
  readonly #code: CodeState = { fence: undefined, fencesAreClear: true, ticksAreClear: true };
  readonly #allows: HostCheck;
  readonly #guard: CodeGuard;
  #url: UrlState = 'none';
  /** What the next `>` closes. */
  #angle: 'none' | 'inert' | 'link' = 'none';
  /** Open parentheses of an address that is being left out. */
  #dropping = 0;

  constructor(allows: HostCheck, guard: CodeGuard) {
    this.#allows = allows;
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
    if (this.#dropping > 0) return this.#drop();
    if (output.atLineStart) {
      const opened = openFence(input, output, this.#code);
      if (opened !== undefined) return opened;
    }
    if (this.#url !== 'none') {
      const stepped = stepInUrl(input, output, this.#url);
      if (stepped !== 'end') return stepped;
      this.#url = 'none';
    }
    const run = input.takeRun(PLAIN_RUN);
    if (run === '') return this.#sign(input.peek(0));
    output.put(run);
    return true;
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
        return this.#colon();
      case '~':
        return this.#tilde();
      default:
        return this.#dot();
    }
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
    const kind = kindOfAngle(this.#input, this.#output);
    if (kind === 'more') return false;
    if (kind === 'plain') return this.#put('<');
    this.#angle = kind;
    if (kind === 'inert') return this.#put('‹');
    return this.#put(this.#output.last === ']' ? ' (' : '(');
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

  #colon(): boolean {
    if (this.#output.last === ']') {
      const found = isDefinition(this.#input);
      if (found === 'more') return false;
      return this.#put(found ? ' :' : ':');
    }
    const url = urlAtColon(this.#input, this.#output, this.#allows);
    if (url === 'more') return false;
    if (url === undefined) return this.#put(':');
    this.#url = url;
    return true;
  }

  #dot(): boolean {
    const url = urlAtDot(this.#input, this.#output);
    if (url === 'more') return false;
    this.#url = url === 'shut' ? 'shut' : 'none';
    return true;
  }

  /** A fence of tildes, or what looks like one: Slack knows none, so that its inside is text. */
  #tilde(): boolean {
    if (!this.#input.knows(2) && /^~+$/.test(this.#input.slice(0, 3))) return false;
    if (this.#input.slice(0, 3) === '~~~') {
      if (LINE_LEAD.test(this.#output.recent)) this.#code.fencesAreClear = false;
      return this.#put('~~~', 3);
    }
    return this.#put('~');
  }
}

function startsAlike(word: string, start: string): boolean {
  const lower = start.toLowerCase();
  return word.startsWith(lower) || word === lower;
}
