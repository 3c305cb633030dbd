import type { PromptMessage } from './connector';

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
