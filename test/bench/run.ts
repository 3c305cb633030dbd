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
  options: { smoke: { type: 'boolean' }, json: { type: 'string' }, tiers: { type: 'boolean' } },
});
const smoke = values.smoke === true;
const ROUNDS = smoke ? 1 : 3;
const scale = (full: number, small: number): number => (smoke ? small : full);

/** How far a ratio may be from its aim before the smoke form fails: noise never reaches it. */
const SMOKE_TOLERANCE = 3;

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
  { name: 'CPU a long answer, 10 at once', unit: 'ms', aim: 0.75 },
  { name: 'ack p50, one at a time', unit: 'ms' },
  { name: 'ack p99, 500 at once', unit: 'ms', aim: 0.6 },
  { name: 'first word beyond the vendor’s, 50 tokens/s', unit: 'ms', aim: 10, absolute: true },
  { name: 'peak memory, 500 streams held', unit: 'MiB', aim: 0.9 },
  { name: 'idle memory', unit: 'MiB' },
  { name: 'cold start', unit: 'ms', aim: 1.2 },
  { name: 'command ack, 50 at once', unit: 'ms' },
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

  const words: number[] = [];
  for (let index = 0; index < scale(8, 3); index += 1)
    words.push(...(await target.ask(1, { tokens: 40, everyMs: 20 })).map(({ firstWordMs }) => firstWordMs));
  found['first word beyond the vendor’s, 50 tokens/s'] = median(words);

  const letGo = await target.hold(scale(500, 100));
  found['peak memory, 500 streams held'] = target.memoryMiB('VmHWM');
  await letGo();

  const acks: number[] = [];
  const alone = scale(150, 20);
  found['CPU a mention, one at a time'] = await cpuOf(target, alone, async () => {
    for (let index = 0; index < alone; index += 1) acks.push(...(await target.ask(1, short)).map(({ ackMs }) => ackMs));
  });
  found['ack p50, one at a time'] = median(acks);
  const bursts = scale(6, 1);
  found['CPU a mention, 50 at once'] = await cpuOf(target, 50 * bursts, async () => {
    for (let index = 0; index < bursts; index += 1) await target.ask(50, short);
  });
  const many = scale(500, 150);
  const late: number[] = [];
  found['CPU a mention, 500 at once'] = await cpuOf(target, many, async () => {
    late.push(...(await target.ask(many, short)).map(({ ackMs }) => ackMs));
  });
  found['ack p99, 500 at once'] = percentile(late, 0.99);
  const long = scale(10, 4);
  found['CPU a long answer, 10 at once'] = await cpuOf(target, long, () =>
    target.ask(long, { tokens: 1_500, everyMs: 1 }),
  );

  const commands: number[] = [];
  for (let round = 0; round < scale(20, 4); round += 1)
    commands.push(...(await Promise.all(Array.from({ length: 50 }, () => target.command('status')))));
  found['command ack, 50 at once'] = median(commands);
  await target.stop();

  if (values.tiers === true) {
    const fresh = await startTarget(name, services);
    await fresh.agree(40);
    services.enforceRates(true);
    const slowest: number[] = [];
    for (let half = 0; half < 2; half += 1)
      slowest.push(...(await fresh.ask(20, { tokens: 100, everyMs: 20 })).map(({ wholeMs }) => wholeMs / 1_000));
    found['slowest of 40 answers under Slack’s limits'] = Math.max(...slowest);
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
  const decisions = await measureDecisions(smoke ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000]);

  const two = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
  process.stdout.write(
    '\n| figure | bare | dejiren | dejiren / bare (least–most) | aim | |\n|---|---|---|---|---|---|\n',
  );
  for (const { name, unit, bare, dejiren, value, least, most, aim, absolute } of rows)
    process.stdout.write(
      `| ${name} | ${two(bare)} ${unit} | ${two(dejiren)} ${unit} | ${absolute ? '–' : `${two(value)} (${two(least)}–${two(most)})`} | ${aim === undefined ? '–' : `≤ ${aim}${absolute ? ` ${unit}` : ''}`} | ${aim === undefined ? '' : value <= aim ? 'met' : 'not met'} |\n`,
    );
  process.stdout.write('\n| people | decision p50 | decision p99 | aim | |\n|---|---|---|---|---|\n');
  for (const { people, p50, p99 } of decisions)
    process.stdout.write(
      `| ${people} | ${two(p50)} µs | ${two(p99)} µs | ≤ 25 µs | ${p99 <= 25 ? 'met' : 'not met'} |\n`,
    );
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ rounds, rows, decisions }, null, 2));

  const far = rows.filter(({ value, aim }) => smoke && aim !== undefined && value > aim * SMOKE_TOLERANCE);
  for (const { name } of far) process.stdout.write(`FAILED: ${name} is more than ${SMOKE_TOLERANCE} times its aim\n`);
  process.exit(far.length > 0 ? 1 : 0);
}

main().catch((error: unknown) => {
  process.stdout.write(`FAILED: ${error instanceof Error ? error.message : 'unknown'}\n`);
  process.exit(1);
});
