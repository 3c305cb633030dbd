import type { StoredStanding } from '../../../src/consent/chain/project';
import { replay, replayFaultOf } from '../../../src/consent/chain/replay';
import type { LedgerRow } from '../../../src/consent/chain/row';
import type { SealedPerson } from '../../../src/consent/chain/seals';
import { aSealedPerson, chainOf, seals, standingOf } from '../../support/chain';

const judged = (rows: readonly LedgerRow[], materialId = 'm') => rows.map((row) => ({ row, materialId }));
const two = { vendor: 'two' };
const training = { purpose: 'training' } as const;
const rows = chainOf([
  { subject: 'ann' },
  { subject: 'ben' },
  { subject: 'ann', ...two },
  { subject: 'ann', ...training },
  { subject: 'ann', event: 'withdrawn', validUntil: 0 },
]);

describe('what follows from rows', () => {
  it('is how each person stands with each vendor for each purpose, and which row about them is the newest', () => {
    const replayed = replay(judged(rows));
    expect([...(replayed?.standings ?? [])].map(([key, { event }]) => [...key.split('\n'), event])).toEqual([
      ['ann', 'one', 'use', 'withdrawn'],
      ['ben', 'one', 'use', 'granted'],
      ['ann', 'two', 'use', 'granted'],
      ['ann', 'one', 'training', 'granted'],
    ]);
    expect([...(replayed?.newest ?? [])]).toEqual([
      ['ann', 5],
      ['ben', 2],
    ]);
  });

  it('is nothing of somebody who was erased, and all of everybody else, names that begin alike included', () => {
    const erased = chainOf([{ subject: 'ann' }, { subject: 'anna' }, { subject: 'ann', event: 'erased', vendor: '' }]);
    const replayed = replay(judged(erased));
    expect([...(replayed?.standings.keys() ?? [])]).toEqual(['anna\none\nuse']);
    expect([...(replayed?.newest ?? [])]).toEqual([
      ['ann', 'erased'],
      ['anna', 2],
    ]);
  });

  it('is nothing that can be where somebody comes back after an erasure', () => {
    expect(replay(judged(chainOf([{}, { event: 'erased' }, {}])))).toBeUndefined();
  });

  it('knows a grant by the notice that was shown after it only where that means the same', () => {
    const shown = chainOf([{ noticeId: 'a' }, { noticeId: 'b', event: 'notice-shown', validUntil: 0 }]);
    expect(replay(judged(shown))?.standings.get('ann\none\nuse')).toMatchObject({ event: 'granted', noticeId: 'b' });
    expect(replay(judged(shown, ''))?.standings.get('ann\none\nuse')).toMatchObject({ noticeId: 'a' });
  });
});

describe('people as they are stored', () => {
  const annStands = [
    standingOf({ event: 'withdrawn', validUntil: 0 }),
    standingOf(training),
    standingOf(two),
  ] satisfies readonly StoredStanding[];
  const ann = aSealedPerson('ann', 5, annStands);
  const ben = aSealedPerson('ben', 2, [standingOf()]);

  function faultOf(people: readonly SealedPerson[], from: readonly LedgerRow[] = rows, unsealed = false) {
    const standings = new Map(people.map(({ subject, standings: all }) => [subject, all]));
    return replayFaultOf({ rows: judged(from), standings, people }, seals, unsealed);
  }

  it('are what follows from their rows', () => {
    expect(faultOf([ann, ben])).toBeUndefined();
    expect(replayFaultOf({ rows: [], standings: new Map(), people: [] }, seals, false)).toBeUndefined();
  });

  it('may stand nowhere: somebody who only chose a vendor has no row', () => {
    expect(faultOf([ann, ben, aSealedPerson('cleo', 0, [])])).toBeUndefined();
  });

  it('may have been erased, and are not stored then', () => {
    expect(faultOf([], chainOf([{}, { event: 'erased' }]))).toBeUndefined();
    expect(faultOf([aSealedPerson('ann', 2, [])], chainOf([{}, { event: 'erased' }]))).toBe('subject-returned');
  });

  const changes: readonly (readonly [string, Partial<StoredStanding>])[] = [
    ['another decision', { event: 'granted' }],
    ['another notice', { noticeId: 'other' }],
    ['another time', { at: 7 }],
    ['another end', { validUntil: 9_000 }],
    ['another vendor', { vendor: 'three' }],
    ['another purpose', { purpose: 'training' }],
  ];
  it.each(changes)('do not stand as their rows say with %s, whoever sealed it', (_what, change) => {
    const [first, ...others] = annStands;
    const changed = aSealedPerson('ann', 5, [{ ...(first ?? standingOf()), ...change }, ...others]);
    expect(faultOf([changed, ben])).toBe('state-differs');
  });

  it('do not stand as their rows say where a standing is missing', () => {
    expect(faultOf([aSealedPerson('ann', 5, annStands.slice(1)), ben])).toBe('state-differs');
  });

  it('are not those of rows that cannot be', () => {
    expect(faultOf([], chainOf([{}, { event: 'erased' }, {}]))).toBe('state-differs');
  });

  it.each<[string, readonly SealedPerson[], string]>([
    ['whose key is another', [{ ...ann, key: Buffer.from('other') }, ben], 'subject-changed'],
    ['with another’s seal', [{ ...ann, seal: Buffer.from('other') }, ben], 'state-differs'],
    ['without a seal', [{ ...ann, seal: undefined }, ben], 'state-differs'],
    ['of an earlier row', [aSealedPerson('ann', 4, annStands), ben], 'state-differs'],
    ['of a row that there is not', [ann, ben, aSealedPerson('cleo', 9, [])], 'state-differs'],
  ])('are not believed with somebody %s', (_who, people, fault) => {
    expect(faultOf(people)).toBe(fault);
  });

  it('are not believed where the first of two does not fit, though the second does', () => {
    expect(faultOf([{ ...ann, seal: undefined }, ben])).toBe('state-differs');
    expect(faultOf([ben, { ...ann, seal: undefined }])).toBe('state-differs');
  });

  it('may be without seals where an earlier version wrote them, and those that are sealed are sealed right', () => {
    const bare = [ann, ben].map((person) => ({ ...person, seal: undefined }));
    expect(faultOf(bare, rows, true)).toBeUndefined();
    expect(faultOf([{ ...ann, seal: Buffer.from('other') }, ...bare.slice(1)], rows, true)).toBe('state-differs');
  });

  it('are missing where a row tells of somebody who is not among them', () => {
    const standings = new Map([ann, ben].map(({ subject, standings: all }) => [subject, all]));
    expect(replayFaultOf({ rows: judged(rows), standings, people: [ann] }, seals, false)).toBe('subject-missing');
  });
});
