import type { Ending } from '../answer';

/**
 * What a `finish_reason` means, in whatever words a server puts it. Sources: "Chat completions", developers.openai.com;
 * `FinishReason` of vLLM, SGLang and llama.cpp; "Finish reason", openrouter.ai/docs; api-docs.deepseek.com
 * (`insufficient_system_resource`); docs.bigmodel.cn (`sensitive`, `network_error`); and the words of Anthropic's, Google's
 * and Amazon's models, which gateways hand on as they are.
 */
const MEANINGS: Readonly<Partial<Record<Ending['how'], readonly string[]>>> = {
  cut: ['length', 'max_tokens', 'max_output_tokens', 'max_length', 'model_length', 'token_limit', 'pause_turn'],
  'blocked-output': [
    ...['content_filter', 'content_filtered', 'safety', 'sensitive', 'moderation', 'refusal', 'recitation'],
    ...['prohibited_content', 'blocklist', 'spii', 'guardrail_intervened'],
  ],
  'context-too-long': ['model_context_window_exceeded', 'context_length_exceeded'],
  overloaded: ['error', 'insufficient_system_resource', 'server_error'],
  truncated: ['abort', 'aborted', 'cancelled', 'canceled', 'network_error', 'timeout'],
};
const BY_WORD: ReadonlyMap<string, Ending['how']> = new Map(
  Object.entries(MEANINGS).flatMap(([how, words]) => words.map((word) => [word, how as Ending['how']] as const)),
);
/** Written where there is no reason yet. */
const NONE: ReadonlySet<string> = new Set(['', 'null', 'none', 'undefined']);

/** Undefined where it is no reason. One that nobody knows ends the answer as `stop` does. */
export function howOf(reason: unknown): Ending['how'] | undefined {
  if (reason === 'stop') return 'complete';
  if (typeof reason !== 'string') return undefined;
  const word = reason.trim().toLowerCase().replace(/[\s-]/gu, '_');
  return NONE.has(word) ? undefined : (BY_WORD.get(word) ?? 'complete');
}
