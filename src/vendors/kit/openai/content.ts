import { z } from 'zod';
import { type Said, SILENCE, THOUGHT, together } from '../answer';

/** Source: "Chat completions", developers.openai.com; Mistral's and Anthropic's names for the same. */
const words = z.object({
  type: z.enum(['text', 'output_text', 'refusal']).nullish(),
  text: z.union([z.string(), z.object({ value: z.string() })]).nullish(),
  refusal: z.string().nullish(),
});
const thought = z.object({
  type: z.enum(['thinking', 'reasoning', 'reasoning_content', 'reasoning_text', 'redacted_thinking', 'summary_text']),
});

/** The words of a message's content: a string or, with some servers, a list of parts. Thoughts are not said. */
export function contentOf(content: unknown): Said {
  if (typeof content === 'string') return { words: content };
  if (content === null || content === undefined) return SILENCE;
  return Array.isArray(content) ? together(content.map(partOf)) : partOf(content);
}

function partOf(part: unknown): Said {
  if (typeof part === 'string') return { words: part };
  if (part === null || part === undefined) return SILENCE;
  const read = words.safeParse(part);
  if (read.success) {
    const { text, refusal } = read.data;
    return { words: (typeof text === 'object' ? text?.value : text) ?? refusal ?? '' };
  }
  return thought.safeParse(part).success ? THOUGHT : { words: '', oddity: 'unknown-content' };
}
