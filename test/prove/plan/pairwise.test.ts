import fc from 'fast-check';
import { pairwise } from '../../../src/prove/plan/pairwise';

describe('rows of values', () => {
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

  it('hold no row that does not fit, and every pair that can be in one', () => {
    const dimensions = [
      ['slack', 'local'],
      ['direct', 'group'],
      ['en', 'ja'],
    ] as const;
    const rows = pairwise(dimensions, ([door, place]) => !(door === 'local' && place === 'group'));
    expect(rows).not.toContainEqual(['local', 'group', expect.anything()]);
    for (const pair of [
      ['slack', 'group'],
      ['local', 'direct'],
      ['local', 'ja'],
      ['group', 'ja'],
    ])
      expect(rows.some((row) => pair.every((value) => row.some((one) => one === value)))).toBe(true);
  });

  it('take turns where nothing is to be gained', () => {
    const dimensions = [Array.from({ length: 12 }, (_, index) => index), ['a', 'b', 'c']] as const;
    const rows = pairwise([...dimensions, ['x', 'y', 'z']], () => true);
    const counts = Object.values(Object.groupBy(rows, ([, , last]) => String(last))).map((those) => those?.length ?? 0);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });
});
