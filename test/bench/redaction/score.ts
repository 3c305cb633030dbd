import type { Kind } from '../../../src/redact/kinds';
import type { Example } from './corpus';
import type { Contender } from './rivals';

export interface Score {
  /** By kind: the share of values of which no four letters or digits in a row are left. */
  readonly recall: ReadonlyMap<Kind, number>;
  /** The share of harmless messages that were changed. */
  readonly falseAlarms: number;
  /** Microseconds for an ordinary message: the middle of all harmless ones. */
  readonly microseconds: number;
  readonly missed: readonly Example[];
  readonly alarms: readonly Example[];
}

/** `rounds` over all harmless messages are timed; with 0 none is. */
export async function measure(
  { redact }: Pick<Contender, 'redact'>,
  all: readonly Example[],
  rounds = 0,
): Promise<Score> {
  const missed: Example[] = [];
  const alarms: Example[] = [];
  for (const example of all) {
    const left = await redact(example.words);
    if (example.kind === undefined ? left !== example.words : isLeft(example, left))
      (example.kind === undefined ? alarms : missed).push(example);
  }
  const harmless = all.filter(({ kind }) => kind === undefined);
  const kinds = new Set(all.flatMap(({ kind }) => (kind === undefined ? [] : [kind])));
  const share = (part: readonly Example[], kind: Kind): number =>
    1 - part.filter((one) => one.kind === kind).length / all.filter((one) => one.kind === kind).length;
  return {
    recall: new Map([...kinds].map((kind) => [kind, share(missed, kind)])),
    falseAlarms: harmless.length === 0 ? Number.NaN : alarms.length / harmless.length,
    microseconds: await middle(harmless, redact, rounds),
    missed,
    alarms,
  };
}

const IN_A_ROW = 4;

/** Whether a part of the value is left that tells anything of it. */
function isLeft({ value, words }: Example, left: string): boolean {
  const rest = left.replace(/[[<][A-Za-z][A-Za-z0-9_-]*[\]>]/gu, '\n');
  if (rest.includes(value)) return true;
  const around = words.replace(value, '\n');
  for (let at = 0; at + IN_A_ROW <= value.length; at += 1) {
    const part = value.slice(at, at + IN_A_ROW);
    if (/^[\p{L}\p{N}]+$/u.test(part) && rest.includes(part) && !around.includes(part)) return true;
  }
  return false;
}

async function middle(all: readonly Example[], redact: Contender['redact'], rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const { words } of all) {
      const start = process.hrtime.bigint();
      await redact(words);
      times.push(Number(process.hrtime.bigint() - start) / 1_000);
    }
  // The first rounds warm it up.
  const settled = times.slice(times.length / 2).sort((one, other) => one - other);
  return settled[Math.floor(settled.length / 2)] ?? Number.NaN;
}

export function printable(score: Score, all: readonly Example[]): readonly string[] {
  const count = (kind: Kind | undefined): number => all.filter((one) => one.kind === kind).length;
  return [
    ...[...score.recall].map(([kind, recall]) => `  recall ${kind.padEnd(10)} ${recall.toFixed(3)} of ${count(kind)}`),
    `  false alarms      ${score.falseAlarms.toFixed(3)} of ${count(undefined)}`,
    `  a message         ${score.microseconds.toFixed(0)} µs`,
  ];
}
