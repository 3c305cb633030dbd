import type { Image } from '../../model/image';
import { openText } from '../../model/text';
import type { Prompt, PromptMessage } from '../connector';

/** What one side said without a break. */
export interface PromptTurn {
  readonly role: 'user' | 'assistant';
  readonly messages: readonly PromptMessage[];
}

/**
 * The messages as vendors take them that want the sides to take turns, the person first: what one side said without
 * a break is one turn, and answers before the first question are left out, since nothing tells what they answered.
 */
export function turnsInOrder(messages: readonly PromptMessage[]): readonly PromptTurn[] {
  const turns: { role: PromptTurn['role']; messages: PromptMessage[] }[] = [];
  for (const message of messages) {
    if (message.text.isBlank && (message.images ?? []).length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === message.role) last.messages.push(message);
    else if (last !== undefined || message.role === 'user') turns.push({ role: message.role, messages: [message] });
  }
  return turns;
}

/**
 * The turns as a model takes them: with the instructions in front of the first question where they may not stand apart.
 *
 * @example
 * ```ts
 * const messages = turnsFor(prompt, systemRole).map((turn) => ({ role: turn.role, content: wordsOf(turn) }));
 * ```
 */
export function turnsFor({ instructions, messages }: Prompt, systemRole: boolean): readonly PromptTurn[] {
  return turnsInOrder(systemRole ? messages : [{ role: 'user', text: instructions }, ...messages]);
}

/** All that was said in a turn, with empty lines between; empty where there are pictures alone. */
export function wordsOf({ messages }: PromptTurn): string {
  return messages
    .filter(({ text }) => !text.isBlank)
    .map(({ text }) => openText(text))
    .join('\n\n');
}

export function imagesOf({ messages }: PromptTurn): readonly Image[] {
  return messages.flatMap(({ images = [] }) => images);
}
