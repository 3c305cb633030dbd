import type { AnswerReader } from './answer';
import type { Usage } from './connector';
import { VendorError } from './vendor-error';
import type { VertexChunk } from './vertex-ai-engine';
import { categoryOfGoogleError } from './vertex-ai-errors';

/** Source: "FinishReason", docs.cloud.google.com/vertex-ai/docs/reference/rest/v1/GenerateContentResponse. */
const FILTERED: ReadonlySet<string> = new Set([
  'SAFETY',
  'PROHIBITED_CONTENT',
  'SPII',
  'RECITATION',
  'BLOCKLIST',
  'MODEL_ARMOR',
]);

/** Reads the chunks of `streamGenerateContent`. What the model only thought is not said to people. */
export function createVertexReader(): AnswerReader<VertexChunk> {
  let reason: 'complete' | 'cut' | undefined;
  let usage: Usage | undefined;
  return {
    ending: () => (reason === undefined ? undefined : { reason, ...(usage !== undefined && { usage }) }),
    read(chunk) {
      const failed = categoryOfGoogleError(chunk);
      if (failed !== undefined) throw new VendorError(failed);
      if (chunk.promptFeedback?.blockReason !== undefined) throw new VendorError('blocked-input');
      const counted = chunk.usageMetadata;
      if (counted !== undefined)
        usage = {
          inputTokens: counted.promptTokenCount ?? 0,
          outputTokens: (counted.candidatesTokenCount ?? 0) + (counted.thoughtsTokenCount ?? 0),
        };
      const [candidate] = chunk.candidates ?? [];
      const finished = candidate?.finishReason;
      if (finished !== undefined && FILTERED.has(finished)) throw new VendorError('blocked-output');
      if (finished === 'MALFORMED_FUNCTION_CALL' || finished === 'OTHER') throw new VendorError('protocol');
      if (finished !== undefined && finished !== 'FINISH_REASON_UNSPECIFIED')
        reason = finished === 'MAX_TOKENS' ? 'cut' : 'complete';
      return candidate?.content?.parts
        ?.filter(({ thought }) => thought !== true)
        .map(({ text }) => text ?? '')
        .join('');
    },
  };
}
