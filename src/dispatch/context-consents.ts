import type { ConsentGate } from '../consent/consent';
import type { ThreadMessage } from '../model/adapter';
import { keyOfPerson } from '../model/person-key';
import type { Person, Turn } from '../model/turn';

/** Who else agreed to a vendor, of those whose words were read with a question. */
export interface Consents {
  /** Asks about the authors of messages, about each once. */
  ask(messages: readonly ThreadMessage[]): Promise<void>;
  given(author: Person): boolean;
  /** Whether it is the pseudonym, as dejiren's answers carry it, of one of them. */
  answered(asker: string): boolean;
  /** All of them. */
  people(): readonly Person[];
}

export interface ConsentsParts {
  readonly turn: Turn;
  readonly vendor: string;
  readonly gate: Pick<ConsentGate, 'check'>;
}

/** Where nobody is asked, nobody agreed. */
export const NOBODY: Consents = {
  ask: async () => {},
  given: () => false,
  answered: () => false,
  people: () => [],
};

export function createConsents({ turn, vendor, gate }: ConsentsParts): Consents {
  const { person: asking, conversation } = turn;
  const asked = new Set<string>();
  const agreed = new Map<string, Person>();
  const askers = new Set<string>();

  async function check(person: Person): Promise<void> {
    const { decision, pseudonyms } = await gate.check(person, vendor, conversation.id);
    if (decision.kind !== 'allow') return;
    agreed.set(keyOf(person), person);
    if (pseudonyms !== undefined) askers.add(pseudonyms.asker);
  }

  return {
    async ask(messages) {
      const fresh = new Map<string, Person>();
      for (const message of messages) {
        if (message.kind !== 'person' || keyOf(message.author) === keyOf(asking)) continue;
        fresh.set(keyOf(message.author), message.author);
      }
      const people = [...fresh].filter(([key]) => !asked.has(key)).map(([, person]) => person);
      for (const person of people) asked.add(keyOf(person));
      await Promise.all(people.map(check));
    },
    given: (author) => agreed.has(keyOf(author)),
    answered: (asker) => askers.has(asker),
    people: () => [...agreed.values()],
  };
}

/** Somebody met as a member and somebody met as a stranger are two, whatever their id. */
function keyOf(person: Person): string {
  return JSON.stringify([keyOfPerson(person), person.membership]);
}
