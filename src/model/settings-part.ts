import type { z } from 'zod';

/** One setting of the environment: how it is parsed, and how it is described to whoever got it wrong. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  /** Parses the trimmed value; an empty or missing one is `undefined`, so that a default belongs into the schema. */
  readonly schema: Schema;
  /** Follows the name in the fault's line: `must be the id of a project`. */
  readonly must: string;
  /** How it looks when it is right. Never a real value of anybody's. */
  readonly example: string;
}

/** Settings by the names that they have in the environment. */
export type SettingNames = Readonly<Record<string, Setting>>;

/** What was read of settings, by their names. */
export type ValuesOf<Names extends SettingNames> = {
  readonly [Name in keyof Names]: z.output<Names[Name]['schema']>;
};

/**
 * Notes that a setting is wrong; the start is refused once all faults are gathered. Without an `example` the
 * setting's own is shown. What follows from a setting's first fault is not told as well.
 */
export type Fault<Name extends string = string> = (name: Name, problem: string, example?: string) => void;

/** What a part may look at beside its own settings. */
export interface SettingsAround {
  /** The address that dejiren listens on. */
  readonly host: string;
  /** Whether a chat platform is asked for, by whatever settings; the local page is none. */
  readonly onPlatform: boolean;
  /** A file's text, by a path as the settings give it; undefined where it cannot be read. */
  readFile(path: string): string | undefined;
}

/** The settings that a vendor or a platform brings along: its names in the environment, and what they amount to. */
export interface SettingsPart<Result = unknown> {
  readonly names: SettingNames;
  /** Those of the names whose values are addresses: each must lead to a known host, or one of `DEJIREN_EGRESS_HOSTS`. */
  readonly addresses: readonly string[];
  /**
   * What is set up; undefined where nothing is, or where a fault was noted without which there is nothing to set up.
   * `env` holds the parsed value of every name.
   */
  read(env: Readonly<Record<string, unknown>>, fault: Fault, around: SettingsAround): Result | undefined;
}

/** What a part reads where it is set up. */
export type SettingsOf<Part extends SettingsPart> = NonNullable<ReturnType<Part['read']>>;

/** Describes one setting. */
export function setting<Schema extends z.ZodType>(schema: Schema, must: string, example: string): Setting<Schema> {
  return { schema, must, example };
}

/** A part as it is written down: its names have types, and so have their values and the faults. */
export interface WrittenPart<Names extends SettingNames, Result> {
  readonly names: Names;
  readonly addresses: readonly (keyof Names & string)[];
  /** A part may find fault with `HOST` as well, where nobody else is to reach it. */
  read(env: ValuesOf<Names>, fault: Fault<(keyof Names & string) | 'HOST'>, around: SettingsAround): Result | undefined;
}

/**
 * Makes a part. It is declared beside what it sets up, and listed by the registry of its kind.
 *
 * @example
 * ```ts
 * export const acmeSettings = settingsPart({
 *   names: {
 *     ACME_API_KEY: setting(secret(1).optional(), 'must be a key of Acme', 'acme-…'),
 *     ACME_BASE_URL: setting(url.default('https://api.acme.example'), 'must be an http or https address', 'https://…'),
 *   },
 *   addresses: ['ACME_BASE_URL'],
 *   read: ({ ACME_API_KEY: apiKey, ACME_BASE_URL: baseURL }) => (apiKey === undefined ? undefined : { apiKey, baseURL }),
 * });
 * ```
 */
export function settingsPart<Names extends SettingNames, Result>(
  part: WrittenPart<Names, Result>,
): SettingsPart<Result> {
  const { names, addresses } = part;
  return { names, addresses, read: (env, fault, around) => part.read(env as ValuesOf<Names>, fault, around) };
}
