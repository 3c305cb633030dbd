import { parseArgs } from 'node:util';
import type { Options, Ready } from './command';
import { COMMANDS } from './commands';

/** What the program was started for: a command by its name, or what is none. */
export type CommandLine = ({ readonly do: string } & Ready) | { readonly do: 'unknown'; readonly word: string };

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
} as const satisfies Readonly<Record<keyof Options | 'help' | 'version', object>>;

/** Reads the words after the program's name. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  return read(words) ?? { do: 'unknown', word: words.join(' ') };
}

function read(words: readonly string[]): CommandLine | undefined {
  // The prover reads its words itself.
  if (words[0] === 'prove') return named('prove', {}, words.slice(1));
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: OPTIONS });
    const { help, version, ...options } = values;
    if (help === true) return named('help', {}, []);
    if (version === true) return named('version', {}, []);
    if (positionals.length === 0) return named('serve', options, []);
    for (let length = positionals.length; length > 0; length -= 1) {
      const name = positionals.slice(0, length).join(' ');
      if (Object.hasOwn(COMMANDS, name)) return named(name, options, positionals.slice(length));
    }
    return undefined;
  } catch {
    return undefined;
  }
}

function named(name: string, options: Options, operands: readonly string[]): CommandLine | undefined {
  const command = COMMANDS[name];
  const takes: readonly string[] = command?.takes ?? [];
  if (!Object.keys(options).every((option) => takes.includes(option))) return undefined;
  const ready = command?.ready(options, operands);
  return ready && { do: name, ...ready };
}
