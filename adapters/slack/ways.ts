import type { Sentences } from '../../src/language/shape';
import { isTokenGone } from './failures';

/**
 * How a message of an answer is put before people. `rich`: Markdown in a block, with blocks below it; `plain`: text
 * alone. Where: in the thread; in its channel, outside of the thread; to the asker alone, in the channel; in the asker's
 * direct messages.
 */
export interface Way {
  readonly form: 'rich' | 'plain';
  readonly where: 'thread' | 'channel' | 'asker' | 'direct';
}

/** An answer's way, which gets plainer with each refusal and never richer again: a paid answer is not thrown away. */
export interface Ways {
  readonly way: Way;
  /** Takes the next plainer way. `false`: there is none after this refusal. */
  leave(code: string): boolean;
  /** Why the answer is shown in this way: a paragraph above it, once. Empty in the usual way. An edit moves nothing. */
  note(of: 'post' | 'edit'): string;
  /** What `note` said is in the chat. */
  noted(of: 'post' | 'edit'): void;
}

const FIRST_WAY: Way = { form: 'rich', where: 'thread' };

/** Refusals of a reply in this thread. Source: "chat.postMessage" (errors), docs.slack.dev, as for the next. */
const NO_REPLIES: ReadonlySet<string> = new Set([
  'cannot_reply_to_message',
  'thread_not_found',
  'message_not_found',
  'invalid_thread_ts',
  'thread_locked',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
]);
/** Refusals of the whole place. */
const NOT_HERE: ReadonlySet<string> = new Set([
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
]);
/** Refusals that no other form or place changes. */
const NOWHERE: ReadonlySet<string> = new Set(['missing_scope', 'not_allowed_token_type']);

/** Whether a message may not be written here any more, whatever its form. */
export function isNotHere(code: string): boolean {
  return NOT_HERE.has(code);
}

/** A message of the answer that is not there any more: somebody who may took it away, so that it is not put back. */
export const TAKEN_AWAY = 'is_archived';

/** Whether only the asker sees it. Such a message is posted whole: Slack lets nobody edit it. */
export function isPrivate({ where }: Way): boolean {
  return where === 'asker' || where === 'direct';
}

/** Whether Slack refused the place, and not how something was put. What no list names is taken for the latter. */
export function isOfPlace(code: string): boolean {
  return NO_REPLIES.has(code) || NOT_HERE.has(code);
}

/** Whether neither another form nor another place would help. */
export function isOutOfReach(code: string): boolean {
  return NOWHERE.has(code) || isTokenGone(code);
}

/** Where a refused message may be taken: the channel of its thread, then the asker alone, then their direct messages. */
export function placeAfter(where: Way['where'], code: string, inDirect: boolean): Way['where'] | undefined {
  if (where === 'direct') return undefined;
  if (where === 'thread' && !NOT_HERE.has(code)) return 'channel';
  // Nobody else is in a direct conversation: there is nothing to hide, and one more address of it.
  return where === 'asker' || inDirect ? 'direct' : 'asker';
}

/** The next plainer way after a refusal; undefined where there is none. */
export function plainerWay({ form, where }: Way, code: string, inDirect: boolean): Way | undefined {
  if (isOutOfReach(code)) return undefined;
  if (!isOfPlace(code) && form === 'rich') return { form: 'plain', where };
  const next = placeAfter(where, code, inDirect);
  return next && { form, where: next };
}

export function createWays(inDirect: boolean, sentences: Sentences['shown']): Ways {
  let way = FIRST_WAY;
  let noted = FIRST_WAY;
  return {
    get way() {
      return way;
    },
    leave(code) {
      const next = plainerWay(way, code, inDirect);
      if (next !== undefined) way = next;
      return next !== undefined;
    },
    note(of) {
      const { form, where } = way;
      const told = [
        ...(of === 'edit' || where === noted.where || where === 'thread' ? [] : [sentences[where]]),
        ...(form === noted.form ? [] : [sentences.plain]),
      ];
      return told.length === 0 ? '' : `_${told.join(' ')}_\n\n`;
    },
    noted(of) {
      noted = of === 'post' ? way : { ...noted, form: way.form };
    },
  };
}
