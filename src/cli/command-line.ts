import { parseArgs } from 'node:util';

const TABLE_FORMATS = ['csv', 'json'] as const;
const REPORT_FORMATS = ['text', ...TABLE_FORMATS] as const;

/** What an operator runs and reads: the program ends with it. `out`: a file to be made; without it, standard output. */
export type OperatorCommand =
  | { readonly do: 'doctor' }
  | { readonly do: 'ledger-seal' }
  /** `head`: the file of a head that was stored, `-` for standard input. */
  | { readonly do: 'ledger-verify'; readonly head: string | undefined }
  | { readonly do: 'ledger-head'; readonly sign: boolean; readonly out: string | undefined }
  | {
      readonly do: 'ledger-export';
      readonly format: (typeof TABLE_FORMATS)[number];
      readonly out: string | undefined;
    }
  | {
      readonly do: 'ledger-report';
      readonly format: (typeof REPORT_FORMATS)[number];
      readonly out: string | undefined;
    }
  /** `jwks`: the file with the public keys; without it, this installation's own. */
  | { readonly do: 'receipt-verify'; readonly file: string; readonly jwks: string | undefined }
  | { readonly do: 'notices-check'; readonly json: boolean }
  /** `since`: the beginning of a notice's number, or all of it; without it, the notices that people agreed to last. */
  | { readonly do: 'notices-diff'; readonly since: string | undefined };

/** What the program was started for. */
export type CommandLine =
  | OperatorCommand
  | { readonly do: 'serve' | 'help' | 'version' }
  /** The prover reads the words after it itself. */
  | { readonly do: 'prove'; readonly words: readonly string[] }
  | { readonly do: 'unknown'; readonly word: string };

export const USAGE = `dejiren                  serve: chat platforms and the local page, as the settings say
dejiren doctor           check the settings, the data folder and the ledger
dejiren prove            try the promises on this program: nothing saved, leaked, or sent without consent (--help)
dejiren ledger verify    check every row of the ledger against its chain (--head FILE: and against a head stored before)
dejiren ledger head      print where the chain stands, to be stored elsewhere (--sign, --out FILE)
dejiren ledger seal      take over a ledger of an earlier version, whose head has no seal yet
dejiren ledger report    count what was decided, by month, vendor, purpose and mode (--format text|csv|json, --out FILE)
dejiren ledger export    print every row, for an auditor (--format csv|json, --out FILE)
dejiren receipt verify FILE   check a receipt or an export that a person has (- reads it; --jwks FILE: with these keys)
dejiren notices check    read the sources of the notices and tell which of them changed (--json)
dejiren notices diff     tell what changed since the notices that people agreed to (--since NUMBER: since that one)
dejiren --version        the version
dejiren --help           this text

Settings come from the environment and .env; .env.example has every one.`;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  json: { type: 'boolean' },
  since: { type: 'string' },
  head: { type: 'string' },
  sign: { type: 'boolean' },
  out: { type: 'string' },
  format: { type: 'string' },
  jwks: { type: 'string' },
} as const;

type Values = Partial<Record<'json' | 'sign', boolean> & Record<'since' | 'head' | 'out' | 'format' | 'jwks', string>>;

/** The commands by their words, with the options that each takes. Undefined where a value does not fit. */
const COMMANDS: Readonly<
  Record<
    string,
    { readonly takes: readonly (keyof Values)[]; readonly read: (values: Values) => CommandLine | undefined }
  >
> = {
  '': { takes: [], read: () => ({ do: 'serve' }) },
  serve: { takes: [], read: () => ({ do: 'serve' }) },
  help: { takes: [], read: () => ({ do: 'help' }) },
  doctor: { takes: [], read: () => ({ do: 'doctor' }) },
  'ledger verify': { takes: ['head'], read: ({ head }) => ({ do: 'ledger-verify', head }) },
  'ledger seal': { takes: [], read: () => ({ do: 'ledger-seal' }) },
  'ledger head': { takes: ['sign', 'out'], read: ({ sign = false, out }) => ({ do: 'ledger-head', sign, out }) },
  'ledger export': {
    takes: ['format', 'out'],
    read({ format = 'json', out }) {
      const known = TABLE_FORMATS.find((one) => one === format);
      return known && { do: 'ledger-export', format: known, out };
    },
  },
  'ledger report': {
    takes: ['format', 'out'],
    read({ format = 'text', out }) {
      const known = REPORT_FORMATS.find((one) => one === format);
      return known && { do: 'ledger-report', format: known, out };
    },
  },
  'notices check': { takes: ['json'], read: ({ json = false }) => ({ do: 'notices-check', json }) },
  'notices diff': { takes: ['since'], read: ({ since }) => ({ do: 'notices-diff', since }) },
};

/** Reads the words after the program's name. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const unknown = { do: 'unknown', word: words.join(' ') } as const;
  if (words[0] === 'prove') return { do: 'prove', words: words.slice(1) };
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: OPTIONS });
    const { help, version, ...given } = values;
    if (help === true) return { do: 'help' };
    if (version === true) return { do: 'version' };
    const takes = (options: readonly string[]): boolean => Object.keys(given).every((name) => options.includes(name));
    const [room, verb, file, ...more] = positionals;
    if (room === 'receipt' && verb === 'verify')
      return file !== undefined && more.length === 0 && takes(['jwks'])
        ? { do: 'receipt-verify', file, jwks: given.jwks }
        : unknown;
    const name = positionals.join(' ');
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    return command !== undefined && takes(command.takes) ? (command.read(given) ?? unknown) : unknown;
  } catch {
    return unknown;
  }
}
