import { readFileSync } from 'node:fs';
import process from 'node:process';

/** A way in which this process was started so that its memory can be read, or written to a file, by Node or the system. */
export type Exposure = 'inspector' | 'heap-snapshot' | 'heap-profile' | 'abort' | 'core-dump';

const FLAGS: readonly (readonly [Exposure, RegExp])[] = [
  ['inspector', /--(?:inspect|debug)(?!-publish)/u],
  ['heap-snapshot', /--heapsnapshot/u],
  ['heap-profile', /--heap-prof/u],
  ['abort', /--abort-on-uncaught-exception/u],
];

/**
 * What the operator let open. Source: "Command-line API", nodejs.org/api/cli; proc(5), `/proc/pid/limits` (a soft limit
 * of the size of core files other than 0).
 */
export function exposuresOf(parts: { readonly flags: string; readonly limits: string }): readonly Exposure[] {
  const found = FLAGS.filter(([, flag]) => flag.test(parts.flags)).map(([exposure]) => exposure);
  const core = /^Max core file size\s+(\S+)/mu.exec(parts.limits)?.[1];
  return core === undefined || core === '0' ? found : [...found, 'core-dump'];
}

export function exposuresHere(): readonly Exposure[] {
  const flags = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].join(' ');
  return exposuresOf({ flags, limits: readLimits() });
}

/** Linux alone tells. */
function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
