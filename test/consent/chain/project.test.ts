import fc from 'fast-check';
import { nextStanding, type Standing, standingsAfter } from '../../../src/consent/chain/project';
import { content, standingOf } from '../../support/chain';

const row = { ...content, event: 'granted' as const };
const materialOf = (notice: string): string => (notice.startsWith('gone') ? '' : `means ${notice.slice(0, 1)}`);

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

  it('is told of use after training, whichever was first', () => {
    const [use, training] = [standingOf(), standingOf({ purpose: 'training' })];
    expect(standingsAfter([use], { ...row, purpose: 'training' }, materialOf).standings).toEqual([training, use]);
    expect(standingsAfter([training], row, materialOf).standings).toEqual([training, use]);
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
    const shown = { ...row, event: 'notice-shown', noticeId: 'gone too', at: 9 } as const;
    expect(standingsAfter([gone], shown, materialOf).next).toEqual(gone);
  });

  it('is by the notice that was shown last where nothing was decided', () => {
    const shown = { ...standingOf({ event: 'notice-shown', noticeId: 'a1' }), materialId: 'm' };
    const next = nextStanding(shown, { ...row, event: 'notice-shown', noticeId: 'b1', at: 9 }, 'other');
    expect(next).toMatchObject({ event: 'notice-shown', noticeId: 'b1', materialId: 'other', at: 9 });
  });

  it('is withdrawn though a notice of the same meaning was shown since', () => {
    const withdrawn = { ...standingOf({ event: 'withdrawn', noticeId: 'a1' }), materialId: 'm' };
    const shown = { ...row, event: 'notice-shown', noticeId: 'a2' } as const;
    expect(nextStanding(withdrawn, shown, 'm')).toBe(withdrawn);
  });
});

describe('the standing after a row', () => {
  const event = fc.constantFrom('granted' as const, 'withdrawn' as const, 'notice-shown' as const);
  const step = fc.record({ event, material: fc.constantFrom('m1', 'm2', ''), noticeId: fc.constantFrom('n1', 'n2') });
  const replay = (steps: readonly { event: Standing['event']; material: string; noticeId: string }[]) =>
    steps.reduce<Standing | undefined>(
      (before, { event, material, noticeId }, at) =>
        nextStanding(before, { event, noticeId, at, validUntil: event === 'granted' ? at + 10 : 0 }, material),
      undefined,
    );

  it('is the last decision, whatever was shown since', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const decided = steps.findLastIndex((one) => one.event !== 'notice-shown');
        const standing = replay(steps);
        if (decided === -1) expect(standing?.event).toBe(steps.length === 0 ? undefined : 'notice-shown');
        else expect(standing).toMatchObject({ event: steps[decided]?.event, at: decided });
      }),
    );
  });

  it('counts for the notice of the decision, or for a later one of the same meaning', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const last = steps.findLast((one) => one.event !== 'notice-shown') ?? steps.at(-1);
        expect(replay(steps)?.materialId).toBe(last?.material);
      }),
    );
  });
});
