import { caseIdOf } from './canaries';

export const VENDORS = ['openai', 'azure-openai', 'vertex-ai', 'bedrock', 'openai-compatible'] as const;
export type ProvenVendor = (typeof VENDORS)[number];

export const DOORS = ['slack-http', 'slack-socket', 'teams', 'local'] as const;
/** The way by which people reach dejiren. */
export type Door = (typeof DOORS)[number];

export const OUTCOMES = [
  'answer',
  'refusal',
  'echo',
  'server-error',
  'reset',
  'malformed',
  'stop',
  'timeout',
  'withdrawal',
] as const;
/** How the vendor's side of a turn goes. */
export type Outcome = (typeof OUTCOMES)[number];

export const ENDS = ['SIGTERM', 'SIGKILL'] as const;
export type End = (typeof ENDS)[number];

export const SURROUNDINGS = ['plain', 'hostile'] as const;
/** `hostile`: the environment asks every library, and Node, to print what passes through it. */
export type Surroundings = (typeof SURROUNDINGS)[number];

export interface Case {
  readonly id: string;
  readonly outcome: Outcome;
  readonly vendor: ProvenVendor;
  readonly door: Door;
}

/** One run of the program, and what is done to it. */
export interface StandPlan {
  readonly name: string;
  readonly surroundings: Surroundings;
  readonly slack: 'http' | 'socket';
  readonly cases: readonly Case[];
  /** What ends it, while every one of these is in the middle of an answer. */
  readonly end: End;
  readonly cutShort: readonly Case[];
  /** Milliseconds that nothing is asked before the end: what is done later, after an answer, is waited for. */
  readonly settleMs: number;
  /** `memory`: its memory is looked through in place of its system calls. */
  readonly look: 'system-calls' | 'memory';
}

export interface Available {
  readonly vendors: readonly ProvenVendor[];
  readonly doors: readonly Door[];
  readonly outcomes: readonly Outcome[];
}

export const EVERYTHING: Available = { vendors: VENDORS, doors: DOORS, outcomes: OUTCOMES };

/** What each run is: the environment, and how Slack is connected. */
const STANDS = SURROUNDINGS.flatMap((surroundings) =>
  (['http', 'socket'] as const).map((slack) => ({ surroundings, slack })),
);

/** Every pair of values of two dimensions is in some case; every way to end, in some run. */
export function quickPlan(available: Available): readonly StandPlan[] {
  const stands = STANDS.filter(({ slack }) => reaches(available.doors, slack).length > 0);
  const dimensions = [available.outcomes, available.vendors, available.doors, stands] as const;
  const rows = pairwise(dimensions, ([, , door, stand]) => fits(door, stand.slack));
  return withMemory(
    stands.map((stand, index) => ({
      ...stand,
      rows: rows.filter((row) => row[3] === stand).map(([outcome, vendor, door]) => ({ outcome, vendor, door })),
      end: ENDS[index === 0 || index === 3 ? 0 : 1] ?? 'SIGTERM',
      cut: withinTheRoom(spread(available.vendors, reaches(available.doors, stand.slack))),
    })),
    available,
    (doors) => spread(available.vendors, doors),
  );
}

/** All of it: every outcome with every vendor through every door in both surroundings, and both ends for each. */
export function fullPlan(available: Available): readonly StandPlan[] {
  const stands = STANDS.filter(({ slack }) => reaches(available.doors, slack).length > 0);
  return withMemory(
    stands.flatMap((stand) => {
      const doors = reaches(available.doors, stand.slack);
      const every = available.vendors.flatMap((vendor) => doors.map((door) => ({ vendor, door })));
      const rows = available.outcomes.flatMap((outcome) => every.map((one) => ({ outcome, ...one })));
      const cut = withinTheRoom(every);
      return ENDS.map((end, index) => ({ ...stand, rows: index === 0 ? rows : [], end, cut }));
    }),
    available,
    (doors) => available.vendors.flatMap((vendor) => doors.map((door) => ({ vendor, door }))),
  );
}

/** One small run, in which a planted leak has something to leak. */
export function plantPlan(look: StandPlan['look']): StandPlan {
  const outcomes: readonly Outcome[] = ['echo', 'withdrawal', 'answer'];
  return {
    name: 'planted',
    surroundings: 'plain',
    slack: 'http',
    cases: outcomes.map((outcome, index) => ({ id: caseIdOf(index), outcome, vendor: 'openai', door: 'slack-http' })),
    end: 'SIGTERM',
    cutShort: [],
    settleMs: 1_000,
    look,
  };
}

type Row = Omit<Case, 'id'>;
type Place = Omit<Row, 'outcome'>;

interface Draft {
  readonly surroundings: Surroundings;
  readonly slack: 'http' | 'socket';
  readonly rows: readonly Row[];
  readonly end: End;
  readonly cut: readonly Place[];
}

function withMemory(
  drafts: readonly Draft[],
  available: Available,
  placesOf: (doors: readonly Door[]) => readonly Place[],
): readonly StandPlan[] {
  const slack = available.doors.includes('slack-http') ? 'http' : 'socket';
  // The local page is its own chat platform: what is said there stays in memory, as it is told to do.
  const doors = reaches(available.doors, slack).filter((door) => door !== 'local');
  const places = placesOf(doors);
  const some: readonly Outcome[] = ['answer', 'echo', 'reset', 'malformed', 'withdrawal'];
  const outcomes = some.filter((outcome) => available.outcomes.includes(outcome));
  const rows = places.map((place, index) => ({ ...place, outcome: outcomes[index % outcomes.length] ?? 'answer' }));
  let count = 0;
  const numbered = (row: Row): Case => ({ id: caseIdOf(count++), ...row });
  const stands = drafts.map(
    ({ rows, cut, ...draft }): StandPlan => ({
      name: `${draft.surroundings}, ${draft.slack}, ${draft.end}`,
      surroundings: draft.surroundings,
      slack: draft.slack,
      end: draft.end,
      look: 'system-calls',
      cases: rows.map(numbered),
      cutShort: cut.map((place) => numbered({ ...place, outcome: 'answer' })),
      settleMs: SETTLE_MS,
    }),
  );
  const memory: StandPlan = {
    name: 'memory',
    surroundings: 'plain',
    slack,
    cases: rows.map(numbered),
    cutShort: [],
    settleMs: 0,
    end: 'SIGTERM',
    look: 'memory',
  };
  return doors.length === 0 ? stands : [...stands, memory];
}

/** The local page has three people: no more can be in the middle of an answer. */
const RESIDENTS = 3;

function withinTheRoom(places: readonly Place[]): readonly Place[] {
  const local = places.filter(({ door }) => door === 'local');
  const kept = new Set([...places.filter(({ door }) => door !== 'local'), ...local.slice(0, RESIDENTS)]);
  return places.filter((place) => kept.has(place));
}

const SETTLE_MS = 3_000;

function fits(door: Door, slack: 'http' | 'socket'): boolean {
  return door === `slack-${slack}` || !door.startsWith('slack');
}

function reaches(doors: readonly Door[], slack: 'http' | 'socket'): readonly Door[] {
  const here = doors.filter((door) => fits(door, slack));
  const other = doors.some((door) => door.startsWith('slack')) && !here.some((door) => door.startsWith('slack'));
  // A second run for a way of connecting Slack that is not there would try nothing new.
  if (other || (slack === 'socket' && !doors.some((door) => door.startsWith('slack')))) return [];
  return here;
}

/** Every vendor once, through the doors in turn; every door once at least. */
function spread(vendors: readonly ProvenVendor[], doors: readonly Door[]): readonly Place[] {
  const length = Math.max(vendors.length, doors.length);
  return Array.from({ length }, (_, index) => ({
    vendor: vendors[index % vendors.length],
    door: doors[index % doors.length],
  })).filter((place): place is Place => place.vendor !== undefined && place.door !== undefined);
}

type Values<Dimensions extends readonly (readonly unknown[])[]> = {
  [Index in keyof Dimensions]: Dimensions[Index][number];
};

/**
 * Rows in which every allowed pair of values of two dimensions occurs. Greedy: each row takes the combination that
 * has the most pairs not met yet.
 */
export function pairwise<const Dimensions extends readonly (readonly unknown[])[]>(
  dimensions: Dimensions,
  allowed: (row: Values<Dimensions>) => boolean,
): readonly Values<Dimensions>[] {
  const every = dimensions
    .reduce<readonly (readonly unknown[])[]>(
      (rows, values) => rows.flatMap((row) => values.map((v) => [...row, v])),
      [[]],
    )
    .map((row) => row as Values<Dimensions>)
    .filter(allowed);
  const pairsOf = (row: readonly unknown[]): readonly string[] =>
    row.flatMap((value, left) =>
      row.slice(left + 1).map((other, step) => {
        const right = left + 1 + step;
        return `${left}.${dimensions[left]?.indexOf(value)}-${right}.${dimensions[right]?.indexOf(other)}`;
      }),
    );
  const pairs = every.map(pairsOf);
  const missing = new Set(pairs.flat());
  const chosen: Values<Dimensions>[] = [];
  while (missing.size > 0) {
    let best = 0;
    let most = 0;
    pairs.forEach((those, index) => {
      const fresh = those.filter((pair) => missing.has(pair)).length;
      if (fresh > most) [best, most] = [index, fresh];
    });
    const row = every[best];
    if (row === undefined) break;
    chosen.push(row);
    for (const pair of pairs[best] ?? []) missing.delete(pair);
  }
  return chosen;
}
