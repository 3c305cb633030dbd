import { RecentMap } from '../kit/recent-map';
import { keyOfPerson } from '../model/person-key';
import type { Turn } from '../model/turn';
import type { ContextReading } from './context';

type Unread = ContextReading['unread'];

/**
 * Whether a person is to be told that their thread could not be read. Where it may not be read, which stays so, they
 * are told once in each thread; what only failed is told each time. In memory alone: ids, and no word.
 */
export type UnreadThreads = (turn: Turn, unread: Unread) => Unread;

const KEPT = 5_000;

export function createUnreadThreads(): UnreadThreads {
  const told = new RecentMap<string, true>(KEPT);
  return ({ person, conversation }, unread) => {
    if (unread !== 'not-permitted') return unread;
    const key = JSON.stringify([keyOfPerson(person), conversation.id, conversation.thread]);
    if (told.has(key)) return undefined;
    told.set(key, true);
    return unread;
  };
}
