import { parseArgs } from 'node:util';

/** What the program was started for. */
export type CommandLine =
  | { readonly do: 'serve' | 'doctor' | 'ledger-verify' | 'help' | 'version' }
  | { readonly do: 'unknown'; readonly word: string };

export const USAGE = `dejiren                  serve: chat platforms and the local page, as the settings say
dejiren doctor           check the settings, the data folder and the ledger
dejiren ledger verify    check every row of the ledger against its chain
dejiren --version        the version
dejiren --help           this text

Settings come from the environment and .env; .env.example has every one.`;

/** Reads the words after the program's name. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } },
    });
    if (values.help === true) return { do: 'help' };
    if (values.version === true) return { do: 'version' };
    switch (positionals.join(' ')) {
      case '':
      case 'serve':
        return { do: 'serve' };
      case 'doctor':
        return { do: 'doctor' };
      case 'ledger verify':
        return { do: 'ledger-verify' };
      case 'help':
        return { do: 'help' };
      default:
        return { do: 'unknown', word: positionals.join(' ') };
    }
  } catch {
    return { do: 'unknown', word: words.join(' ') };
  }
}
