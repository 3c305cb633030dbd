import fc from 'fast-check';
import {
  CHAT_KINDS,
  DOINGS,
  DOORS,
  EARLIER,
  ENDS,
  LANGUAGES,
  LENGTHS,
  OPT_OUTS,
  OUTCOMES,
  RESTARTS,
  VENDORS,
  WAYS,
} from '../../../src/prove/plan/matrix';
import { fullPlan, quickPlan } from '../../../src/prove/plan/plan';
import { canBe } from '../../../src/prove/plan/possible';
import { EVERYTHING, type StandPlan } from '../../../src/prove/plan/stand-plan';

const SURROUNDED = ['plain', 'hostile'] as const;
const casesOf = (plans: readonly StandPlan[]) =>
  plans
    .filter(({ look }) => look === 'system-calls')
    .flatMap(({ cases, surroundings, slack }) => cases.map((one) => ({ ...one, surroundings, slack })));

describe('the plan of a trial', () => {
  const quick = casesOf(quickPlan(EVERYTHING));
  const has = (wanted: object): boolean =>
    quick.some((one) => Object.entries(wanted).every(([name, value]) => Reflect.get(one, name) === value));

  it('has every pair of what can happen with whom, where and how in its quick form', () => {
    for (const scene of OUTCOMES) {
      for (const vendor of VENDORS) expect(has({ scene, vendor })).toBe(true);
      for (const door of DOORS) expect(has({ scene, door })).toBe(canBe({ scene, door }, VENDORS));
      for (const place of CHAT_KINDS) expect(has({ scene, place })).toBe(true);
      for (const language of LANGUAGES) expect(has({ scene, language })).toBe(true);
      for (const length of LENGTHS) expect(has({ scene, length })).toBe(true);
      for (const earlier of EARLIER) expect(has({ scene, earlier })).toBe(true);
      for (const way of WAYS) expect(has({ scene, way })).toBe(true);
      for (const surroundings of SURROUNDED) expect(has({ scene, surroundings })).toBe(true);
    }
    for (const vendor of VENDORS) for (const door of DOORS) expect(has({ vendor, door })).toBe(true);
    for (const door of DOORS)
      for (const place of CHAT_KINDS) expect(has({ door, place })).toBe(canBe({ door, place }, VENDORS));
  });

  it('has every pair of what people can do, and where', () => {
    for (const scene of DOINGS) {
      for (const door of DOORS) expect(has({ scene, door })).toBe(canBe({ scene, door }, VENDORS));
      for (const place of CHAT_KINDS)
        expect(has({ scene, place })).toBe(DOORS.some((door) => canBe({ scene, place, door }, VENDORS)));
      for (const way of WAYS) expect(has({ scene, way })).toBe(true);
    }
    for (const scene of [...RESTARTS, ...OPT_OUTS]) expect(has({ scene })).toBe(true);
  });

  it('ends the program in every way, in the middle of an answer of every vendor', () => {
    const plans = quickPlan(EVERYTHING).filter(({ cutShort }) => cutShort.length > 0);
    expect(new Set(plans.map(({ end }) => end))).toEqual(new Set(ENDS));
    for (const { cutShort } of plans) expect(new Set(cutShort.map(({ vendor }) => vendor))).toEqual(new Set(VENDORS));
    const full = fullPlan(EVERYTHING).filter(({ cutShort }) => cutShort.length > 0);
    for (const surroundings of SURROUNDED)
      for (const end of ENDS)
        expect(full.some((one) => one.surroundings === surroundings && one.end === end)).toBe(true);
  });

  it('has all of what can happen with every vendor, everywhere, in its full form', () => {
    const keys = new Set(
      casesOf(fullPlan(EVERYTHING)).map(({ scene, vendor, door, place, surroundings }) =>
        [scene, vendor, door, place, surroundings].join(),
      ),
    );
    for (const door of DOORS)
      for (const place of CHAT_KINDS)
        for (const surroundings of SURROUNDED)
          for (const scene of OUTCOMES)
            for (const vendor of VENDORS)
              expect(keys.has([scene, vendor, door, place, surroundings].join())).toBe(
                canBe({ scene, door, place }, VENDORS),
              );
  });

  it('tries what is set up, and gives every case a name of its own', () => {
    fc.assert(
      fc.property(
        fc.subarray([...VENDORS], { minLength: 1 }),
        fc.subarray([...DOORS], { minLength: 1 }),
        fc.boolean(),
        (vendors, doors, full) => {
          const plans = (full ? fullPlan : quickPlan)({ ...EVERYTHING, vendors, doors });
          const cases = plans.flatMap((one) => [...one.cases, ...one.cutShort]);
          expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
          expect(new Set(cases.map(({ vendor }) => vendor))).toEqual(new Set(vendors));
          expect(new Set(cases.map(({ door }) => door))).toEqual(new Set(doors));
          for (const { scene, door, place, way } of plans.flatMap((one) => one.cases))
            expect([scene, door, place, way, canBe({ scene, door, place, way }, vendors)]).toContain(true);
          for (const { slack, cases: own, cutShort } of plans)
            for (const { door } of [...own, ...cutShort])
              if (door.startsWith('slack')) expect(door).toBe(`slack-${slack}`);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('seats no more people on the local page at once than it has', () => {
    for (const { cutShort } of fullPlan(EVERYTHING))
      expect(cutShort.filter(({ door }) => door === 'local').length).toBeLessThanOrEqual(3);
  });
});
