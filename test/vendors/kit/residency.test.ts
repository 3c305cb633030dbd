import { ALL_RESIDENCIES, isWithin } from '../../../src/vendors/kit/residency';

describe('a place', () => {
  it('is within itself, and nowhere that is narrower', () => {
    for (const place of ALL_RESIDENCIES) expect(isWithin(place, place)).toBe(true);
    for (const wanted of ALL_RESIDENCIES.filter((place) => place !== 'global'))
      expect(isWithin('global', wanted)).toBe(false);
    expect(isWithin('apac', 'jp')).toBe(false);
    expect(isWithin('jp', 'apac')).toBe(true);
    expect(isWithin('this-machine', 'own-servers')).toBe(true);
    expect(isWithin('own-servers', 'this-machine')).toBe(false);
  });
});
