import type { AnswerReader } from './answer';
import type { Usage } from './connector';
import { VendorError, type VendorErrorCategory } from './vendor-error';
import type { VertexChunk } from './vertex-ai-engine';
import { chunkErrorOf } from './vertex-ai-errors';

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

/** Reads the chunks of `streamGenerateContent`. What the model only thought is not said to people. */
export function createVertexReader(): AnswerReader<VertexChunk> {
  let reason: 'complete' | 'cut' | undefined;
  let usage: Usage | undefined;
  let requestId: string | undefined;
  return {
    ending: () => (reason === undefined ? undefined : { reason, ...(usage !== undefined && { usage }) }),
    requestId: () => requestId,
    read(chunk) {
      requestId = chunk.responseId ?? requestId;
      const failed = chunkErrorOf(chunk);
      if (failed !== undefined) throw failed;
      if (chunk.promptFeedback?.blockReason !== undefined) throw new VendorError('blocked-input');
      const counted = chunk.usageMetadata;
      if (counted !== undefined)
        usage = {
          inputTokens: counted.promptTokenCount ?? 0,
          outputTokens: (counted.candidatesTokenCount ?? 0) + (counted.thoughtsTokenCount ?? 0),
        };
      const [candidate] = chunk.candidates ?? [];
      reason = endingOf(candidate?.finishReason) ?? reason;
      return candidate?.content?.parts
        ?.filter(({ thought }) => thought !== true)
        .map(({ text }) => text ?? '')
        .join('');
    },
  };
}

function endingOf(finished: string | undefined): 'complete' | 'cut' | undefined {
  if (finished === undefined || finished === 'FINISH_REASON_UNSPECIFIED') return undefined;
  const ending = Object.hasOwn(ENDINGS, finished) ? ENDINGS[finished] : undefined;
  if (ending === 'complete' || ending === 'cut') return ending;
  throw new VendorError(ending ?? 'unknown');
}
