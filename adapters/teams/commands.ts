import { commandIn } from '../../src/consent/command';
import { openText } from '../../src/model/text';
import type { Utterance } from '../../src/model/turn';

const NEW = /^[/／]new$/iu;
/** Teams has a Stop of its own in personal chats alone. */
const STOP = /^(?:[/／]?stop|停止|中止|ストップ|止めて)$/iu;

/** What somebody says to dejiren. */
export type Request =
  | { readonly kind: 'question' | 'new' | 'stop' | 'nothing' }
  /** `words`: what follows `/dejiren-optin`. */
  | { readonly kind: 'consent'; readonly words: string };

export function requestOf({ text }: Utterance): Request {
  const words = openText(text);
  if (words === '') return { kind: 'nothing' };
  if (NEW.test(words)) return { kind: 'new' };
  if (STOP.test(words)) return { kind: 'stop' };
  const command = commandIn(words);
  return command === undefined ? { kind: 'question' } : { kind: 'consent', words: command };
}
