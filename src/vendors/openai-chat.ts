import type { ChatCompletionChunk, ChatCompletionMessageParam } from 'openai/resources/chat/completions' with {
  'resolution-mode': 'import',
};
import { openText } from '../text/text';
import type { AnswerReader } from './answer';
import type { Prompt, Usage } from './connector';
import { dataUrlOf } from './openai-client';
import { VendorError } from './vendor-error';

/** The prompt as Chat Completions takes it. */
export function chatMessagesOf({ instructions, messages }: Prompt): ChatCompletionMessageParam[] {
  return [
    { role: 'system', content: openText(instructions) },
    ...messages.map(
      ({ role, text, images = [] }): ChatCompletionMessageParam =>
        role === 'assistant' || images.length === 0
          ? { role, content: openText(text) }
          : {
              role,
              content: [
                ...images.map((image) => ({ type: 'image_url', image_url: { url: dataUrlOf(image) } }) as const),
                ...(text.isBlank ? [] : [{ type: 'text', text: openText(text) } as const]),
              ],
            },
    ),
  ];
}

/** Reads the chunks of Chat Completions. */
export function createChatReader(): AnswerReader<ChatCompletionChunk> {
  let reason: 'complete' | 'cut' | undefined;
  let usage: Usage | undefined;
  return {
    ending: () => (reason === undefined ? undefined : { reason, ...(usage !== undefined && { usage }) }),
    read(chunk) {
      const [choice] = chunk.choices;
      const finished = choice?.finish_reason ?? undefined;
      if (finished === 'content_filter') throw new VendorError('blocked-output');
      if (finished !== undefined) reason = finished === 'length' ? 'cut' : 'complete';
      if (chunk.usage !== null && chunk.usage !== undefined)
        usage = { inputTokens: chunk.usage.prompt_tokens, outputTokens: chunk.usage.completion_tokens };
      return choice?.delta.content ?? undefined;
    },
  };
}
