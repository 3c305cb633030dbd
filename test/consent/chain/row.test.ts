import { GENESIS, hashRow, type LedgerRow } from '../../../src/consent/chain/row';

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
