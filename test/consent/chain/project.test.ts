import { nextStanding, standingsAfter } from '../../../src/consent/chain/project';
import { content, standingOf } from '../../support/chain';

const row = { ...content, event: 'granted' as const };
const materialOf = (notice: string): string => (notice === 'gone' ? '' : `means ${notice.slice(0, 1)}`);

describe('how somebody stands after a row', () => {
  it('is told in the order of vendors and purposes, and nothing else of it changed', () => {
    const before = [standingOf({ vendor: 'one' }), standingOf({ vendor: 'three' })];
    const { next, standings } = standingsAfter(before, { ...row, vendor: 'two', purpose: 'training' }, materialOf);
    expect(next).toEqual(standingOf({ vendor: 'two', purpose: 'training' }));
    expect(standings).toEqual([before[0], before[1], next]);
    const more = standingsAfter(standings, { ...row, vendor: 'two', purpose: 'use', at: 7 }, materialOf).standings;
    expect(more.map(({ vendor, purpose }) => `${vendor} ${purpose}`)).toEqual([
      'one use',
      'three use',
      'two training',
      'two use',
    ]);
    const first = standingsAfter(more, { ...row, vendor: 'a' }, materialOf).standings;
    expect(first.map(({ vendor }) => vendor)).toEqual(['a', 'one', 'three', 'two', 'two']);
  });

  it('takes the place of how they stood with that vendor for that purpose', () => {
    const before = [standingOf(), standingOf({ purpose: 'training' }), standingOf({ vendor: 'two' })];
    const { standings } = standingsAfter(before, { ...row, event: 'withdrawn', at: 9 }, materialOf);
    expect(standings.map(({ vendor, purpose, event }) => [vendor, purpose, event])).toEqual([
      ['one', 'training', 'granted'],
      ['one', 'use', 'withdrawn'],
      ['two', 'use', 'granted'],
    ]);
  });

  it('is known by a notice that was shown since where that means the same, and stays what it was else', () => {
    const granted = standingOf({ noticeId: 'a1', at: 1 });
    const showing = (noticeId: string) =>
      standingsAfter([granted], { ...row, event: 'notice-shown', noticeId, at: 9, validUntil: 0 }, materialOf).next;
    expect(showing('a2')).toEqual({ ...granted, noticeId: 'a2' });
    expect(showing('b1')).toEqual(granted);
    const gone = standingOf({ noticeId: 'gone', at: 1 });
    const shown = { ...row, event: 'notice-shown', noticeId: 'gone', at: 9 } as const;
    expect(standingsAfter([{ ...gone, noticeId: 'gone' }], shown, materialOf).next).toEqual(gone);
  });

  it('is withdrawn though a notice of the same meaning was shown since', () => {
    const withdrawn = { ...standingOf({ event: 'withdrawn', noticeId: 'a1' }), materialId: 'm' };
    const shown = { ...row, event: 'notice-shown', noticeId: 'a2' } as const;
    expect(nextStanding(withdrawn, shown, 'm')).toBe(withdrawn);
  });
});
