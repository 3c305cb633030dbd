import type { Sentences } from '../../src/language/shape';
import { type Refusal, Ways } from '../kit/ways';
import { isTokenGone } from './failures';

/** In the thread; in its channel, outside of the thread; to the asker alone, in the channel; in their direct messages. */
export type Where = 'thread' | 'channel' | 'asker' | 'direct';

/** Refusals of a reply in this thread. Source: "chat.postMessage" (errors), docs.slack.dev, as for the next. */
const NO_REPLIES = [
  'cannot_reply_to_message',
  'thread_not_found',
  'message_not_found',
  'invalid_thread_ts',
  'thread_locked',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
] as const;
/** Refusals of the whole place. */
const NOT_HERE = [
  'is_archived',
  'channel_not_found',
  'not_in_channel',
  'user_not_in_channel',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'ekm_access_denied',
  'no_permission',
  'access_denied',
  'not_allowed',
  'team_access_not_granted',
  'team_not_found',
  'channel_type_not_supported',
  'method_not_supported_for_channel_type',
  'messages_tab_disabled',
  'cannot_dm_bot',
  'message_limit_exceeded',
] as const;
/** Refusals that no other form or place changes. */
const NOWHERE = ['missing_scope', 'not_allowed_token_type'] as const;

const REFUSALS: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ...NO_REPLIES.map((code) => [code, 'thread'] as const),
  ...NOT_HERE.map((code) => [code, 'place'] as const),
  ...NOWHERE.map((code) => [code, 'everything'] as const),
]);

/** What Slack's refusal is about, by its code. */
export function refusalOf(code: string): Refusal {
  return isTokenGone(code) ? 'everything' : (REFUSALS.get(code) ?? 'form');
}

/** Whether only the asker sees it. Such a message is posted whole: Slack lets nobody edit it. */
export function isPrivate(where: Where): boolean {
  return where === 'asker' || where === 'direct';
}

/** Where a refused message may be taken: the channel of its thread, then the asker alone, then their direct messages. */
export function placeAfter(where: Where, refusal: Refusal, inDirect: boolean): Where | undefined {
  if (where === 'direct') return undefined;
  if (where === 'thread' && refusal !== 'place' && refusal !== 'taken-away') return 'channel';
  // Nobody else is in a direct conversation: there is nothing to hide, and one more address of it.
  return where === 'asker' || inDirect ? 'direct' : 'asker';
}

/** The ways of one answer, from its thread down. */
export function createWays(inDirect: boolean, sentences: Sentences['shown']): Ways<Where> {
  return new Ways<Where>({
    first: 'thread',
    next: (where, refusal) => placeAfter(where, refusal, inDirect),
    told: (where) => (where === 'thread' ? undefined : sentences[where]),
    plain: sentences.plain,
    paragraph: (words) => `_${words}_\n\n`,
  });
}
