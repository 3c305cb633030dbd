import { RecentMap } from '../../src/kit/recent-map';
import type { Person } from '../../src/model/turn';

/**
 * Whose question a message of dejiren's answered, in memory alone: ids, and no word. Graph does not give back what a
 * message of a bot carried beside its text, so that an answer is known to be somebody's only as long as this lasts.
 */
export interface Attributions {
  /** `asker`: the pseudonym under which dejiren answered. */
  note(where: AnswerAddress, person: Person, asker: string, messages: readonly string[]): void;
  askerOf(conversation: string, message: string): string | undefined;
  forget(person: { readonly tenant: string; readonly id: string }): void;
  /** Forgets the answers of a conversation, or of a team. */
  forgetPlace(id: string): void;
}

export interface AnswerAddress {
  readonly conversation: string;
  readonly team: string | undefined;
}

const KEPT = 20_000;

export function createAttributions(): Attributions {
  const known = new RecentMap<string, AnswerAddress & { readonly person: Person; readonly asker: string }>(KEPT);
  const keyOf = (conversation: string, message: string): string => JSON.stringify([conversation, message]);
  const dropWhere = (goes: (one: AnswerAddress & { readonly person: Person }) => boolean): void => {
    for (const [key, one] of known) if (goes(one)) known.delete(key);
  };

  return {
    note(where, person, asker, messages) {
      for (const message of messages) known.set(keyOf(where.conversation, message), { ...where, person, asker });
    },
    askerOf: (conversation, message) => known.get(keyOf(conversation, message))?.asker,
    forget: ({ tenant, id }) => dropWhere(({ person }) => person.tenant === tenant && person.id === id),
    forgetPlace: (place) => dropWhere(({ conversation, team }) => conversation === place || team === place),
  };
}
