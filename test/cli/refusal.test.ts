import { FileError } from '../../src/cli/output';
import { refusalLines, tellError } from '../../src/cli/refusal';
import { LedgerError } from '../../src/consent/ledger-error';
import { ListenError } from '../../src/http/server';
import { SetupError } from '../../src/model/setup-error';
import { SettingsError } from '../../src/settings/settings';
import { StoreError } from '../../src/store/store-error';

describe('a start that is refused', () => {
  it('names every setting that is wrong', () => {
    const fault = { name: 'PORT', problem: 'must be a port from 0 to 65535', example: '3000' };
    expect(refusalLines(new SettingsError([fault]))).toEqual([
      'dejiren did not start: a setting is wrong.',
      '  PORT: must be a port from 0 to 65535. Example: 3000',
    ]);
  });

  it.each<[Error, string]>([
    [new StoreError('disk-full', 'Make room.'), 'Make room.'],
    [new SetupError('Set another token.'), 'Set another token.'],
    [new ListenError('in-use'), 'the address is in use by another program. Set HOST or PORT, for example PORT=3001.'],
    [new ListenError('unavailable'), 'the address is not to be had. Set HOST or PORT, for example PORT=3001.'],
  ])('says what to do: %s', (error, advice) => {
    expect(refusalLines(error)).toEqual([`dejiren did not start: ${advice}`]);
  });

  it('tells class and code of any other error, and repeats none of its words', () => {
    expect(refusalLines(new TypeError('CANARY'))).toEqual(['dejiren did not start (TypeError).']);
    const denied = Object.assign(new Error('CANARY'), { code: 'EACCES', name: 'CANARY' });
    expect(refusalLines(denied)).toEqual(['dejiren did not start (other EACCES).']);
    expect(refusalLines(Object.assign(new Error('CANARY'), { code: 'CANARY', advice: 'CANARY' }))).toEqual([
      'dejiren did not start (Error).',
    ]);
    expect(refusalLines('CANARY')).toEqual(['dejiren did not start (string).']);
  });
});

describe('a command that fails', () => {
  it('says what to do, or which command it was', () => {
    expect(refusalLines(new FileError('out.json already exists.'), 'ledger head')).toEqual([
      'dejiren: out.json already exists.',
    ]);
    expect(refusalLines(new StoreError('moved', 'Start again.'), 'ledger verify')).toEqual(['dejiren: Start again.']);
    expect(refusalLines(new LedgerError('broken'), 'ledger verify')).toEqual([
      'dejiren ledger verify failed (LedgerError broken).',
    ]);
  });

  it('tells an error in a few words', () => {
    expect(tellError(new LedgerError('unavailable'))).toBe('LedgerError unavailable');
    expect(tellError(undefined)).toBe('undefined');
  });
});
