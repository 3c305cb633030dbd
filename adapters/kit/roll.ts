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

/** Deals an answer out to messages of a size that the platform takes. */
export interface Roller {
  /**
   * Takes what the open message can hold off the front of `waiting`, closes a code fence that the end of a message
   * would cut, and opens it again in the next one. Without its repairs the portions make up the text.
   */
  next(waiting: string): { readonly portion: Portion; readonly rest: string };
  /** Takes the last portion as not given: it is dealt out again, from the beginning of a new message. */
  again(): void;
  /** The same with messages of half of what was too long. `false`: smaller makes no sense. */
  narrow(tooLong: string): boolean;
  /** Forgets what it dealt out: what comes next is the beginning of a text. */
  restart(): void;
}

/** Below it a message is refused for something else than its size. */
const LEAST_BYTES = 1_000;

interface Fence {
  readonly mark: string;
  readonly opening: string;
}

export function createRoller(size: MessageSize): Roller {
  let { soft, hard } = size;
  let bytes = 0;
  let line = '';
  let fence: Fence | undefined;
  let reopen = '';
  let before: { line: string; fence: Fence | undefined } = { line, fence: undefined };

  const follow = (text: string): void => {
    const lines = (line + text).split('\n');
    line = lines.pop() ?? '';
    for (const whole of lines) {
      const match = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/u.exec(whole);
      if (match === null) continue;
      const [, mark = '', info = ''] = match;
      if (fence === undefined)
        fence = mark.startsWith('`') && info.includes('`') ? undefined : { mark, opening: whole };
      else if (mark[0] === fence.mark[0] && mark.length >= fence.mark.length && info.trim() === '') fence = undefined;
    }
    // A fence line counts once it is whole; what a line may still become is known only then.
    if (line.length > 512) line = line.slice(-512);
  };

  const again = (): void => {
    ({ line, fence } = before);
    bytes = 0;
    reopen = fence === undefined ? '' : `${fence.opening}\n`;
  };

  return {
    again,
    narrow(tooLong) {
      const half = Math.floor(Math.min(hard, Buffer.byteLength(tooLong)) / 2);
      if (half < LEAST_BYTES) return false;
      soft = Math.floor((soft / hard) * half);
      hard = half;
      again();
      return true;
    },
    restart() {
      before = { line: '', fence: undefined };
      again();
    },
    next(waiting) {
      before = { line, fence };
      const prefix = reopen;
      const used = bytes + Buffer.byteLength(prefix);
      const cut = cutOf(waiting, soft - used, hard - used, bytes === 0 || fence !== undefined);
      const text = waiting.slice(0, cut.at);
      const rest = waiting.slice(cut.at);
      follow(text);
      reopen = '';
      if (!cut.full) {
        bytes = used + Buffer.byteLength(text);
        return { portion: { text: prefix + text, full: false }, rest };
      }
      bytes = 0;
      if (fence === undefined) return { portion: { text: prefix + text, full: true }, rest };
      reopen = `${fence.opening}\n`;
      return { portion: { text: `${prefix}${text}${text.endsWith('\n') ? '' : '\n'}${fence.mark}`, full: true }, rest };
    },
  };
}

/**
 * Where to cut: not at all while there is room, at a line's end past the soft limit, at any good place at the hard one,
 * but never within a code span or an address: what is harmless as code could be live without its mark, and half an
 * address leads elsewhere.
 */
function cutOf(
  text: string,
  softRoom: number,
  hardRoom: number,
  mayCutAnywhere: boolean,
): { at: number; full: boolean } {
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
  return { at: open === undefined || (open === 0 && mayCutAnywhere) ? at : open, full: true };
}

function cutInLine(text: string, within: string): number {
  const hardEnd = within.length;
  const sentence = /^[\s\S]*[。．！？!?.](?=\s|[^\p{ASCII}])/u.exec(within);
  if (sentence !== null && sentence[0].length > hardEnd / 2) return sentence[0].length;
  const space = within.lastIndexOf(' ');
  if (space > hardEnd / 2) return space + 1;
  return graphemeBefore(text, hardEnd);
}

/** Where the code span or the address begins that a line's end cuts; a span's marks stand on one line. */
function openPart(line: string): number | undefined {
  const marks = [...line.matchAll(/`+/gu)];
  return marks.length % 2 === 0 ? /https?:\/\/[^\s`]*$/iu.exec(line)?.index : marks.at(-1)?.index;
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
