import { RecentMap } from '../../src/kit/recent-map';

describe('a map of the recent', () => {
  it('lets go of what was put longest ago, and of no more', () => {
    const map = new RecentMap<string, number>(2);
    map.set('a', 1).set('b', 2).set('a', 3).set('c', 4);
    expect([...map]).toEqual([
      ['a', 3],
      ['c', 4],
    ]);
  });
});
