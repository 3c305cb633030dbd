import { KINDS, type Kind } from './kinds';

/** What placeholders for mentions begin with. */
export const SIGNS = { person: '@', group: '@', channel: '#' } as const;
export type MentionStem = keyof typeof SIGNS;

export const MENTIONS = Object.keys(SIGNS) as readonly MentionStem[];

/** Stems that tell by themselves that they are placeholders; a `group-1` and a `channel-1` are other things as often. */
export const TELLING = [...KINDS, 'person'] as const satisfies readonly (Kind | MentionStem)[];

/** By their letters alone. */
const STEMS: ReadonlyMap<string, Kind | MentionStem> = new Map(
  [...KINDS, ...MENTIONS].map((stem) => [stem.replaceAll('-', ''), stem]),
);

/** Numbers in placeholders have no more digits than this. */
export const PLACEHOLDER_DIGITS = 6;

/** How people divide a stem: `e-mail` as well. */
export function divided(stem: string): string {
  return stem === 'email' ? 'e-mail' : stem;
}

/** The stem with these small letters, whatever stands between them. */
export function stemOf(written: string): Kind | MentionStem | undefined {
  return STEMS.get(written.replace(/[^a-z]/g, ''));
}

/** The placeholder with a stem and a number as it is given out: `[email-1]`, `@person-1`. */
export function placeholderOf(stem: Kind | MentionStem, number: number): string;
/** Undefined where no placeholder has what is written for a stem. */
export function placeholderOf(stem: string | undefined, number: string | undefined): string | undefined;
export function placeholderOf(written = '', number: string | number = ''): string | undefined {
  const stem = stemOf(written);
  if (stem === undefined) return undefined;
  const mention = MENTIONS.find((one) => one === stem);
  const numbered = `${stem}-${Number(number)}`;
  return mention === undefined ? `[${numbered}]` : SIGNS[mention] + numbered;
}
