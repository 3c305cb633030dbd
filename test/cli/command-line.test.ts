import fc from 'fast-check';
import { parseCommandLine, USAGE } from '../../src/cli/command-line';

describe('the command line', () => {
  it.each([
    ['', 'serve'],
    ['serve', 'serve'],
    ['doctor', 'doctor'],
    ['ledger verify', 'ledger-verify'],
    ['help', 'help'],
    ['--help', 'help'],
    ['-h', 'help'],
    ['doctor --help', 'help'],
    ['--version', 'version'],
    ['-v', 'version'],
  ])('“dejiren %s” is %s', (words, command) => {
    expect(parseCommandLine(words.split(' ').filter((word) => word !== ''))).toEqual({ do: command });
  });

  it.each([
    'ledger',
    'ledger erase',
    'doctor now',
    'DOCTOR',
    '--port=80',
    '--help=no',
    '-x',
    'notices',
    'doctor --json',
    '--json',
    'notices diff --json',
    'notices check --since=1',
    'notices diff --since',
  ])('“dejiren %s” is no command, and is named', (words) => {
    expect(parseCommandLine(words.split(' '))).toEqual({ do: 'unknown', word: words });
  });

  it.each([
    ['notices check', { do: 'notices-check', json: false }],
    ['notices check --json', { do: 'notices-check', json: true }],
    ['notices diff', { do: 'notices-diff', since: undefined }],
    ['notices diff --since 0123abcd', { do: 'notices-diff', since: '0123abcd' }],
  ])('reads “dejiren %s” with what it is told', (words, command) => {
    expect(parseCommandLine(words.split(' '))).toEqual(command);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(parseCommandLine(words).do).toMatch(/^[a-z-]+$/u);
      }),
      { seed: 20261124 },
    );
  });

  it('explains every command', () => {
    for (const command of ['doctor', 'ledger verify', 'notices check', 'notices diff', '--version', '--help'])
      expect(USAGE).toContain(command);
  });
});
