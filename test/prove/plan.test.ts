import fc from 'fast-check';
import { DOORS, ENDS, EVERYTHING, fullPlan, OUTCOMES, pairwise, quickPlan, type StandPlan, VENDORS } from './plan';

const casesOf = (plans: readonly StandPlan[]) =>
  plans
    .filter(({ look }) => look === 'system-calls')
    .flatMap(({ cases, surroundings, slack }) => cases.map((one) => ({ ...one, surroundings, slack })));

describe('the plan of a trial', () => {
  it('has every allowed pair of values in its quick form, and each way to end in both environments', () => {
    const plans = quickPlan(EVERYTHING);
    const cases = casesOf(plans);
    const has = (wanted: object): boolean =>
      cases.some((one) => Object.entries(wanted).every(([name, value]) => Reflect.get(one, name) === value));
    for (const outcome of OUTCOMES) {
      for (const vendor of VENDORS) expect(has({ outcome, vendor })).toBe(true);
      for (const door of DOORS) expect(has({ outcome, door })).toBe(true);
      for (const surroundings of ['plain', 'hostile']) expect(has({ outcome, surroundings })).toBe(true);
    }
    for (const vendor of VENDORS) for (const door of DOORS) expect(has({ vendor, door })).toBe(true);
    for (const door of DOORS)
      for (const surroundings of ['plain', 'hostile']) expect(has({ door, surroundings })).toBe(true);
    for (const end of ENDS)
      for (const surroundings of ['plain', 'hostile'])
        expect(
          plans.some((one) => one.end === end && one.surroundings === surroundings && one.cutShort.length > 0),
        ).toBe(true);
    for (const { cutShort } of plans.slice(0, -1))
      expect(new Set(cutShort.map(({ vendor }) => vendor))).toEqual(new Set(VENDORS));
  });

  it('has all of the matrix in its full form', () => {
    const cases = casesOf(fullPlan(EVERYTHING));
    for (const outcome of OUTCOMES)
      for (const vendor of VENDORS)
        for (const door of DOORS)
          for (const surroundings of ['plain', 'hostile'])
            expect(
              cases.some((one) =>
                [
                  one.outcome === outcome,
                  one.vendor === vendor,
                  one.door === door,
                  one.surroundings === surroundings,
                ].every(Boolean),
              ),
            ).toBe(true);
  });

  it('tries what is set up, and gives every case a name of its own', () => {
    fc.assert(
      fc.property(
        fc.subarray([...VENDORS], { minLength: 1 }),
        fc.subarray([...DOORS], { minLength: 1 }),
        fc.boolean(),
        (vendors, doors, full) => {
          const plans = (full ? fullPlan : quickPlan)({ vendors, doors, outcomes: OUTCOMES });
          const cases = plans.flatMap((one) => [...one.cases, ...one.cutShort]);
          expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
          expect(new Set(cases.map(({ vendor }) => vendor))).toEqual(new Set(vendors));
          expect(new Set(cases.map(({ door }) => door))).toEqual(new Set(doors));
          for (const { slack, cases: own, cutShort } of plans)
            for (const { door } of [...own, ...cutShort])
              if (door.startsWith('slack')) expect(door).toBe(`slack-${slack}`);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('seats no more people on the local page at once than it has', () => {
    for (const { cutShort } of fullPlan(EVERYTHING))
      expect(cutShort.filter(({ door }) => door === 'local').length).toBeLessThanOrEqual(3);
  });

  it('makes rows that hold every pair', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const dimensions = lengths.map((length) => Array.from({ length }, (_, value) => value));
        const rows = pairwise(dimensions, () => true);
        dimensions.forEach((left, one) => {
          for (let other = one + 1; other < dimensions.length; other += 1)
            for (const a of left)
              for (const b of dimensions[other] ?? [])
                expect(rows.some((row) => row[one] === a && row[other] === b)).toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });
});
