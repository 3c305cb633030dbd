import type { Sentences } from '../../src/language/shape';
import type { TeamsRefusal } from './api';

/**
 * How a message of an answer is put before people. `rich`: Markdown, with Teams' label; `plain`: text alone. Where:
 * where it was asked, in reply to the question; there, but not as a reply; in the asker's personal chat.
 */
export interface Way {
  readonly form: 'rich' | 'plain';
  readonly where: 'here' | 'root' | 'personal';
}

/** An answer's way, which gets plainer with each refusal and never richer again: a paid answer is not thrown away. */
export interface Ways {
  readonly way: Way;
  /** Takes the next plainer way. `false`: there is none after this refusal. */
  leave(refusal: Pick<TeamsRefusal, 'status'>): boolean;
  /** Why the answer is shown in this way: a paragraph above it, once. Empty in the usual way. An edit moves nothing. */
  note(of: 'post' | 'edit'): string;
  /** What `note` said is in the chat. */
  noted(of: 'post' | 'edit'): void;
}

/** Teams will not have the bot write there. Source: "Status codes from bot conversational APIs", learn.microsoft.com. */
export const FORBIDDEN = { status: 403 } as const;
const GONE = 404;
const UNAUTHORIZED = 401;

/** Whether Teams refused the place, and not how something was put. */
export function isOfPlace({ status }: Pick<TeamsRefusal, 'status'>): boolean {
  return status === FORBIDDEN.status || status === GONE;
}

/** The next plainer way after a refusal; undefined where there is none. */
export function plainerWay(
  { form, where }: Way,
  refusal: Pick<TeamsRefusal, 'status'>,
  inPersonal: boolean,
): Way | undefined {
  const { status } = refusal;
  if (status === UNAUTHORIZED) return undefined;
  if (!isOfPlace(refusal) && form === 'rich') return { form: 'plain', where };
  // Who blocked the bot in their personal chat has no other.
  if (where === 'personal' || (inPersonal && status === FORBIDDEN.status)) return undefined;
  return { form, where: inPersonal || where === 'root' || status === FORBIDDEN.status ? 'personal' : 'root' };
}

export function createWays(inPersonal: boolean, sentences: Sentences['shown']): Ways {
  const first: Way = { form: 'rich', where: 'here' };
  let way = first;
  let noted = first;
  return {
    get way() {
      return way;
    },
    leave(refusal) {
      const next = plainerWay(way, refusal, inPersonal);
      if (next !== undefined) way = next;
      return next !== undefined;
    },
    note(of) {
      const { form, where } = way;
      const moved = of === 'post' && where !== noted.where && !inPersonal;
      const told = [
        ...(moved ? [where === 'personal' ? sentences.direct : sentences.channel] : []),
        ...(form === noted.form ? [] : [sentences.plain]),
      ];
      return told.length === 0 ? '' : `${told.join(' ')}\n\n`;
    },
    noted(of) {
      noted = of === 'post' ? way : { ...noted, form: way.form };
    },
  };
}
