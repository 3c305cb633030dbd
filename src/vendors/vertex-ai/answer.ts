import { z } from 'zod';
import type { Usage } from '../connector';
import { type AnswerReader, type Ending, type Said, SILENCE, THOUGHT, together } from '../kit/answer';
import { VendorError, type VendorErrorCategory } from '../kit/vendor-error';
import type { WireEvent } from '../kit/wire-events';
import { createWireReader } from '../kit/wire-reader';
import { chunkErrorOf } from './errors';

/**
 * What each reason means for which an answer ends. One that is not listed is no success: a filter could be new.
 * Source: "FinishReason", docs.cloud.google.com/vertex-ai/docs/reference/rest/v1/GenerateContentResponse, and
 * `FinishReason` of `@google/genai` 2.32.
 */
const ENDINGS: Readonly<Record<string, 'complete' | 'cut' | VendorErrorCategory>> = {
  STOP: 'complete',
  MAX_TOKENS: 'cut',
  CONTINUATION: 'cut',
  SAFETY: 'blocked-output',
  PROHIBITED_CONTENT: 'blocked-output',
  SPII: 'blocked-output',
  RECITATION: 'blocked-output',
  BLOCKLIST: 'blocked-output',
  MODEL_ARMOR: 'blocked-output',
  LANGUAGE: 'blocked-output',
  IMAGE_SAFETY: 'blocked-output',
  IMAGE_PROHIBITED_CONTENT: 'blocked-output',
  IMAGE_RECITATION: 'blocked-output',
  OTHER: 'protocol',
  MALFORMED_FUNCTION_CALL: 'protocol',
  UNEXPECTED_TOOL_CALL: 'protocol',
};

/** What is read of a chunk. What else stands there is not looked at. */
const chunkSchema = z.object({
  candidates: z.array(z.unknown()).nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish().catch(undefined),
  usageMetadata: z.unknown().optional(),
  responseId: z.string().nullish().catch(undefined),
});
const candidateSchema = z.object({
  content: z.object({ parts: z.unknown().optional() }).nullish().catch(undefined),
  finishReason: z.string().nullish().catch(undefined),
});
const partSchema = z.object({ text: z.string().nullish(), thought: z.boolean().nullish().catch(undefined) });
const count = z.number().nullish().catch(undefined);
const usageSchema = z.object({ promptTokenCount: count, candidatesTokenCount: count, thoughtsTokenCount: count });

/** Reads the chunks of `streamGenerateContent`. What the model only thought is not said to people. */
export function createVertexReader(): AnswerReader<WireEvent> {
  let how: Ending['how'] | undefined;
  let usage: Usage | undefined;
  let requestId: string | undefined;

  function readUsage(given: unknown): void {
    if (given === null || given === undefined) return;
    const counted = usageSchema.safeParse(given);
    if (!counted.success) return;
    const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount } = counted.data;
    usage = {
      inputTokens: promptTokenCount ?? 0,
      outputTokens: (candidatesTokenCount ?? 0) + (thoughtsTokenCount ?? 0),
    };
  }

  function readCandidate(given: unknown): Said {
    const candidate = candidateSchema.safeParse(given);
    if (!candidate.success) return { words: '', oddity: 'unknown-choice' };
    const { content, finishReason } = candidate.data;
    const said = howOf(finishReason);
    // What a filter stopped is taken back at once.
    if (said === 'blocked-output') throw new VendorError(said);
    how = said ?? how;
    return partsOf(content?.parts);
  }

  return createWireReader({
    isOwn: (value) => 'candidates' in value || 'usageMetadata' in value || 'promptFeedback' in value,
    errorOf: chunkErrorOf,
    requestId: () => requestId,
    read(value) {
      const chunk = chunkSchema.safeParse(value);
      if (!chunk.success) return { words: '', oddity: 'unknown-chunk' };
      const { candidates, promptFeedback, responseId, usageMetadata } = chunk.data;
      requestId = responseId ?? requestId;
      const blocked = promptFeedback?.blockReason ?? '';
      if (blocked !== '' && !/UNSPECIFIED$/u.test(blocked)) throw new VendorError('blocked-input');
      readUsage(usageMetadata);
      const [first] = candidates ?? [];
      return first === undefined || first === null ? SILENCE : readCandidate(first);
    },
    ending: () => (how === undefined ? undefined : { how, ...(usage !== undefined && { usage }) }),
  });
}

function partsOf(parts: unknown): Said {
  if (parts === null || parts === undefined) return SILENCE;
  return Array.isArray(parts) ? together(parts.map(partOf)) : partOf(parts);
}

function partOf(given: unknown): Said {
  const part = partSchema.safeParse(given);
  if (!part.success) return { words: '', oddity: 'unknown-content' };
  return part.data.thought === true ? THOUGHT : { words: part.data.text ?? '' };
}

function howOf(finishReason: string | null | undefined): Ending['how'] | undefined {
  const reason = (finishReason ?? '').trim().toUpperCase();
  if (reason === '' || reason === 'NULL' || reason === 'FINISH_REASON_UNSPECIFIED') return undefined;
  return (Object.hasOwn(ENDINGS, reason) ? ENDINGS[reason] : undefined) ?? 'unknown-ending';
}
