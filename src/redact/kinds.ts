/** What is found in words and must not go to a vendor, beside mentions and the names of people in the thread. */
export const KINDS = [
  'secret',
  'email',
  'card',
  'iban',
  'account',
  'my-number',
  'passport',
  'id-number',
  'phone',
  'address',
  'name',
  'personal',
] as const;
export type Kind = (typeof KINDS)[number];

/** `mask`: what is found is replaced. `block`: a question with a finding is not sent. `off`: nothing is searched for. */
export const REDACTION_MODES = ['off', 'mask', 'block'] as const;
export type RedactionMode = (typeof REDACTION_MODES)[number];

/** How many of each kind; a kind that is not there was not found. */
export type Counts = Readonly<Partial<Record<Kind, number>>>;

export function countKinds(kinds: Iterable<Kind>): Counts {
  const counts: Partial<Record<Kind, number>> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/** In the order of `KINDS`. */
export function kindsIn(counts: Counts): readonly (readonly [Kind, number])[] {
  return KINDS.flatMap((kind) => (counts[kind] === undefined ? [] : [[kind, counts[kind]] as const]));
}

/** People are told of no more kinds than this by name: it is said beside an answer, in half a line. */
export const MOST_KINDS_NAMED = 3;

/** What is found without a dictionary or an analyzer, but for what the settings leave alone. */
export function kindsFound(without: readonly string[]): readonly Kind[] {
  return KINDS.filter((kind) => kind !== 'name' && kind !== 'personal' && !without.includes(kind));
}
