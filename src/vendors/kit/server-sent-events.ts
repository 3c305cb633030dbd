import { VendorError } from './vendor-error';

/** What a stream of events brings, piece by piece. */
export type SentEvent =
  /** `name` is empty where the event has none. */
  | { readonly kind: 'data'; readonly name: string; readonly data: string }
  /** A comment, or an event without data: the server is there. */
  | { readonly kind: 'comment' }
  /** A line that is none of the format's. */
  | { readonly kind: 'line' };

export interface EventDecoder {
  /** Takes the next piece of the body, and gives what became whole by it. */
  push(text: string): readonly SentEvent[];
  /** Gives what the last event was when the body ended, also without the empty line behind it. */
  end(): readonly SentEvent[];
}

/** Characters of one event. What a model says in one is far below this. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
/** Lines of the data of one event. */
const MAX_LINES = 1_000;
const COMMENT: SentEvent = { kind: 'comment' };
const LINE: SentEvent = { kind: 'line' };

/**
 * Decodes server-sent events as servers of models send them: lines may end in any of the three ways, zero bytes and
 * marks of byte order are passed over, and JSON that stands where an event should (a whole answer, or an error that
 * a gateway wrote) is an event as well. Throws `protocol` on a page of HTML and on an event without an end.
 *
 * Source: "Server-sent events, parsing an event stream", html.spec.whatwg.org.
 */
export function createEventDecoder(): EventDecoder {
  let found: SentEvent[] = [];
  /** The beginning of a line that is not whole yet, in pieces: they are joined once. */
  let begun: string[] = [];
  let begunCharacters = 0;
  let endedInReturn = false;
  let name = '';
  let data: string[] = [];
  let bare: string[] = [];
  let characters = 0;
  let isFirstLine = true;

  function dispatch(): void {
    if (data.length > 0)
      found.push({ kind: 'data', name, data: data.length === 1 ? (data[0] ?? '') : data.join('\n') });
    else if (name !== '') found.push(COMMENT);
    name = '';
    data = [];
    characters = 0;
  }

  function dispatchBare(): void {
    data = bare;
    bare = [];
    dispatch();
  }

  function grow(by: number): void {
    characters += by;
    if (characters > MAX_CHARACTERS || data.length > MAX_LINES) throw new VendorError('protocol');
  }

  /** Whether the data are JSON that is whole: printed prettily, it ends where it began, at the left. */
  function isWholeSoFar(): boolean {
    const [first, last] = [data[0], data.at(-1)];
    if (first === undefined || last === undefined) return false;
    return (data.length === 1 || last.startsWith(endOf(first))) && isWhole(data.join('\n'));
  }

  function takeBare(line: string): void {
    grow(line.length);
    bare.push(line);
    if (bare.length === 1 ? isWhole(line) : line.startsWith(endOf(bare[0] ?? ''))) dispatchBare();
  }

  function take(given: string): void {
    // What looked like the beginning of JSON was none, or breaks off.
    if (bare.length > 0 && /^(?:data|event):/u.test(given)) dispatchBare();
    if (bare.length > 0) takeBare(given);
    else if (given === '') dispatch();
    else if (given.startsWith('data:')) {
      // Some servers leave out the empty line between two events.
      if (isWholeSoFar()) dispatch();
      grow(given.length);
      data.push(given.slice(given.charCodeAt(5) === 0x20 ? 6 : 5));
      isFirstLine = false;
    } else takeOther(given);
  }

  function takeOther(given: string): void {
    const line = given.trimStart();
    const wasFirst = isFirstLine;
    if (line !== '') isFirstLine = false;
    if (line.startsWith(':')) found.push(COMMENT);
    else if (line.startsWith('event:')) name = line.slice(6).trim();
    else if (line.startsWith('data:')) take(line);
    else if (line.startsWith('<') && wasFirst) throw new VendorError('protocol');
    else if (line === '' || /^(?:id|retry|data|event)(?::|$)/u.test(line)) return;
    else if (data.length > 0 && !isWholeSoFar()) {
      // JSON that was printed prettily, with the field's name before its first line alone.
      grow(given.length);
      data.push(given);
    } else if (line.startsWith('{') || line.startsWith('[')) {
      if (data.length > 0) dispatch();
      takeBare(line);
    } else found.push(LINE);
  }

  function given(): readonly SentEvent[] {
    const all = found;
    found = [];
    return all;
  }

  return {
    push(piece) {
      let text = piece.includes('\0') ? piece.replaceAll('\0', '') : piece;
      if (text === '') return [];
      if (endedInReturn && text.startsWith('\n')) text = text.slice(1);
      endedInReturn = text.endsWith('\r');
      if (text.includes('\r')) text = text.replace(/\r\n?/gu, '\n');
      let from = 0;
      for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
        const rest = text.slice(from, to);
        from = to + 1;
        if (begun.length === 0) take(rest);
        else {
          begun.push(rest);
          const line = begun.join('');
          begun = [];
          begunCharacters = 0;
          take(line);
        }
      }
      if (from < text.length) {
        begun.push(from === 0 ? text : text.slice(from));
        begunCharacters += text.length - from;
        if (begunCharacters > MAX_CHARACTERS) throw new VendorError('protocol');
      }
      return given();
    },
    end() {
      if (begun.length > 0) take(begun.join(''));
      begun = [];
      if (bare.length > 0) dispatchBare();
      dispatch();
      return given();
    },
  };
}

function endOf(first: string): ']' | '}' {
  return first.trimStart().startsWith('[') ? ']' : '}';
}

function isWhole(data: string): boolean {
  const words = data.trimEnd();
  if (words === '[DONE]') return true;
  if (!words.endsWith('}') && !words.endsWith(']')) return false;
  try {
    JSON.parse(words);
    return true;
  } catch {
    return false;
  }
}
