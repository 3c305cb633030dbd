import { field, isRecord } from '../../src/kit/field';

describe('a field of something unknown', () => {
  it.each<[unknown, string | number, unknown]>([
    [{ code: 7 }, 'code', 7],
    [{ code: undefined }, 'code', undefined],
    [{}, 'code', undefined],
    [['a', 'b'], 1, 'b'],
    [Object.assign(new Error('x'), { code: 'E' }), 'code', 'E'],
    [null, 'code', undefined],
    [undefined, 'code', undefined],
    ['words', 'length', undefined],
    [7, 'code', undefined],
  ])('of %j, %s, is %j', (of, key, value) => {
    expect(field(of, key)).toBe(value);
  });

  it('is found in objects that are no arrays, for those that list them', () => {
    expect([{}, { a: 1 }, new Date(), [], null, undefined, 'a', 1].map(isRecord)).toEqual([
      ...[true, true, true],
      ...[false, false, false, false, false],
    ]);
  });
});
