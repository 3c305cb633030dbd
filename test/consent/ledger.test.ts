import fc from 'fast-check';
import { nextStanding, type Standing } from '../../src/consent/chain/project';
import { replay as replayRows } from '../../src/consent/chain/replay';
import { GENESIS, hashRow, type LedgerRow } from '../../src/consent/chain/row';

const row: Omit<LedgerRow, 'hash'> = {
  seq: 1,
  at: 1_780_272_000_000,
  subject: 's',
  platform: 'slack',
  tenant: 'T1',
  event: 'granted',
  vendor: 'one',
  purpose: 'use',
  noticeId: 'n',
  mode: 'opt-in',
  surface: 'command',
  language: 'en',
  actor: 'self',
  validUntil: 1_811_808_000_000,
  previous: GENESIS,
};

describe('the hash of a row', () => {
  it('stays what it is from version to version: the chain rests on it', () => {
    expect(hashRow(row)).toBe('9708bfdb47a37a589b7a759254243c7e53f59268a2eb1913f7d9154402323832');
  });

  it('changes with every field, and with words that move from one into the next', () => {
    for (const [name, value] of Object.entries(row)) {
      const changed = { ...row, [name]: typeof value === 'number' ? value + 1 : `${value}x` };
      expect([name, hashRow(changed) === hashRow(row)]).toEqual([name, false]);
    }
    expect(hashRow({ ...row, subject: 'sx', platform: 'lack' })).not.toBe(
      hashRow({ ...row, subject: 'sxl', platform: 'ack' }),
    );
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

  it('is nobody’s after an erasure', () => {
    const granted = { ...row, hash: '' };
    const erased = { ...granted, event: 'erased', seq: 2, vendor: '' } as const;
    const judged = [granted, erased].map((one) => ({ row: one, materialId: '' }));
    expect(replayRows(judged)).toEqual({ standings: new Map(), newest: new Map([['s', 'erased']]) });
  });
});
