import { commandIn } from '../../src/consent/command';
import { openText } from '../../src/model/text';
import type { Utterance } from '../../src/model/turn';

/** What somebody asks of dejiren with a message. */
export type Request =
  | { readonly kind: 'question' | 'new' | 'stop' | 'nothing' }
  /** `words`: what follows `/dejiren-optin`. */
  | { readonly kind: 'command'; readonly words: string };

/**
 * What a platform has no button of its own for, so that it is typed: `new` lets what was said before be no context any
 * more, `stop` ends the answer that is being written.
 */
export type TypedWish = 'new' | 'stop';

const WISHES: Readonly<Record<TypedWish, RegExp>> = {
  new: /^[/／]new$/iu,
  stop: /^(?:[/／]?stop|停止|中止|ストップ|止めて)$/iu,
};

/**
 * Reads what somebody asks for. `wishes` are those that may be typed on the platform.
 *
 * @example
 * requestOf({ text: sealText('/dejiren-optin off'), mentions: [] }); // { kind: 'command', words: 'off' }
 * requestOf({ text: sealText('stop'), mentions: [] }, ['stop']);     // { kind: 'stop' }
 */
export function requestOf({ text }: Pick<Utterance, 'text'>, wishes: readonly TypedWish[] = []): Request {
  const words = openText(text);
  if (words === '') return { kind: 'nothing' };
  const wish = wishes.find((one) => WISHES[one].test(words));
  if (wish !== undefined) return { kind: wish };
  const command = commandIn(words);
  return command === undefined ? { kind: 'question' } : { kind: 'command', words: command };
}
