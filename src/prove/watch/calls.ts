import type { Search, Sighting } from './search';
import { parseSystemCall, type SystemCall } from './strace-line';

/** Something in the system calls that must not be there. */
export type CallFinding =
  | { readonly kind: 'words'; readonly call: string; readonly place: string; readonly sighting: Sighting }
  | { readonly kind: 'connection'; readonly call: string; readonly place: string }
  | { readonly kind: 'unseen'; readonly call: string; readonly place: string };

export interface CallWatch {
  /** The program is started, once more maybe: it may listen again. */
  started(): void;
  take(line: string): void;
  readonly findings: readonly CallFinding[];
  /** Calls by name. */
  readonly counts: ReadonlyMap<string, number>;
  /** Writes that carried a canary to where it may go: the control that this watch sees at all. */
  permitted(): number;
  /** Paths that were opened to be written to, or given to a file. */
  readonly written: ReadonlySet<string>;
  /** Places that were connected to. */
  readonly connected: ReadonlySet<string>;
}

export interface Permission {
  /** `127.0.0.1:PORT` of the doubles. */
  readonly services: ReadonlySet<string>;
  /** The program's own addresses, once it listens. */
  readonly own: ReadonlySet<string>;
}

/** Bytes of what was written to a place that are kept: the longest form of a mark, and of a whole canary. */
const SEAM_BYTES = 512;
const TAIL_BYTES = 4_096;
/** Calls that move words past what is told of a call's arguments. */
const UNSEEN = new Set([
  'copy_file_range',
  'process_vm_writev',
  'ptrace',
  'sendfile',
  'shmat',
  'splice',
  'tee',
  'vmsplice',
]);

const ADDRESSED = new Set(['bind', 'connect', 'sendto', 'sendmsg', 'sendmmsg']);

/** Looks through system calls as they come. Words may go to the services' sockets and to who asked; nowhere else. */
export function watchCalls(search: Search, permission: Permission): CallWatch {
  const findings: CallFinding[] = [];
  const counts = new Map<string, number>();
  const tails = new Map<string, Buffer>();
  const written = new Set<string>();
  const connected = new Set<string>();
  let permitted = 0;
  let listening = 0;

  const isService = (target: string): boolean => {
    const [, from = '', to = ''] = /^TCP:\[(.+)->(.+)\]$/u.exec(target) ?? [];
    return permission.services.has(to) || permission.own.has(from);
  };

  function takeWords({ name, descriptor, target, strings }: SystemCall): void {
    const key = `${descriptor} ${target}`;
    const words = Buffer.concat(strings);
    const before = descriptor === '' ? Buffer.alloc(0) : (tails.get(key) ?? Buffer.alloc(0));
    const joined = Buffer.concat([before, words]);
    // What is written in pieces is found where they meet.
    const sighting = search.in(joined.subarray(Math.max(0, before.length - SEAM_BYTES)));
    if (sighting !== undefined)
      findings.push({ kind: 'words', call: name, place: placeOf(target), sighting: search.in(joined) ?? sighting });
    tails.set(key, sighting === undefined ? joined.subarray(Math.max(0, joined.length - TAIL_BYTES)) : Buffer.alloc(0));
  }

  function takeAddress({ name, rest, strings }: SystemCall): void {
    const port = /sin6?_port=htons\((\d+)\)/u.exec(rest)?.[1];
    if (port === undefined) {
      // Of a name without a place in any folder, strace says `@`. Messages through a socket that is connected name none.
      const at = /sun_path=(@?)/u.exec(rest);
      const path = strings[(rest.slice(0, at?.index).match(/"/gu) ?? []).length]?.toString() ?? '';
      if (at !== null) report(name, `unix:${at[1]}${path}`);
      return;
    }
    // The program listens at one address, on a port that the system chooses.
    if (name === 'bind' && port === '0') {
      listening += 1;
      if (listening === 1) return;
    }
    // Strings are told by one quote each: the address is the one after its function's name.
    const before = /^.*?inet_(?:addr\(|pton\(AF_INET6, )/u.exec(rest)?.[0] ?? '';
    const host = strings[before.split('"').length - 1]?.toString('latin1') ?? 'unknown';
    report(name, host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
  }

  function report(call: string, place: string): void {
    connected.add(place);
    if (permission.services.has(place) || place.startsWith('unix:/var/run/nscd/')) return;
    findings.push({ kind: 'connection', call, place });
  }

  return {
    started() {
      listening = 0;
    },
    findings,
    counts,
    written,
    connected,
    permitted: () => permitted,
    take(line) {
      const call = parseSystemCall(line);
      if (call === undefined) return;
      const { name, target, rest, strings } = call;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (isService(target)) {
        if (strings.some((one) => search.plainIn(one))) permitted += 1;
        const [head] = Buffer.concat(strings).toString('latin1').split('\r\n\r\n', 1);
        const sighting = head?.startsWith('HTTP/1.1 ') ? search.in(Buffer.from(head, 'latin1')) : undefined;
        if (sighting !== undefined) findings.push({ kind: 'words', call: name, place: "an answer's head", sighting });
        return;
      }
      if (call.cut && /write|send/u.test(name))
        findings.push({ kind: 'unseen', call: name, place: `${placeOf(target)}: more than is told` });
      if (UNSEEN.has(name)) findings.push({ kind: 'unseen', call: name, place: placeOf(target) });
      if (ADDRESSED.has(name)) takeAddress(call);
      if (/^(open|openat|openat2|creat)$/u.test(name) && /O_(WRONLY|RDWR|CREAT)/u.test(rest)) {
        const path = strings[0]?.toString() ?? '';
        written.add(path.startsWith('/') ? path : `${target}/${path}`);
      }
      if (/^(rename|link)/u.test(name)) written.add(strings.at(-1)?.toString() ?? '');
      if (name === 'mmap' && sharedWritable(rest)) written.add(/\d+<(\/[^>]*)>/u.exec(rest)?.[1] ?? '');
      // A counter of eight bytes holds no words.
      if (name === 'mmap' || name === 'mremap' || target === 'anon_inode:[eventfd]') return;
      takeWords(call);
    },
  };
}

function sharedWritable(rest: string): boolean {
  return /PROT_WRITE/u.test(rest) && /MAP_SHARED/u.test(rest) && /\d+<\//u.test(rest);
}

/** A place as it is told: without the numbers that change from run to run. */
function placeOf(target: string): string {
  return target.replace(/:\[\d+\]$/u, '') || 'no descriptor';
}
