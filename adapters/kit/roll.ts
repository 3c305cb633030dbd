/** UTF-8 bytes of a message: it is closed at the next good place after `soft`, and never exceeds `hard`. */
export interface MessageSize {
  readonly soft: number;
  /** Leaves room below what the platform takes, for a closing fence. */
  readonly hard: number;
}

/** Text for the message that is open; `full`: it is to be closed, and what follows goes to a new one. */
export interface Portion {
  readonly text: string;
  readonly full: boolean;
}

/** Below it a message is refused for something else than its size. */
const LEAST_BYTES = 1_000;
/** What a line may still become is known once it is whole; a fence's line is far shorter. */
const LONGEST_FENCE_LINE = 512;

interface Fence {
  readonly mark: string;
  readonly opening: string;
}

/** Where a text stands: the line that it has begun, and what code is open. */
interface Position {
  readonly line: string;
  readonly fence: Fence | undefined;
  /** The end of a message cut a code span. */
  readonly cutsSpan: boolean;
}

const BEGINNING: Position = { line: '', fence: undefined, cutsSpan: false };

/**
 * Deals an answer out to messages of a size that the platform takes.
 *
 * @example
 * const roller = createRoller({ soft: 3_000, hard: 4_000 });
 * const { portion, rest } = roller.next(waiting);
 */
export class Roller {
  #size: MessageSize;
  /** Of the open message. */
  #bytes = 0;
  #now = BEGINNING;
  /** Before the last portion. */
  #before = BEGINNING;
  /** Goes above the next portion: opens a fence again. */
  #reopen = '';

  constructor(size: MessageSize) {
    this.#size = size;
  }

  /**
   * Takes what the open message can hold off the front of `waiting`, closes code that the end of a message would cut, and
   * opens it again in the next one. Without its repairs the portions make up the text.
   */
  next(waiting: string): { readonly portion: Portion; readonly rest: string } {
    this.#before = this.#now;
    const { soft, hard } = this.#size;
    const prefix = this.#reopen;
    const used = this.#bytes + Buffer.byteLength(prefix);
    const mayCutAnywhere = this.#bytes === 0 || this.#now.fence !== undefined;
    const cut = cutOf(waiting, soft - used, hard - used, mayCutAnywhere);
    const text = waiting.slice(0, cut.at);
    this.#now = { ...after(this.#now, text), cutsSpan: cut.withinSpan === true };
    this.#bytes = cut.full ? 0 : used + Buffer.byteLength(text);
    this.#reopen = cut.full ? reopening(this.#now) : '';
    const closing = cut.full ? closingOf(this.#now, text) : '';
    return { portion: { text: prefix + text + closing, full: cut.full }, rest: waiting.slice(cut.at) };
  }

  /** Takes the last portion as not given: it is dealt out again, from the beginning of a new message. */
  again(): void {
    this.#now = this.#before;
    this.#bytes = 0;
    this.#reopen = reopening(this.#now);
  }

  /** The same with messages of half of what was too long. `false`: smaller makes no sense. */
  narrow(tooLong: string): boolean {
    const { soft, hard } = this.#size;
    const half = Math.floor(Math.min(hard, Buffer.byteLength(tooLong)) / 2);
    if (half < LEAST_BYTES) return false;
    this.#size = { soft: Math.floor((soft / hard) * half), hard: half };
    this.again();
    return true;
  }

  /** Forgets what it dealt out: what comes next is the beginning of a text. */
  restart(): void {
    this.#before = BEGINNING;
    this.again();
  }
}

export function createRoller(size: MessageSize): Roller {
  return new Roller(size);
}

function reopening({ fence, cutsSpan }: Position): string {
  if (fence !== undefined) return `${fence.opening}\n`;
  return cutsSpan ? '`' : '';
}

function closingOf({ fence, cutsSpan }: Position, text: string): string {
  if (fence !== undefined) return `${text.endsWith('\n') ? '' : '\n'}${fence.mark}`;
  return cutsSpan ? '`' : '';
}

/** Where a text stands that goes on with more. A fence's line counts once it is whole. */
function after({ line, fence }: Position, text: string): Pick<Position, 'line' | 'fence'> {
  const lines = (line + text).split('\n');
  const begun = lines.pop() ?? '';
  return { line: begun.slice(-LONGEST_FENCE_LINE), fence: lines.reduce(afterLine, fence) };
}

function afterLine(fence: Fence | undefined, line: string): Fence | undefined {
  const match = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/u.exec(line);
  if (match === null) return fence;
  const [, mark = '', info = ''] = match;
  if (fence === undefined) return mark.startsWith('`') && info.includes('`') ? undefined : { mark, opening: line };
  const closes = mark[0] === fence.mark[0] && mark.length >= fence.mark.length && info.trim() === '';
  return closes ? undefined : fence;
}

interface Cut {
  readonly at: number;
  readonly full: boolean;
  /** It cuts a code span that alone is longer than a message. */
  readonly withinSpan?: boolean;
}

/**
 * Where to cut: not at all while there is room, at a line's end past the soft limit, at any good place at the hard one,
 * but never within a code span or an address where a message can hold it: what is harmless as code could be live without
 * its mark, and half an address leads elsewhere. A longer span is closed, and opened again.
 */
function cutOf(text: string, softRoom: number, hardRoom: number, mayCutAnywhere: boolean): Cut {
  if (Buffer.byteLength(text) <= softRoom) return { at: text.length, full: false };
  const hardEnd = indexAtBytes(text, Math.max(0, hardRoom));
  const softEnd = Math.min(hardEnd, indexAtBytes(text, Math.max(0, softRoom)));
  const within = text.slice(0, hardEnd);
  const paragraph = within.lastIndexOf('\n\n');
  if (paragraph + 2 > softEnd && paragraph !== -1) return { at: paragraph + 2, full: true };
  const lineEnd = within.lastIndexOf('\n');
  if (lineEnd + 1 > softEnd && lineEnd !== -1) return { at: lineEnd + 1, full: true };
  if (hardEnd === text.length) return { at: hardEnd, full: false };
  if (lineEnd !== -1) return { at: lineEnd + 1, full: true };
  const at = cutInLine(text, within);
  const open = openPart(text.slice(0, at));
  if (open === undefined) return { at, full: true };
  if (open.at > 0 || !mayCutAnywhere) return { at: open.at, full: true };
  return { at, full: true, withinSpan: open.isSpan };
}

function cutInLine(text: string, within: string): number {
  const hardEnd = within.length;
  const sentence = /^[\s\S]*[。．！？!?.](?=\s|[^\p{ASCII}])/u.exec(within);
  if (sentence !== null && sentence[0].length > hardEnd / 2) return sentence[0].length;
  const space = within.lastIndexOf(' ');
  if (space > hardEnd / 2) return space + 1;
  return graphemeBefore(text, hardEnd);
}

/** An address that is not over, and a link of one. */
const OPEN_ADDRESS = /(?:\[https?:\/\/[^\s`\]]*(?:\](?:\([^\s`)]*)?)?|https?:\/\/[^\s`)\]]*)$/iu;

/** Where the code span or the address begins that a line's end cuts; a span's marks stand on one line. */
function openPart(line: string): { readonly at: number; readonly isSpan: boolean } | undefined {
  const marks = [...line.matchAll(/`+/gu)];
  const isSpan = marks.length % 2 === 1;
  const at = isSpan ? marks.at(-1)?.index : OPEN_ADDRESS.exec(line)?.index;
  return at === undefined ? undefined : { at, isSpan };
}

/** The longest prefix, in code units, of at most so many UTF-8 bytes, that cuts no surrogate pair. */
function indexAtBytes(text: string, most: number): number {
  let bytes = 0;
  let index = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    if (bytes > most) break;
    index += character.length;
  }
  return index;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function graphemeBefore(text: string, at: number): number {
  const from = Math.max(0, at - 64);
  const segment = graphemes.segment(text.slice(from, at + 64)).containing(at - from);
  const start = segment === undefined ? at : from + segment.index;
  return start > from ? start : at;
}
