import type { Sentences } from '../../src/language/shape';
import { type Refusal, Ways } from '../kit/ways';
import type { TeamsRefusal } from './api';

/** Where it was asked, in reply to the question; there, but not as a reply; in the asker's personal chat. */
export type Where = 'here' | 'root' | 'personal';

/** Source: "Status codes from bot conversational APIs", learn.microsoft.com/microsoftteams. */
const REFUSALS: ReadonlyMap<number, Refusal> = new Map<number, Refusal>([
  [401, 'everything'],
  // The bot may not write there: it is not in the conversation, or the person blocked it.
  [403, 'place'],
  [404, 'thread'],
]);

/** What Teams' refusal is about, by its status. */
export function refusalOf({ status }: Pick<TeamsRefusal, 'status'>): Refusal {
  return REFUSALS.get(status) ?? 'form';
}

/** Where a refused message may be taken: out of its thread, then to the asker's personal chat. */
export function placeAfter(where: Where, refusal: Refusal, inPersonal: boolean): Where | undefined {
  const isForbidden = refusal === 'place' || refusal === 'taken-away';
  // Who blocked the bot in their personal chat has no other.
  if (where === 'personal' || (inPersonal && isForbidden)) return undefined;
  return inPersonal || where === 'root' || isForbidden ? 'personal' : 'root';
}

/** The ways of one answer, from its thread down. */
export function createWays(inPersonal: boolean, sentences: Sentences['shown']): Ways<Where> {
  const told = { here: undefined, root: sentences.channel, personal: sentences.direct };
  return new Ways<Where>({
    first: 'here',
    next: (where, refusal) => placeAfter(where, refusal, inPersonal),
    told: (where) => (inPersonal ? undefined : told[where]),
    plain: sentences.plain,
    paragraph: (words) => `${words}\n\n`,
  });
}
