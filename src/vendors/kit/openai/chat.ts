import type { ChatCompletionCreateParams, ChatCompletionMessageParam } from 'openai/resources/chat/completions' with {
  'resolution-mode': 'import',
};
import { z } from 'zod';
import { field } from '../../../kit/field';
import { openText } from '../../../model/text';
import type { Prompt, Usage } from '../../connector';
import { type AnswerReader, type Ending, type Said, SILENCE, THOUGHT } from '../answer';
import { type Capabilities, LENGTH_LIMIT_TOKENS } from '../capabilities';
import type { ErrorReader } from '../error-table';
import { imagesOf, turnsFor, wordsOf } from '../turns-in-order';
import { VendorError } from '../vendor-error';
import type { WireEvent } from '../wire-events';
import { createWireReader } from '../wire-reader';
import { dataUrlOf } from './client';
import { contentOf } from './content';
import { howOf } from './ending';

/** A question as Chat Completions takes it of a model of these capabilities. */
export function chatRequestOf(model: string, prompt: Prompt, capabilities: Capabilities): ChatCompletionCreateParams {
  const { streaming, streamOptions, lengthLimit } = capabilities;
  return {
    model,
    messages: chatMessagesOf(prompt, capabilities),
    stream: streaming,
    ...(streaming && streamOptions && { stream_options: { include_usage: true } }),
    ...(lengthLimit !== undefined && { [lengthLimit]: LENGTH_LIMIT_TOKENS }),
  };
}

function chatMessagesOf(prompt: Prompt, { systemRole }: Capabilities): ChatCompletionMessageParam[] {
  const { instructions } = prompt;
  return [
    ...(systemRole && !instructions.isBlank ? [{ role: 'system', content: openText(instructions) } as const] : []),
    ...turnsFor(prompt, systemRole).map((turn): ChatCompletionMessageParam => {
      const content = wordsOf(turn);
      const images = imagesOf(turn);
      if (turn.role === 'assistant' || images.length === 0) return { role: turn.role, content };
      return {
        role: 'user',
        content: [
          ...images.map((image) => ({ type: 'image_url', image_url: { url: dataUrlOf(image) } }) as const),
          ...(content === '' ? [] : [{ type: 'text', text: content } as const]),
        ],
      };
    }),
  ];
}

/**
 * What is read of a chunk, or of a whole completion in the place of chunks. What else stands there is not looked at;
 * what is looked at may be missing, `null`, or of another kind, and takes nothing else with it.
 */
const chunkSchema = z.object({ choices: z.array(z.unknown()).nullish(), usage: z.unknown().optional() });
/** Where servers put what the model thinks: DeepSeek, vLLM and SGLang, newer vLLM and OpenRouter, Ollama. */
const THOUGHTS = {
  reasoning_content: z.unknown().optional(),
  reasoning: z.unknown().optional(),
  thinking: z.unknown().optional(),
};
const messageSchema = z.object({ content: z.unknown().optional(), refusal: z.unknown().optional(), ...THOUGHTS });
const choiceSchema = z.object({
  index: z.unknown().optional(),
  delta: messageSchema.nullish(),
  /** Of a whole completion. */
  message: messageSchema.nullish(),
  /** Of the API before Chat Completions, which some servers still speak. */
  text: z.unknown().optional(),
  finish_reason: z.unknown().optional(),
});
const usageSchema = z.object({ prompt_tokens: z.number(), completion_tokens: z.number() });

/** Reads the chunks of Chat Completions, as OpenAI, Azure and the servers that speak alike send them. */
export function createChatReader(errors?: ErrorReader): AnswerReader<WireEvent> {
  let how: Ending['how'] | undefined;
  let usage: Usage | undefined;
  let isLast = false;

  function readUsage(given: unknown): void {
    if (given === null || given === undefined) return;
    const counted = usageSchema.safeParse(given);
    if (counted.success)
      usage = { inputTokens: counted.data.prompt_tokens, outputTokens: counted.data.completion_tokens };
  }

  function readChoice(given: unknown): Said {
    const choice = choiceSchema.safeParse(given);
    if (!choice.success) return { words: '', oddity: 'unknown-choice' };
    const { delta, message, text, finish_reason } = choice.data;
    const said = howOf(finish_reason);
    // What a filter stopped is taken back at once.
    if (said === 'blocked-output') throw new VendorError(said);
    how = said ?? how;
    const whole = delta ?? message;
    if (whole === null || whole === undefined) return typeof text === 'string' ? { words: text } : SILENCE;
    const content = contentOf(whole.content);
    if (content.words !== '') return content;
    if (typeof whole.refusal === 'string' && whole.refusal !== '') return { words: whole.refusal };
    const isThought = [whole.reasoning_content, whole.reasoning, whole.thinking].some(
      (one) => typeof one === 'string' && one !== '',
    );
    return isThought && content.oddity === undefined ? THOUGHT : content;
  }

  return createWireReader({
    ...(errors !== undefined && { errors }),
    isOwn: (value) => 'choices' in value || 'usage' in value,
    read(value) {
      const chunk = chunkSchema.safeParse(value);
      if (!chunk.success) return { words: '', oddity: 'unknown-chunk' };
      const { choices } = chunk.data;
      readUsage(chunk.data.usage);
      const first = choices?.find(isFirst);
      // The usage comes last, without a choice.
      if (how !== undefined && usage !== undefined && choices?.length === 0) isLast = true;
      return first === undefined || first === null ? SILENCE : readChoice(first);
    },
    ending: () =>
      how === undefined ? undefined : { how, ...(usage !== undefined && { usage }), ...(isLast && { isLast }) },
  });
}

/** One answer was asked for: of several, the first is it. */
function isFirst(choice: unknown): boolean {
  const index = field(choice, 'index');
  return typeof index !== 'number' || index === 0;
}
