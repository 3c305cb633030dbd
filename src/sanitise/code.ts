import type { Dialect } from '../model/dialect';
import { type Input, MORE, NONE, type Stop } from './input';
import type { Output } from './output';

/**
 * Which parts of an answer are code. Only what every client reads as code counts as such: where clients could differ
 * (fences within fences, unpaired backticks, fences in quotations) the words are treated as text, which is safe either
 * way. Plain text treatment leaves most code as it is too.
 */
export interface CodeState {
  /** The fence that is open: its columns of indentation and its number of backticks. */
  fence: { readonly indent: number; readonly length: number } | undefined;
  /** No fence in doubt came yet: after one, nobody can tell which of the next ones open and which close. */
  fencesAreClear: boolean;
  /** A backtick of this paragraph has no partner for sure: none of the next ones counts until a blank line. */
  ticksAreClear: boolean;
}

/** Longer than the longest address that is shown as code. */
const LONGEST_INLINE = 1_100;
const LONGEST_INFO = 100;
const LONGEST_INDENT = 64;
const INFO = /^[\w+#.{}="'\-/ \t\r]*$/;
const ENDS_LINE: Stop = (unit) => unit === '\n';
const IS_TICK_OR_LINE_END: Stop = (unit) => unit === '`' || unit === '\n';
const IS_NO_TICK: Stop = (unit) => unit !== '`';
const IS_NO_SPACE: Stop = (unit) => unit !== ' ' && unit !== '\t';
const ENDS_RUN: Stop = (unit) => unit !== ' ' && unit !== '\t' && unit !== '\r';
const PLAIN_CODE = /[^`<\n]+/y;

/** Tells whether a `<` in code begins a token that clients would read there. */
export type CodeGuard = (input: Input, offset: number) => 'live' | 'plain' | 'more';

/** Opens a fence at the beginning of a line. `undefined`: there is none here. */
export function openFence(input: Input, output: Output, code: CodeState): boolean | undefined {
  const start = input.find(IS_NO_SPACE, 0, LONGEST_INDENT);
  if (start === MORE) return false;
  if (start === NONE || input.peek(start) !== '`') return undefined;
  const end = endOfRun(input, start);
  if (end === MORE) return false;
  if (end - start < 3) return undefined;
  const lineEnd = code.fencesAreClear ? input.find(ENDS_LINE, end, LONGEST_INFO) : NONE;
  if (lineEnd === MORE) return false;
  const info = input.slice(end, lineEnd === NONE ? end + LONGEST_INFO : lineEnd);
  const indent = columns(input.slice(0, start));
  const isWhole = lineEnd !== NONE || (input.ended && input.length <= end + LONGEST_INFO);
  if (!code.fencesAreClear || !isWhole || !INFO.test(info) || (indent > 3 && !output.previousLineIsBlank))
    return undefined;
  code.fence = { indent, length: end - start };
  code.ticksAreClear = true;
  output.put(input.take(end + info.length));
  return true;
}

/** Goes on in a fence. `false`: more is needed. */
export function stepInFence(
  input: Input,
  output: Output,
  code: CodeState,
  fence: NonNullable<CodeState['fence']>,
  guard: CodeGuard,
): boolean {
  if (output.atLineStart) {
    const start = input.find(IS_NO_SPACE, 0, LONGEST_INDENT);
    if (start === MORE) return false;
    const first = start === NONE ? '' : input.peek(start);
    const indent = columns(input.slice(0, start === NONE ? LONGEST_INDENT : start));
    if (first !== '' && first !== '\n' && first !== '\r' && indent < fence.indent) return leaveInDoubt(code);
    if (first === '`') {
      const closed = closeFence(input, output, code, fence, start, indent);
      if (closed !== undefined) return closed;
    }
    if (start > 0) output.put(input.take(start));
  }
  const unit = input.peek(0);
  if (unit === '\n') {
    input.take(1);
    output.newLine();
    return true;
  }
  if (unit === '`') {
    const end = endOfRun(input, 0);
    if (end === MORE) return false;
    if (end >= 3) leaveInDoubt(code);
    output.put(input.take(end));
    return true;
  }
  if (unit === '<') return putAngle(input, output, guard);
  output.put(input.takeRun(PLAIN_CODE));
  return true;
}

/** A run of backticks in text: a code span where its end is sure, else the backticks alone. `false`: more is needed. */
export function stepAtTick(input: Input, output: Output, code: CodeState, guard: CodeGuard): boolean {
  const end = endOfRun(input, 0);
  if (end === MORE) return false;
  if (end > 1 || output.last === '\\' || !code.ticksAreClear) {
    if (end > 2) code.fencesAreClear = false;
    code.ticksAreClear = false;
    output.put(input.take(end));
    return true;
  }
  const close = input.find(IS_TICK_OR_LINE_END, 1, LONGEST_INLINE);
  if (close === MORE || (close !== NONE && !input.knows(close + 1))) return false;
  if (close === NONE || input.peek(close) === '\n' || input.peek(close + 1) === '`') {
    code.ticksAreClear = false;
    output.put(input.take(1));
    return true;
  }
  if (input.peek(close - 1) === '\\') code.ticksAreClear = false;
  let words = '';
  for (let offset = 0; offset <= close; offset += 1) {
    const unit = input.peek(offset);
    words += unit === '<' && guard(input, offset) !== 'plain' ? '‹' : unit;
  }
  input.take(close + 1);
  output.put(words);
  return true;
}

/**
 * Guards a dialect's tokens in code: `<` gives way to `‹` in exactly these, so that code which merely looks alike can
 * still be copied.
 */
export function guardOf({ codeTokens }: Dialect): CodeGuard {
  if (codeTokens === undefined) return () => 'plain';
  const { begins, addresses, within } = codeTokens;
  return (input, offset) => {
    const words = input.slice(offset + 1, offset + 1 + within);
    const isWhole = words.length === within || input.ended || /[\n`>]/.test(words);
    if (begins.test(words)) return 'live';
    if (!isWhole) return 'more';
    if (!addresses.test(words)) return 'plain';
    const end = input.find(ENDS_LINKED, offset + 1, LONGEST_INLINE);
    if (end === MORE) return 'more';
    return end === NONE || input.peek(end) === '|' ? 'live' : 'plain';
  };
}

const ENDS_LINKED: Stop = (unit) => /[\s|>`]/.test(unit);

function closeFence(
  input: Input,
  output: Output,
  code: CodeState,
  fence: NonNullable<CodeState['fence']>,
  start: number,
  indent: number,
): boolean | undefined {
  const end = endOfRun(input, start);
  if (end === MORE) return false;
  if (end - start < 3) return undefined;
  const rest = input.find(ENDS_RUN, end, LONGEST_INFO);
  if (rest === MORE) return false;
  const isAlone = rest === NONE ? input.ended : input.peek(rest) === '\n';
  const isAligned = indent === fence.indent || (fence.indent === 0 && indent <= 3);
  if (!isAlone || !isAligned || end - start < fence.length) return leaveInDoubt(code);
  code.fence = undefined;
  output.put(input.take(end));
  return true;
}

function leaveInDoubt(code: CodeState): true {
  code.fence = undefined;
  code.fencesAreClear = false;
  code.ticksAreClear = false;
  return true;
}

function putAngle(input: Input, output: Output, guard: CodeGuard): boolean {
  const found = guard(input, 0);
  if (found === 'more') return false;
  input.take(1);
  output.put(found === 'live' ? '‹' : '<');
  return true;
}

/** The offset after a run of backticks; a very long one is cut. */
function endOfRun(input: Input, from: number): number {
  const end = input.find(IS_NO_TICK, from, LONGEST_INDENT);
  if (end !== NONE) return end;
  return Math.min(input.length, from + LONGEST_INDENT);
}

function columns(indent: string): number {
  let column = 0;
  for (const unit of indent) column += unit === '\t' ? 4 - (column % 4) : 1;
  return column;
}
