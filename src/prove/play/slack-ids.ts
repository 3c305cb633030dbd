import type { ChatKind } from '../plan/matrix';
import type { Canaries } from '../watch/canaries';

/** Slack's ids are capitals and digits, and tell by their first letter what they are of. */
export function slackId(letter: string, word: string): string {
  return `${letter}${word.toUpperCase()}`;
}

export function slackConversation(canaries: Canaries, caseId: string, place: ChatKind): string {
  if (place === 'direct') return slackId('D', canaries.of('person-id', caseId).word);
  return slackId(place === 'group' ? 'G' : 'C', canaries.of('place-id', caseId).word);
}

/** Where a call puts something, and before whose eyes alone: both must be of the same case. */
export function slackPlaces(
  canaries: Canaries,
  args: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const places = [args.channel, args.channel_id, args.user, args.user_id].filter((one) => typeof one === 'string');
  if (places.length === 0) return undefined;
  const cases = places.map((one) => canaries.namedIn(String(one)).find(({ field }) => field !== 'other-id')?.caseId);
  const [first] = cases;
  return first !== undefined && cases.every((one) => one === first) ? [first] : [];
}
