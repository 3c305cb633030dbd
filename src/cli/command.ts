import type { Settings } from '../settings/settings';

export type Print = (...lines: readonly string[]) => void;

/** What a command may need of the program around it. */
export interface Program {
  readonly print: Print;
  /** The folder with package.json. */
  readonly root: string;
  /** All commands and what they do, for people. */
  readonly usage: string;
  /** Starts the platforms; it goes on when this resolves. */
  readonly serve: (settings: Settings) => Promise<void>;
}

/** The options that the command line knows; each command takes some of them. */
export interface Options {
  readonly json?: boolean;
  readonly sign?: boolean;
  readonly since?: string;
  readonly head?: string;
  readonly out?: string;
  readonly format?: string;
  readonly jwks?: string;
}

/** A command as it is written down; {@link defineCommand} makes the command of it. */
export interface CommandParts<Asked extends object> {
  /** How it is typed, and what it does, for `dejiren --help`. */
  readonly usage: readonly [typed: string, does: string];
  readonly takes: readonly (keyof Options)[];
  /** How many words follow its name; none by default. */
  readonly operands?: number | 'any';
  /** What it is asked for. Undefined where a value does not fit. */
  readonly read: (options: Options, operands: readonly string[]) => Asked | undefined;
  /**
   * Resolves to the exit status; undefined where the program goes on. Rejects with a `DejirenError` where the settings,
   * the store or a file are not well.
   */
  readonly run: (asked: Asked, program: Program) => Promise<number | undefined>;
}

/** What was typed, ready to be run. */
export interface Ready {
  readonly asked: object;
  readonly run: (program: Program) => Promise<number | undefined>;
}

export interface Command extends Pick<CommandParts<object>, 'usage' | 'takes'> {
  /** Undefined where there are too many words, or too few, or a value does not fit. */
  readonly ready: (options: Options, operands: readonly string[]) => Ready | undefined;
}

/**
 * Makes a command. Each stands in a file of its own under `src/cli/commands`, and in the table of
 * `src/cli/commands.ts` by its name.
 *
 * @example
 * export const ledgerVerify = defineCommand({
 *   usage: ['dejiren ledger verify', 'check every row of the ledger against its chain'],
 *   takes: ['head'],
 *   read: ({ head }) => ({ head }),
 *   run: async ({ head }, { print }) => …,
 * });
 */
export function defineCommand<Asked extends object>(parts: CommandParts<Asked>): Command {
  const { usage, takes, operands: count = 0, read, run } = parts;
  return {
    usage,
    takes,
    ready(options, operands) {
      const asked = count === 'any' || operands.length === count ? read(options, operands) : undefined;
      return asked && { asked, run: (program) => run(asked, program) };
    },
  };
}
