import fc from 'fast-check';
import { parseCommandLine } from '../../src/cli/command-line';
import { COMMANDS, USAGE } from '../../src/cli/commands';

const read = (words: readonly string[]): object => {
  const { run: _run, ...asked } = { run: undefined, ...parseCommandLine(words) };
  return asked;
};

describe('the command line', () => {
  it.each([
    ['', 'serve'],
    ['serve', 'serve'],
    ['doctor', 'doctor'],
    ['ledger seal', 'ledger seal'],
    ['help', 'help'],
    ['--help', 'help'],
    ['-h', 'help'],
    ['doctor --help', 'help'],
    ['--version', 'version'],
    ['-v', 'version'],
  ])('“dejiren %s” is %s', (words, command) => {
    expect(read(words.split(' ').filter((word) => word !== ''))).toEqual({ do: command, asked: {} });
  });

  it.each([
    'ledger',
    'ledger erase',
    'ledger verify --sign',
    'ledger head --format=csv',
    'ledger export --format=text',
    'ledger report --format=pdf',
    'receipt',
    'receipt verify',
    'receipt verify one two',
    'receipt verify one --head=two',
    'doctor now',
    'ledger-seal',
    'doctor --sign',
    'toString',
    '__proto__',
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
    expect(read(words.split(' '))).toEqual({ do: 'unknown', word: words });
  });

  it.each([
    ['ledger verify', { do: 'ledger verify', head: undefined }],
    ['ledger verify --head -', { do: 'ledger verify', head: '-' }],
    ['ledger head', { do: 'ledger head', sign: false, out: undefined }],
    ['ledger head --sign --out head.jws', { do: 'ledger head', sign: true, out: 'head.jws' }],
    ['ledger export', { do: 'ledger export', format: 'json', out: undefined }],
    ['ledger export --format csv', { do: 'ledger export', format: 'csv', out: undefined }],
    ['ledger report', { do: 'ledger report', format: 'text', out: undefined }],
    ['ledger report --format=json --out=r.json', { do: 'ledger report', format: 'json', out: 'r.json' }],
    ['receipt verify -', { do: 'receipt verify', file: '-', jwks: undefined }],
    ['receipt verify r.jws --jwks keys.json', { do: 'receipt verify', file: 'r.jws', jwks: 'keys.json' }],
    ['notices check', { do: 'notices check', json: false }],
    ['notices check --json', { do: 'notices check', json: true }],
    ['notices diff', { do: 'notices diff', since: undefined }],
    ['notices diff --since 0123abcd', { do: 'notices diff', since: '0123abcd' }],
  ])('reads “dejiren %s” with what it is told', (words, command) => {
    const { do: name, ...asked } = command;
    expect(read(words.split(' '))).toEqual({ do: name, asked });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(parseCommandLine(words).do).toMatch(/^[a-z ]+$/u);
      }),
      { seed: 20261124 },
    );
  });

  it('gives the prover its words as they are', () => {
    expect(read(['prove', '--help', '--seed', '1'])).toEqual({
      do: 'prove',
      asked: { words: ['--help', '--seed', '1'] },
    });
  });

  it('explains every command', () => {
    for (const [typed, does] of Object.values(COMMANDS).map(({ usage }) => usage))
      expect(USAGE.split('\n')).toContain(`${typed.padEnd(22)}   ${does}`);
    expect(USAGE.split('\n').slice(3, 5)).toEqual([
      'dejiren ledger verify    check every row of the ledger against its chain (--head FILE: also against a stored head)',
      'dejiren ledger head      print the head of the chain, to be stored elsewhere (--sign, --out FILE)',
    ]);
  });
});
