import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Tried } from '../program';
import { type Field, IDS } from './canaries';
import { type Inspector, openInspector } from './inspector';
import type { Search, Sighting } from './search';

export interface MemoryFinding {
  readonly place: string;
  readonly sighting: Sighting;
}

export interface MemoryLook {
  readonly findings: readonly MemoryFinding[];
  /** Bytes of the heap's snapshot and of the buffers that were looked through. */
  readonly bytes: number;
  /** Why the look proves nothing, if so: what was kept on purpose was not seen, or was seen when it was gone. */
  readonly trouble: string | undefined;
}

/** What may be in memory: settings, and who people are, which the adapters remember for ten minutes. */
const MAY_STAY: ReadonlySet<Field> = new Set<Field>(['name', 'secret', ...IDS]);

/**
 * Looks through everything in the program's memory that anything still leads to, after a collection of garbage: the
 * strings of a heap snapshot, and the bytes of every buffer. Beside it stands a control: words that are kept on
 * purpose are found, and are found no more when they are let go.
 */
export async function lookIntoMemory(program: Tried, search: Search): Promise<MemoryLook> {
  const inspector = await openInspector(await inspectorOf(program));
  try {
    const control = Array.from({ length: 16 }, () => 97 + randomInt(26));
    await inspector.call('HeapProfiler.enable');
    await inspector.call('Runtime.evaluate', { expression: WHOLE_STRINGS });
    await inspector.call('Runtime.evaluate', { expression: keeping(control) });
    const kept = await look(inspector, search, control);
    await inspector.call('Runtime.evaluate', { expression: 'delete globalThis.keptByProve' });
    const last = await look(inspector, search, control);
    const threads = await inspector.threads();
    const trouble =
      threads > 0
        ? `memory: ${threads} further threads, whose memory is not looked through`
        : kept.controls.text && kept.controls.bytes
          ? last.controls.text || last.controls.bytes
            ? 'memory: what was let go was still seen'
            : undefined
          : 'memory: what was kept on purpose was not seen';
    return { findings: last.findings, bytes: last.bytes, trouble };
  } finally {
    inspector.close();
  }
}

/** Snapshots cut strings after 1,024 characters unless V8 is told otherwise. */
const WHOLE_STRINGS = `process.getBuiltinModule('v8').setFlagsFromString('--heap-snapshot-string-limit=1000000000')`;

/** Numbers are told in place of letters, so that the request itself is not what is found. */
function keeping(control: readonly number[]): string {
  const codes = JSON.stringify(control.map((code) => code + 1));
  return `globalThis.keptByProve = (() => {
    const codes = ${codes}.map((code) => code - 1);
    const bytes = new Uint8Array(64);
    bytes.set(codes, 7);
    return [new Map([[1, { text: 'kept ' + String.fromCharCode(...codes) + Date.now() }]]), bytes];
  })(); 0`;
}

interface Looked {
  readonly findings: readonly MemoryFinding[];
  readonly bytes: number;
  readonly controls: { readonly text: boolean; readonly bytes: boolean };
}

/** Characters around a hit that tell which canary it is. */
const AROUND = 256;

async function look(inspector: Inspector, search: Search, control: readonly number[]): Promise<Looked> {
  await inspector.call('HeapProfiler.collectGarbage');
  await inspector.call('HeapProfiler.collectGarbage');
  const marks = search.marks.map((mark) => mark.toString('latin1')).filter((mark) => /^[ -~]+$/u.test(mark));
  const kept = String.fromCharCode(...control);
  const findings: MemoryFinding[] = [];
  let [bytes, text, before] = [0, false, ''];
  await inspector.snapshot((piece) => {
    const words = before + piece;
    bytes += piece.length;
    text ||= words.includes(kept);
    for (const mark of marks)
      for (let at = words.indexOf(mark); at >= 0; at = words.indexOf(mark, at + mark.length))
        add(findings, 'a string', search.in(Buffer.from(words.slice(Math.max(0, at - AROUND), at + AROUND))));
    before = words.slice(-AROUND);
  });
  const buffers = await lookIntoBuffers(inspector, [...search.marks.map((mark) => [...mark]), control]);
  for (const { around, length } of buffers.hits)
    add(findings, `a buffer of ${length} bytes`, search.in(Buffer.from(around)));
  const environment = await inspector.call('Runtime.evaluate', { expression: 'JSON.stringify(process.env)' });
  const { value } = environment.result as { value: string };
  add(findings, 'the environment', search.in(Buffer.from(value)));
  const hasControl = buffers.hits.some(({ around }) => Buffer.from(around).includes(Buffer.from(control)));
  return { findings, bytes: bytes + buffers.bytes, controls: { text, bytes: hasControl } };
}

function add(findings: MemoryFinding[], place: string, sighting: Sighting | undefined): void {
  if (sighting === undefined) return;
  const canaries = sighting.canaries.filter(({ field }) => !MAY_STAY.has(field));
  if (canaries.length > 0 || sighting.canaries.length === 0)
    findings.push({ place, sighting: { ...sighting, canaries } });
}

interface BufferHits {
  readonly bytes: number;
  readonly hits: readonly { readonly length: number; readonly around: readonly number[] }[];
}

/** Runs in the program. What it makes is not among the buffers that it is given. */
const SEARCH_BUFFERS = `function (shifted) {
  const marks = shifted.map((mark) => Uint8Array.from(mark, (code) => code - 1));
  let bytes = 0;
  const hits = [];
  for (const buffer of this) {
    bytes += buffer.byteLength;
    const view = Buffer.from(buffer);
    for (const mark of marks)
      for (let at = view.indexOf(mark), count = 0; at >= 0 && count < 20; at = view.indexOf(mark, at + 1), count += 1)
        hits.push({ length: buffer.byteLength, around: Array.from(view.subarray(Math.max(0, at - 64), at + 192)) });
  }
  return { bytes, hits: hits.slice(0, 500) };
}`;

async function lookIntoBuffers(inspector: Inspector, marks: readonly (readonly number[])[]): Promise<BufferHits> {
  const found: BufferHits[] = [];
  for (const kind of ['ArrayBuffer', 'SharedArrayBuffer']) {
    const prototype = await inspector.call('Runtime.evaluate', {
      expression: `${kind}.prototype`,
      objectGroup: 'prove',
    });
    const { objectId } = prototype.result as { objectId: string };
    const all = await inspector.call('Runtime.queryObjects', { prototypeObjectId: objectId, objectGroup: 'prove' });
    const searched = await inspector.call('Runtime.callFunctionOn', {
      functionDeclaration: SEARCH_BUFFERS,
      objectId: (all.objects as { objectId: string }).objectId,
      arguments: [{ value: marks.map((mark) => mark.map((code) => code + 1)) }],
      returnByValue: true,
      objectGroup: 'prove',
    });
    found.push((searched.result as { value: BufferHits }).value);
    await inspector.call('Runtime.releaseObjectGroup', { objectGroup: 'prove' });
  }
  return { bytes: found.reduce((sum, one) => sum + one.bytes, 0), hits: found.flatMap((one) => one.hits) };
}

const PATIENCE_MS = 15_000;

/** The address that Node prints to standard error when it opens its inspector. */
async function inspectorOf(program: Tried): Promise<string> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(50)) {
    const found = /ws:\/\/127\.0\.0\.1:\d+\/[\w-]+/u.exec(program.output().stderr.toString('latin1'))?.[0];
    if (found !== undefined) return found;
  }
  throw new Error('the inspector did not open');
}
