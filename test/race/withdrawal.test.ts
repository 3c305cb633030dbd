import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PLATFORM_MODULES, type PlatformId } from '../../adapters/registry';
import { createSqliteStore } from '../../src/store/sqlite/store';
import type { Store } from '../../src/store/store';
import { quietLog } from '../support/consent';
import { createWorld, PLAIN, type Scenario, type Way } from './world';

/**
 * What "after the withdrawal" means, to the tick: from when this replica has heard of it. Of its own it hears when the
 * store tells its listeners, before the commit is acknowledged: with SQLite in the tick of the commit, with a store
 * across a network ticks later. Of another replica's it hears with the next look at a file, or when the store tells.
 * A vendor is asked when the connector's stream is begun; a chat is called when the platform's SDK hands the request to
 * dejiren's way out (`src/egress`). What was handed over before may still arrive; nothing else.
 *
 * `DEJIREN_RACE_RUNS` multiplies the interleavings: 1 takes some 20 seconds, 50 a coffee break.
 */
const RUNS = Number(process.env.DEJIREN_RACE_RUNS ?? 1);
const SEED = 20261125;
const PLATFORMS = PLATFORM_MODULES.map(({ id }) => id as PlatformId);
/** Microtasks between a step of the turn and the command's own: its commit falls among those of the turn. */
const MOST_HOPS = 40;
const LONG_MS = 1_000 * 60 * 60;

const WAYS: readonly { readonly way: Way; readonly from: readonly string[] }[] = [
  { way: '', from: ['one'] },
  { way: 'off one', from: ['one'] },
  { way: 'off two', from: ['two'] },
  { way: 'off', from: ['one', 'two'] },
  { way: 'off all', from: ['one', 'two'] },
  { way: { do: 'withdraw' }, from: ['one'] },
  { way: { do: 'withdraw', vendor: 'two' }, from: ['two'] },
  { way: { do: 'withdraw-all' }, from: ['one', 'two'] },
  { way: { do: 'erase' }, from: ['one', 'two'] },
];

let folder: string;
let here: Store;
let elsewhere: Store;
let interleavings = 0;

beforeAll(async () => {
  // In memory where there is such a place: the commits are real, and their syncs cost nothing.
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'dejiren-race-'));
  const options = { path: join(folder, 'dejiren.db'), secret: Buffer.alloc(32, 3), log: quietLog };
  here = createSqliteStore(options);
  elsewhere = createSqliteStore(options);
  // The stores look at their ledgers now, and wind up their next look by the real clock.
  for (let round = 0; round < 50; round += 1) await new Promise((resolve) => setImmediate(resolve));
});
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
});
afterEach(() => {
  jest.useRealTimers();
});
afterAll(() => {
  here.close();
  elsewhere.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Race {
  readonly scenario: Scenario;
  readonly way: Way;
  readonly from: readonly string[];
  /** Steps of the turn before the withdrawal. */
  readonly at: number;
  /** Undefined: while nothing moves. */
  readonly hops: number | undefined;
  /** Which of the things that can happen next does, step by step. */
  readonly picks: readonly number[];
  readonly who?: 'asker' | 'bystander';
  readonly elsewhere?: boolean;
  readonly agreesAgain?: boolean;
  /** Nothing else ends the turn: where words are left out, the withdrawal is told as the reason. */
  readonly plain?: boolean;
}

/** Runs one interleaving to its end; gives what went wrong, and how many steps the turn took. */
async function race(plan: Race): Promise<{ readonly wrong: readonly string[]; readonly steps: number }> {
  interleavings += 1;
  const { scenario, way, from, at, hops, picks } = plan;
  const heard = { once: false, unfinished: false };
  const world = await createWorld(scenario, here.ledger, elsewhere.ledger, () => {
    heard.once = true;
    heard.unfinished = world.unfinished() > 0;
    if (who === 'asker') world.forbid(from);
    else world.forbidBystander();
  });
  const { stepper, violations } = world;
  const [decide, who] = [plan.elsewhere ? world.decideElsewhere : world.decide, plan.who ?? 'asker'];
  /** Whoever is told ends what goes on; a file tells nobody, and is looked at before the next word. */
  const isTold = who === 'asker' && !(plan.elsewhere && scenario.store === 'here');
  let command: Promise<unknown> | undefined;
  const start = (): void => {
    command = decide(way, who === 'asker' ? world.person : world.bystander);
    if (plan.agreesAgain) command = command.then(() => world.decide('on all', world.person));
  };
  const isErase = typeof way === 'object' && way.do === 'erase';

  world.ask();
  let steps = 0;
  const look = (): void => {
    if (isTold && heard.once && world.asking().some((vendor) => from.includes(vendor)))
      violations.push('left the vendor to go on');
  };
  for (; steps < 2_000; steps += 1) {
    await stepper.settle();
    look();
    if (steps === at) {
      if (!isErase || hops === undefined) start();
      if (hops === undefined) {
        await stepper.settle();
        stepper.openAll('command');
        await stepper.settle();
      } else {
        if (stepper.options('command') > 0) stepper.step(picks[steps % picks.length] ?? 0, 'command');
        for (let hop = 0; hop < hops; hop += 1) await Promise.resolve();
        if (isErase) start();
        stepper.openAll('command');
        await stepper.settle();
      }
      look();
      // Another command, to agree again, looks at the ledger too.
      stepper.openAll('command');
      continue;
    }
    if (stepper.options('') === 0) break;
    stepper.openAll(command === undefined ? '' : 'command');
    if (stepper.options('command') > 0) stepper.step(picks[steps % picks.length] ?? 0, 'command');
  }
  await stepper.settle();
  await command;
  world.close();

  if (command !== undefined && !heard.once) violations.push('never heard of the withdrawal');
  if (world.unfinished() > 0) violations.push(`${world.unfinished()} turns did not end`);
  const shown = world.stage.shown();
  const visible = [...shown.matchAll(/\b(one|two)\d+w\d+\b/gu)].filter(([, vendor]) => from.includes(vendor ?? ''));
  const isWhole = visible.length >= scenario.deltas * scenario.questions;
  const brokeOff = heard.unfinished && visible.length > 0 && !isWhole;
  if (plan.plain && brokeOff && !/You withdrew/u.test(shown)) violations.push(`did not say why it stopped: ${shown}`);
  if (from.length === 2 && who === 'asker' && command !== undefined)
    for (const turn of world.turns)
      if (world.stage.recalled(turn) > 0 && !plan.elsewhere) violations.push('remembered the turn');
  if (who === 'bystander' && !isWhole) violations.push('the asker was not answered');
  return { wrong: [...new Set(violations)], steps };
}

const ROUND_ROBIN = [0, 1, 2, 3, 4, 5, 6];

describe.each(PLATFORMS)('a withdrawal, on %s,', (platform) => {
  it(
    'at every point of a turn: no vendor is asked, and no word shown, after the commit',
    async () => {
      for (const direct of [true, false])
        for (const { way, from } of [WAYS[0], WAYS[4], WAYS[8]].flatMap((one) => one ?? [])) {
          const scenario = { ...PLAIN, platform, direct, file: true };
          const plan = { scenario, way, from, hops: undefined, picks: ROUND_ROBIN, plain: true };
          const { steps } = await race({ ...plan, at: Number.POSITIVE_INFINITY });
          expect(steps).toBeGreaterThan(12);
          for (let at = 0; at <= steps; at += 1) {
            const { wrong } = await race({ ...plan, at });
            expect([at, ...wrong]).toEqual([at]);
          }
        }
    },
    LONG_MS,
  );

  it(
    'at every point of a turn, by a store across a network: none of these after it was acknowledged',
    async () => {
      for (const { way, from } of [WAYS[1], WAYS[8]].flatMap((one) => one ?? [])) {
        const scenario = { ...PLAIN, platform, reads: 'late', store: 'across', late: true, deltas: 4 } as const;
        const plan = { scenario, way, from, hops: undefined, picks: ROUND_ROBIN };
        const { steps } = await race({ ...plan, at: Number.POSITIVE_INFINITY });
        for (let at = 0; at <= steps; at += 1) {
          const { wrong } = await race({ ...plan, at });
          expect([at, ...wrong]).toEqual([at]);
        }
      }
    },
    LONG_MS,
  );

  it(
    'in another replica of such a store: none of these after this one was told',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({ direct: fc.boolean(), context: fc.constantFrom('own', 'consented' as const) }),
          fc.constantFrom('slow', 'late' as const),
          fc.constantFrom(...WAYS.filter(({ from }) => from.length === 2)),
          fc.nat(50),
          fc.array(fc.nat(50), { minLength: 8, maxLength: 40 }),
          async (more, reads, { way, from }, at, picks) => {
            const scenario = { ...PLAIN, ...more, platform, reads, store: 'across' } as const;
            const { wrong } = await race({ scenario, way, from, at, hops: undefined, picks, elsewhere: true });
            expect(wrong).toEqual([]);
          },
        ),
        { numRuns: 40 * RUNS, seed: SEED },
      );
    },
    LONG_MS,
  );

  it(
    'within every step, microtask by microtask',
    async () => {
      const scenario = { ...PLAIN, platform, deltas: 3 };
      const plan = { scenario, way: 'off', from: ['one', 'two'], picks: [0], plain: true };
      const { steps } = await race({ ...plan, at: Number.POSITIVE_INFINITY, hops: undefined });
      for (let at = 0; at <= steps; at += 1)
        for (let hops = 0; hops <= MOST_HOPS; hops += 5) {
          const { wrong } = await race({ ...plan, at, hops });
          expect([at, hops, ...wrong]).toEqual([at, hops]);
        }
    },
    LONG_MS,
  );

  it(
    'in every way, in any order of what happens, with a vendor and a chat that fail',
    async () => {
      const attempts = fc.array(fc.constantFrom('answers', 'overloaded', 'no-key', 'breaks-off' as const), {
        maxLength: 3,
      });
      const scenario = fc.record({
        platform: fc.constant(platform),
        direct: fc.boolean(),
        attempts: fc.tuple(attempts, attempts),
        answers: fc.oneof(
          fc.constant([]),
          fc.array(fc.constantFrom('taken', 'refused', 'busy', 'lost', 'lost-but-taken' as const), { maxLength: 8 }),
        ),
        questions: fc.constantFrom(1, 2),
        deltas: fc.integer({ min: 1, max: 8 }),
        file: fc.boolean(),
        context: fc.constantFrom('own', 'consented', 'none' as const),
        reads: fc.constantFrom('at-once', 'slow', 'late' as const),
        tokens: fc.boolean(),
        store: fc.constantFrom('here', 'across' as const),
        late: fc.boolean(),
        ledgerFails: fc.oneof(
          { weight: 5, arbitrary: fc.constant(false) },
          { weight: 1, arbitrary: fc.constant(true) },
        ),
      });
      await fc.assert(
        fc.asyncProperty(
          scenario as fc.Arbitrary<Scenario>,
          fc.constantFrom(...WAYS),
          fc.nat(70),
          fc.option(fc.nat(MOST_HOPS), { nil: undefined }),
          fc.array(fc.nat(50), { minLength: 8, maxLength: 40 }),
          fc.boolean(),
          async (given, { way, from }, at, hops, picks, again) => {
            // Who only withdrew from a vendor that was not asked yet may have it asked where that could not be written
            // down, or where they agreed again.
            const ledgerFails = given.ledgerFails && from.includes('one');
            const agreesAgain = again && !ledgerFails && from.includes('one');
            const { wrong } = await race({
              scenario: { ...given, ledgerFails },
              way,
              from,
              at,
              hops,
              picks,
              agreesAgain,
            });
            expect(wrong).toEqual([]);
          },
        ),
        { numRuns: 200 * RUNS, seed: SEED },
      );
    },
    LONG_MS,
  );

  it(
    'in another process, is noticed before the next word and before the next request',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            direct: fc.boolean(),
            retries: fc.boolean(),
            context: fc.constantFrom('own', 'consented' as const),
          }),
          fc.constantFrom(...WAYS.filter(({ from }) => from.length === 2)),
          fc.nat(50),
          fc.array(fc.nat(50), { minLength: 8, maxLength: 40 }),
          async ({ direct, retries, context }, { way, from }, at, picks) => {
            const attempts = [retries ? (['overloaded', 'no-key'] as const) : [], []] as const;
            const scenario = {
              ...PLAIN,
              platform,
              direct,
              context,
              attempts,
              tokens: false,
              reads: 'at-once',
            } as const;
            const { wrong } = await race({ scenario, way, from, at, hops: undefined, picks, elsewhere: true });
            expect(wrong).toEqual([]);
          },
        ),
        { numRuns: 80 * RUNS, seed: SEED },
      );
    },
    LONG_MS,
  );

  it(
    'of somebody whose words are in the thread, takes them out of what goes to the vendor',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.boolean(),
          fc.boolean(),
          fc.nat(25),
          fc.option(fc.nat(MOST_HOPS), { nil: undefined }),
          fc.array(fc.nat(50), { minLength: 8, maxLength: 40 }),
          async (elsewhere, fails, at, hops, picks) => {
            const attempts = [fails ? (['overloaded'] as const) : [], []] as const;
            const reads = elsewhere ? 'at-once' : 'slow';
            const scenario = { ...PLAIN, platform, attempts, context: 'consented', reads } as const;
            const plan = {
              scenario,
              way: 'off',
              from: ['one', 'two'],
              at,
              picks,
              who: 'bystander',
              elsewhere,
            } as const;
            const { wrong } = await race({ ...plan, hops: elsewhere ? undefined : hops });
            expect(wrong).toEqual([]);
          },
        ),
        { numRuns: 80 * RUNS, seed: SEED },
      );
    },
    LONG_MS,
  );
});

it('ran thousands of interleavings', () => {
  if (process.env.DEJIREN_RACE_RUNS !== undefined) process.stdout.write(`${interleavings} interleavings\n`);
  expect(interleavings).toBeGreaterThan(2_000 * Math.min(RUNS, 1));
});
