import { parseArgs } from 'node:util';
import { PLANTS } from './plants/list';

/** What `dejiren prove` was asked for. */
export type ProveCommand =
  | { readonly do: 'help' }
  | { readonly do: 'unknown'; readonly word: string }
  | { readonly do: 'plants' }
  | {
      readonly do: 'prove';
      readonly form: 'quick' | 'full';
      readonly own: boolean;
      readonly plant: string | undefined;
      readonly json: string | undefined;
      readonly html: string | undefined;
    };

export const USAGE = `dejiren prove             test the promises on the real program: nothing saved, leaked or sent without consent
  --quick                 every value and every pair of the matrix, about a minute (the default)
  --full                  the whole matrix; it tells you first how long that takes
  --own                   with your own settings, except addresses, secrets and the data folder
  --json FILE             write the report as JSON
  --html FILE             write the report as one page
  --plant NAME            plant this leak in the program; it must be found
  --plants                plant every leak in turn; each must be found
  --help                  print this help

Exit status: 0 the promises held (with --plants: every leak was found), 1 a promise was broken, 2 they could not be tested.

Leaks to plant:
${PLANTS.map(({ name, says }) => `  ${name.padEnd(22)}  ${says}`).join('\n')}`;

/** Reads the words after `prove`. */
export function parseProveCommand(words: readonly string[]): ProveCommand {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        help: { type: 'boolean', short: 'h' },
        quick: { type: 'boolean' },
        full: { type: 'boolean' },
        own: { type: 'boolean' },
        plants: { type: 'boolean' },
        plant: { type: 'string' },
        json: { type: 'string' },
        html: { type: 'string' },
      },
    });
    if (values.help === true) return { do: 'help' };
    const { plant, json, html, full = false, own = false } = values;
    if (values.quick === true && full) return { do: 'unknown', word: '--quick and --full' };
    if (plant !== undefined && !PLANTS.some(({ name }) => name === plant))
      return { do: 'unknown', word: `--plant ${plant}` };
    if (values.plants === true) {
      const others = full || own || plant !== undefined || json !== undefined || html !== undefined;
      return others ? { do: 'unknown', word: '--plants with other options' } : { do: 'plants' };
    }
    return { do: 'prove', form: full ? 'full' : 'quick', own, plant, json, html };
  } catch {
    return { do: 'unknown', word: words.join(' ') };
  }
}
