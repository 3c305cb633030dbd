/** What identifies a person wherever they are met. */
export interface PersonKey {
  readonly platform: string;
  readonly tenant: string;
  readonly id: string;
}

/**
 * One word for a person, to find them by in memory. It holds the platform's id, and is written nowhere.
 *
 * @example
 * const asked = new Set<string>();
 * asked.add(keyOfPerson(turn.person));
 */
export function keyOfPerson({ platform, tenant, id }: PersonKey): string {
  return JSON.stringify([platform, tenant, id]);
}

export function isSamePerson(one: PersonKey, other: PersonKey): boolean {
  return one.id === other.id && one.tenant === other.tenant && one.platform === other.platform;
}
