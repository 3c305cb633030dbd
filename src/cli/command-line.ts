import { parseArgs } from 'node:util';

/** What an operator runs and reads: the program ends with it. */
export type OperatorCommand =
  | { readonly do: 'doctor' | 'ledger-verify' }
  | { readonly do: 'notices-check'; readonly json: boolean }
  /** `since`: the beginning of a notice's number, or all of it; without it, the notices that people agreed to last. */
  | { readonly do: 'notices-diff'; readonly since: string | undefined };

/** What the program was started for. */
export type CommandLine =
  | OperatorCommand
  | { readonly do: 'serve' | 'help' | 'version' }
  | { readonly do: 'unknown'; readonly word: string };

export const USAGE = `dejiren                  serve: chat platforms and the local page, as the settings say
dejiren doctor           check the settings, the data folder and the ledger
dejiren ledger verify    check every row of the ledger against its chain
dejiren notices check    read the sources of the notices and tell which of them changed (--json)
dejiren notices diff     tell what changed since the notices that people agreed to (--since NUMBER: since that one)
dejiren --version        the version
dejiren --help           this text

Settings come from the environment and .env; .env.example has every one.`;

/** Reads the words after the program's name. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
        json: { type: 'boolean' },
        since: { type: 'string' },
      },
    });
    if (values.help === true) return { do: 'help' };
    if (values.version === true) return { do: 'version' };
    const command = positionals.join(' ');
    const strange =
      (values.json === true && command !== 'notices check') ||
      (values.since !== undefined && command !== 'notices diff');
    if (strange) return { do: 'unknown', word: words.join(' ') };
    switch (command) {
      case '':
      case 'serve':
        return { do: 'serve' };
      case 'doctor':
        return { do: 'doctor' };
      case 'ledger verify':
        return { do: 'ledger-verify' };
      case 'notices check':
        return { do: 'notices-check', json: values.json === true };
      case 'notices diff':
        return { do: 'notices-diff', since: values.since };
      case 'help':
        return { do: 'help' };
      default:
        return { do: 'unknown', word: command };
    }
  } catch {
    return { do: 'unknown', word: words.join(' ') };
  }
}
