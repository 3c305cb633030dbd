import { isWithin, PLACES } from '../../../src/vendors/kit/places';

describe('a place', () => {
  it('is within itself, and nowhere that is narrower', () => {
    for (const place of PLACES) expect(isWithin(place, place)).toBe(true);
    for (const wanted of PLACES.filter((place) => place !== 'global')) expect(isWithin('global', wanted)).toBe(false);
    expect(isWithin('apac', 'jp')).toBe(false);
    expect(isWithin('jp', 'apac')).toBe(true);
    expect(isWithin('this-machine', 'own-servers')).toBe(true);
    expect(isWithin('own-servers', 'this-machine')).toBe(false);
  });
});
