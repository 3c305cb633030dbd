import type { Language, Person, PersonId, TenantId } from '../../src/model/turn';

const TENANT = 'local' as TenantId;

/** Someone whom a visitor of the page can be. */
export interface Resident {
  readonly person: Person;
  readonly name: string;
  readonly language: Language | undefined;
}

function resident(id: string, name: string, language: Language | undefined): Resident {
  return { person: { platform: 'local', tenant: TENANT, id: id as PersonId, membership: 'member' }, name, language };
}

/** The people of the local chat. They are made up, and the same in every run. */
export const RESIDENTS: readonly Resident[] = [
  resident('aiko', 'Aiko', 'ja'),
  resident('ben', 'Ben', 'en'),
  resident('chika', 'Chika', undefined),
];

export function residentOf(id: string): Resident | undefined {
  return RESIDENTS.find(({ person }) => person.id === id);
}
