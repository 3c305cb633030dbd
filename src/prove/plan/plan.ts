import { caseIdOf } from '../watch/canaries';
import {
  CHAT_KINDS,
  DOINGS,
  DOORS,
  type Door,
  EARLIER,
  ENDS,
  type End,
  LANGUAGES,
  LENGTHS,
  OUTCOMES,
  type ProvenVendor,
  SURROUNDINGS,
  WAYS,
} from './matrix';
import { pairwise } from './pairwise';
import { canBe } from './possible';
import { specialPlans } from './special-plans';
import {
  type Around,
  type Available,
  type Draft,
  fits,
  numbered,
  PLAIN,
  type Row,
  reaches,
  STAND,
  type StandPlan,
  USUAL,
  variantOf,
} from './stand-plan';

const AROUND: readonly Around[] = SURROUNDINGS.flatMap((surroundings) =>
  (['http', 'socket'] as const).map((slack) => ({ surroundings, slack })),
);

const SETTLE_MS = 3_000;
/** The local page has three people: no more can be in the middle of an answer. */
const RESIDENTS = 3;

/**
 * Every pair of values of two dimensions is in some case: of what vendors and platforms do, with the vendors; of what
 * people do about their consent, whatever the vendor.
 */
export function quickPlan(available: Available): readonly StandPlan[] {
  const { vendors, scenes } = available;
  const around = aroundOf(available);
  const doors = DOORS.filter((door) => available.doors.includes(door));
  const variants = [CHAT_KINDS, LANGUAGES, LENGTHS, EARLIER, WAYS] as const;
  const theirs = pairwise(
    [OUTCOMES.filter((one) => scenes.includes(one)), vendors, doors, around, ...variants],
    ([scene, , door, stand, place, , , , way]) => canBe({ scene, door, place, way }, vendors) && fits(door, stand),
  ).map(([scene, vendor, door, stand, place, language, length, earlier, way]) => ({
    row: { scene, vendor, door, place, language, length, earlier, way } as Row,
    stand,
  }));
  const peoples = pairwise(
    [DOINGS.filter((one) => scenes.includes(one)), doors, around, CHAT_KINDS, LANGUAGES, WAYS],
    ([scene, door, stand, place, , way]) => canBe({ scene, door, place, way }, vendors) && fits(door, stand),
  ).map(([scene, door, stand, place, language, way], index) => ({
    row: { scene, door, place, language, way, ...PLAIN, vendor: vendors[index % vendors.length] } as Row,
    stand,
  }));
  const rows = [...theirs, ...peoples];
  const runs = around.map((stand, index) => ({
    ...stand,
    rows: rows.filter((one) => one.stand === stand).map(({ row }) => row),
    end: ENDS[index % ENDS.length] ?? 'SIGTERM',
    cut: withinTheRoom(spread(vendors, reaches(available.doors, stand.slack), index)),
  }));
  return numbered([...runs.map(standOf(available)), ...specialPlans(available)]);
}

/**
 * Everything that can happen, with every vendor in every kind of conversation and environment, and everything that
 * people can do in each of the latter two; every way to end for each environment. The rest takes turns: language,
 * length, order, the way of agreeing, and the vendor of what people do.
 */
export function fullPlan(available: Available): readonly StandPlan[] {
  const { vendors, scenes } = available;
  const runs = aroundOf(available).flatMap((stand) => {
    const spots = reaches(available.doors, stand.slack).flatMap((door) => CHAT_KINDS.map((place) => ({ door, place })));
    const main = spots.flatMap((spot, at) => [
      ...OUTCOMES.flatMap((scene) => vendors.map((vendor) => ({ scene, vendor, ...spot }))),
      ...DOINGS.flatMap((scene, index) => {
        const vendor = vendors[(index + at) % vendors.length];
        return vendor === undefined ? [] : [{ scene, vendor, ...spot }];
      }),
    ]);
    const wanted = main.filter(({ scene }) => scenes.includes(scene));
    const rows = wanted.flatMap((one, index): Row[] => {
      const variant = variantOf(index);
      const way = [variant.way, ...WAYS].find((each) => canBe({ ...one, way: each }, vendors));
      return way === undefined ? [] : [{ ...variant, ...one, way }];
    });
    const cut = withinTheRoom(
      vendors.flatMap((vendor) => reaches(available.doors, stand.slack).map((door) => ({ vendor, door }))),
    );
    return ENDS.map((end, index) => ({ ...stand, rows: index === 0 ? rows : [], end, cut }));
  });
  return numbered([...runs.map(standOf(available)), ...specialPlans(available)]);
}

/** One small run, in which a planted leak has something to leak. */
export function plantPlan(
  look: StandPlan['look'],
  rows: readonly Partial<Row>[] = [],
  more: Partial<Pick<StandPlan, 'restarts' | 'mode' | 'end' | 'surroundings'>> = {},
): StandPlan {
  const usual: readonly Partial<Row>[] = [{ scene: 'echo' }, { scene: 'withdrawal' }, { scene: 'answer' }];
  const every = (rows.length > 0 ? rows : usual).map((row): Row => ({ ...USUAL, ...row }));
  return {
    ...STAND,
    name: 'planted',
    surroundings: 'plain',
    slack: 'http',
    cases: every.map((row, index) => ({ id: caseIdOf(index), ...row })),
    settleMs: 1_000,
    look,
    ...more,
  };
}

type Spot = Pick<Row, 'vendor' | 'door'>;

interface Run extends Around {
  readonly rows: readonly Row[];
  readonly end: End;
  readonly cut: readonly Spot[];
}

const standOf =
  ({ mode }: Available) =>
  ({ cut, ...run }: Run): Draft => ({
    ...STAND,
    ...run,
    mode,
    name: `${run.surroundings}, ${run.slack}, ${run.end}`,
    cut: cut.map((one) => ({
      ...USUAL,
      place: 'direct',
      way: one.door.startsWith('slack') ? 'command' : 'typed',
      ...one,
    })),
    settleMs: SETTLE_MS,
  });

function withinTheRoom(spots: readonly Spot[]): readonly Spot[] {
  const local = spots.filter(({ door }) => door === 'local');
  const kept = new Set([...spots.filter(({ door }) => door !== 'local'), ...local.slice(0, RESIDENTS)]);
  return spots.filter((spot) => kept.has(spot));
}

function aroundOf({ doors }: Available): readonly Around[] {
  return AROUND.filter(({ slack }) => reaches(doors, slack).length > 0);
}

/** Every vendor once, through the doors in turn; every door once at least. */
function spread(vendors: readonly ProvenVendor[], doors: readonly Door[], from: number): readonly Spot[] {
  const length = Math.max(vendors.length, doors.length);
  return Array.from({ length }, (_, index) => ({
    vendor: vendors[index % vendors.length],
    door: doors[(index + from) % doors.length],
  })).filter((one): one is Spot => one.vendor !== undefined && one.door !== undefined);
}
