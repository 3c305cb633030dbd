/** One system call as `strace -f -yy` writes it. */
export interface SystemCall {
  readonly thread: number;
  readonly name: string;
  /** The first argument where it is a descriptor, and what it leads to: `17`, `TCP:[127.0.0.1:1->127.0.0.1:2]`. */
  readonly descriptor: string;
  readonly target: string;
  /** Every string of the arguments, in order, as bytes. */
  readonly strings: readonly Buffer[];
  /** The other arguments, with the strings left out. */
  readonly rest: string;
  /** A string was longer than strace tells. */
  readonly cut: boolean;
}

const CALL = /^(\d+)\s+([a-z_0-9]+)\(/u;

/** Reads a line; nothing for signals, exits and the second halves of calls, whose arguments came with the first. */
export function parseSystemCall(line: string): SystemCall | undefined {
  const head = CALL.exec(line);
  if (head === null) return undefined;
  const [opening, thread = '', name = ''] = head;
  const args = line.slice(opening.length);
  // A path can hold what looks like the beginning of a string: the descriptor is taken off first.
  const [led = '', descriptor = '', target = ''] = DESCRIPTOR.exec(args) ?? [];
  const { strings, rest, cut } = splitStrings(args.slice(led.length));
  return { thread: Number(thread), name, descriptor, target, strings, rest, cut };
}

/** Addresses have `->` in them: the closing bracket is the one before the next argument, or the end. */
const DESCRIPTOR = /^(\d+|AT_FDCWD)<(.*?)>(?:\(deleted\))?(?=, |\)\s+=|\)\s*$|\s<unfinished)/u;

function splitStrings(args: string): Pick<SystemCall, 'strings' | 'rest' | 'cut'> {
  const strings: Buffer[] = [];
  let rest = '';
  let cut = false;
  let from = 0;
  for (;;) {
    const open = args.indexOf('"', from);
    if (open < 0) break;
    rest += `${args.slice(from, open)}"`;
    let close = open + 1;
    while (close < args.length && args[close] !== '"') close += args[close] === '\\' ? 2 : 1;
    strings.push(unescaped(args.slice(open + 1, close)));
    from = close + 1;
    if (args.startsWith('...', from)) cut = true;
  }
  return { strings, rest: rest + args.slice(from), cut };
}

const ESCAPES: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  v: 11,
  f: 12,
  b: 8,
  a: 7,
  e: 27,
  '"': 34,
  '\\': 92,
};

/** C's escapes: strace writes a byte that is no printable ASCII as an octal number, or as a letter. */
function unescaped(words: string): Buffer {
  if (!words.includes('\\')) return Buffer.from(words, 'latin1');
  const out = Buffer.allocUnsafe(words.length);
  let length = 0;
  for (let at = 0; at < words.length; at += 1) {
    if (words[at] !== '\\') {
      out[length++] = words.charCodeAt(at);
      continue;
    }
    const octal = /^[0-7]{1,3}/u.exec(words.slice(at + 1, at + 4))?.[0];
    const hex = octal === undefined ? /^x([0-9a-f]{2})/u.exec(words.slice(at + 1, at + 4))?.[1] : undefined;
    if (octal !== undefined) {
      out[length++] = Number.parseInt(octal, 8);
      at += octal.length;
    } else if (hex !== undefined) {
      out[length++] = Number.parseInt(hex, 16);
      at += 3;
    } else {
      out[length++] = ESCAPES[words[at + 1] ?? ''] ?? words.charCodeAt(at + 1);
      at += 1;
    }
  }
  return out.subarray(0, length);
}
