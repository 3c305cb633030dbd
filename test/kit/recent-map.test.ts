import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
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

  it('keeps nothing longer for being read', () => {
    const map = new RecentMap<string, number>(2);
    map.set('a', 1).set('b', 2);
    expect(map.get('a')).toBe(1);
    map.set('c', 3);
    expect([...map.keys()]).toEqual(['b', 'c']);
  });

  it('is a list of the newest, whatever is put, taken away or emptied, and in whichever order', () => {
    const key = fc.integer({ min: 0, max: 12 });
    const step = fc.oneof(
      { weight: 8, arbitrary: fc.record({ does: fc.constant('set' as const), key }) },
      { weight: 3, arbitrary: fc.record({ does: fc.constant('delete' as const), key }) },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('clear' as const), key }) },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 200 }), (most, steps) => {
        const map = new RecentMap<number, number>(most);
        let list: number[] = [];
        for (const [at, one] of steps.entries()) {
          if (one.does === 'set') map.set(one.key, at);
          else if (one.does === 'delete') map.delete(one.key);
          else map.clear();
          list = one.does === 'clear' ? [] : list.filter((other) => other !== one.key);
          if (one.does === 'set') list = [...list, one.key].slice(-most);
          expect([...map.keys()]).toEqual(list);
        }
      }),
      { seed: 20261128 },
    );
  });

  describe('holds nothing of what went, though the map has grown and shrunk:', () => {
    const MANY = 50;
    const ways: Readonly<Record<string, (map: RecentMap<number, object>) => void>> = {
      'what was deleted': (map) => {
        for (const key of [...map.keys()]) map.delete(key);
      },
      'what was emptied': (map) => map.clear(),
      'what others were put in the place of': (map) => {
        for (const key of [...map.keys()]) map.set(key, {});
      },
      'what had to go for others': (map) => {
        for (let key = MANY; key < 4 * MANY; key += 1) map.set(key, {});
      },
    };

    it.each(Object.keys(ways))('%s', async (way) => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const map = new RecentMap<number, object>(2 * MANY);
      const values = Array.from({ length: MANY }, (_, key) => {
        const value = { key };
        map.set(key, value);
        return new WeakRef(value);
      });
      ways[way]?.(map);
      // A reference that was just made lives until the turn of the event loop is over.
      await turn();
      collect();
      expect(values.filter((value) => value.deref() !== undefined)).toHaveLength(0);
    });
  });
});
