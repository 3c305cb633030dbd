import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureDecisions } from './decision';
import { startFakeServices } from './fake-services';
import { type Name, startTarget, type Target } from './target';

/**
 * dejiren against a bare bot, on the same fakes in one run, the two in turn. Figures are ratios: absolute times mean
 * nothing on another machine. See `docs/performance.md`.
 */
const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean' },
    json: { type: 'string' },
    tiers: { type: 'boolean' },
    only: { type: 'string' },
    rounds: { type: 'string' },
  },
});
const smoke = values.smoke === true;
const ROUNDS = smoke ? 1 : Number(values.rounds ?? 3);
/** Whether one of these is asked for: `--only` takes a part of a name. */
const wanted = (...names: readonly string[]): boolean =>
  values.only === undefined || names.some((name) => name.includes(values.only ?? ''));
const scale = (full: number, small: number): number => (smoke ? small : full);

/** How far a ratio may be from its aim before the smoke form fails: noise never reaches it. */
const SMOKE_TOLERANCE = 3;
/** Bare look-ups of one row that a decision may take, in the middle. */
const DECISION_LOOKUPS = 5;

interface Figure {
  readonly name: string;
  readonly unit: string;
  /** As a ratio to the bare bot, or an absolute value for `absolute` figures. */
  readonly aim?: number;
  readonly absolute?: true;
}

const FIGURES: readonly Figure[] = [
  { name: 'CPU a mention, one at a time', unit: 'ms', aim: 0.75 },
  { name: 'CPU a mention, 50 at once', unit: 'ms', aim: 0.75 },
  { name: 'CPU a mention, 500 at once', unit: 'ms', aim: 0.75 },
  { name: 'CPU a long answer, 20 at once', unit: 'ms', aim: 0.75 },
  { name: 'ack p50, one at a time', unit: 'ms' },
  { name: 'ack p99, 500 at once', unit: 'ms', aim: 0.6 },
  { name: 'first word beyond the vendor’s, 50 tokens/s', unit: 'ms', aim: 10, absolute: true },
  { name: 'peak memory, 500 streams held', unit: 'MiB', aim: 0.9 },
  { name: 'idle memory', unit: 'MiB' },
  { name: 'cold start', unit: 'ms', aim: 1.2 },
  { name: 'commands acknowledged a second, 50 at once', unit: '' },
  { name: 'slowest of 40 answers under Slack’s limits', unit: 's', aim: 0.15 },
];

const percentile = (all: readonly number[], share: number): number =>
  [...all].sort((one, other) => one - other)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? Number.NaN;
const median = (all: readonly number[]): number => percentile(all, 0.5);

async function cpuOf(target: Target, mentions: number, work: () => Promise<unknown>): Promise<number> {
  const before = target.cpuMs();
  await work();
  return (target.cpuMs() - before) / mentions;
}

async function measure(name: Name): Promise<Record<string, number>> {
  const services = await startFakeServices();
  const short = { tokens: 40, everyMs: 1 };
  const target = await startTarget(name, services);
  const found: Record<string, number> = { 'cold start': target.coldStartMs };
  await target.agree(scale(100, 20));
  for (let warm = 0; warm < 3; warm += 1) await target.ask(1, short);
  found['idle memory'] = target.memoryMiB('VmRSS');

  const word = 'first word beyond the vendor’s, 50 tokens/s';
  if (wanted(word)) {
    const words: number[] = [];
    for (let index = 0; index < scale(8, 3); index += 1)
      words.push(...(await target.ask(1, { tokens: 40, everyMs: 20 })).map(({ firstWordMs }) => firstWordMs));
    found[word] = median(words);
  }

  const peak = 'peak memory, 500 streams held';
  if (wanted(peak)) {
    const letGo = await target.hold(scale(500, 100));
    found[peak] = target.memoryMiB('VmHWM');
    await letGo();
  }

  const one = ['CPU a mention, one at a time', 'ack p50, one at a time'] as const;
  if (wanted(...one)) {
    const acks: number[] = [];
    const alone = scale(150, 20);
    found[one[0]] = await cpuOf(target, alone, async () => {
      for (let index = 0; index < alone; index += 1)
        acks.push(...(await target.ask(1, short)).map(({ ackMs }) => ackMs));
    });
    found[one[1]] = median(acks);
  }
  const fifty = 'CPU a mention, 50 at once';
  if (wanted(fifty)) {
    const bursts = scale(6, 1);
    found[fifty] = await cpuOf(target, 50 * bursts, async () => {
      for (let index = 0; index < bursts; index += 1) await target.ask(50, short);
    });
  }
  const burst = ['CPU a mention, 500 at once', 'ack p99, 500 at once'] as const;
  if (wanted(...burst)) {
    const many = scale(500, 150);
    const late: number[] = [];
    found[burst[0]] = await cpuOf(target, many, async () => {
      late.push(...(await target.ask(many, short)).map(({ ackMs }) => ackMs));
    });
    found[burst[1]] = percentile(late, 0.99);
  }
  const lengthy = 'CPU a long answer, 20 at once';
  if (wanted(lengthy)) {
    const long = scale(20, 4);
    found[lengthy] = await cpuOf(target, long, () => target.ask(long, { tokens: 2_000, everyMs: 1 }));
  }

  const commands = 'commands acknowledged a second, 50 at once';
  if (wanted(commands)) {
    const turns = scale(20, 4);
    const began = performance.now();
    for (let round = 0; round < turns; round += 1)
      await Promise.all(Array.from({ length: 50 }, () => target.command('status')));
    found[commands] = (turns * 50 * 1_000) / (performance.now() - began);
  }
  await target.stop();

  const slowest = 'slowest of 40 answers under Slack’s limits';
  if (values.tiers === true && wanted(slowest)) {
    const fresh = await startTarget(name, services);
    await fresh.agree(40);
    services.enforceRates(true);
    const times: number[] = [];
    for (let half = 0; half < 2; half += 1)
      times.push(...(await fresh.ask(20, { tokens: 100, everyMs: 20 })).map(({ wholeMs }) => wholeMs / 1_000));
    found[slowest] = Math.max(...times);
    await fresh.stop();
  }
  services.close();
  return found;
}

async function main(): Promise<void> {
  const rounds: Record<Name, Record<string, number>[]> = { bare: [], dejiren: [] };
  for (let round = 0; round < ROUNDS; round += 1)
    for (const name of ['bare', 'dejiren'] as const) {
      process.stdout.write(`round ${round + 1} of ${ROUNDS}: ${name}\n`);
      rounds[name].push(await measure(name));
    }

  const rows = FIGURES.flatMap(({ name, unit, aim, absolute }) => {
    const bare = rounds.bare.map((one) => one[name] ?? Number.NaN);
    const ours = rounds.dejiren.map((one) => one[name] ?? Number.NaN);
    if (bare.some(Number.isNaN) || ours.some(Number.isNaN)) return [];
    const ratios = ours.map((value, index) => (absolute === true ? value : value / (bare[index] ?? Number.NaN)));
    const value = median(ratios);
    return [
      {
        name,
        unit,
        bare: median(bare),
        dejiren: median(ours),
        value,
        least: Math.min(...ratios),
        most: Math.max(...ratios),
        aim,
        absolute: absolute === true,
      },
    ];
  });
  const sizes = smoke ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000];
  const decisions = wanted('decision') ? await measureDecisions(sizes) : [];

  const two = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
  process.stdout.write(
    '\n| figure | bare | dejiren | dejiren / bare (least–most) | aim | |\n|---|---|---|---|---|---|\n',
  );
  for (const { name, unit, bare, dejiren, value, least, most, aim, absolute } of rows)
    process.stdout.write(
      `| ${name} | ${two(bare)} ${unit} | ${two(dejiren)} ${unit} | ${absolute ? '–' : `${two(value)} (${two(least)}–${two(most)})`} | ${aim === undefined ? '–' : `≤ ${aim}${absolute ? ` ${unit}` : ''}`} | ${aim === undefined ? '' : value <= aim ? 'met' : 'not met'} |\n`,
    );
  process.stdout.write(
    '\n| people | decision p50 | in bare look-ups | decision p99 | aim | |\n|---|---|---|---|---|---|\n',
  );
  for (const { people, p50, p99, lookup } of decisions)
    process.stdout.write(
      `| ${people} | ${two(p50)} µs | ${two(p50 / lookup)} | ${two(p99)} µs | ≤ 25 µs | ${p99 <= 25 ? 'met' : 'not met'} |\n`,
    );
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ rounds, rows, decisions }, null, 2));

  const far = [
    ...rows.filter(({ value, aim }) => aim !== undefined && value > aim * SMOKE_TOLERANCE).map(({ name }) => name),
    // Microseconds tell of the machine: what CI holds is how many bare look-ups a decision takes.
    ...decisions
      .filter(({ p50, lookup }) => p50 > lookup * DECISION_LOOKUPS * SMOKE_TOLERANCE)
      .map(({ people }) => `a decision of ${people}`),
  ];
  if (!smoke) far.length = 0;
  for (const name of far) process.stdout.write(`FAILED: ${name} is more than ${SMOKE_TOLERANCE} times its aim\n`);
  process.exit(far.length > 0 ? 1 : 0);
}

main().catch((error: unknown) => {
  process.stdout.write(`FAILED: ${error instanceof Error ? error.message : 'unknown'}\n`);
  process.exit(1);
});
