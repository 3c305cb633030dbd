import { z } from 'zod';
import type { Usage } from '../connector';
import { type AnswerReader, type Ending, type Said, SILENCE, THOUGHT, together } from '../kit/answer';
import { VendorError } from '../kit/vendor-error';
import type { WireEvent } from '../kit/wire-events';
import { createWireReader } from '../kit/wire-reader';
import { ANTHROPIC_READER } from './errors';

/** What is read of an event, or of a whole message in the place of events. What else stands there is not looked at. */
const eventSchema = z.object({
  type: z.string().nullish(),
  /** Of `message_start`. */
  message: z.unknown().optional(),
  /** Of `content_block_start`. */
  content_block: z.unknown().optional(),
  /** Of `content_block_delta` and `message_delta`. */
  delta: z.unknown().optional(),
  usage: z.unknown().optional(),
});
const messageSchema = z.object({
  content: z.array(z.unknown()).nullish().catch(undefined),
  stop_reason: z.unknown().optional(),
  usage: z.unknown().optional(),
});
const blockSchema = z.object({ type: z.string(), text: z.unknown().optional() });
const countSchema = z.number().nullish().catch(undefined);
const usageSchema = z.object({
  input_tokens: countSchema,
  output_tokens: countSchema,
  inference_geo: z.string().nullish().catch(undefined),
});

/** Blocks of what the model does by itself: none of it is said to people. */
const DOINGS = /^(?:(?:server_)?tool_use|.+_tool_result|container_upload|compaction)$/u;

/**
 * Reads the events of the Messages API. Where the question was to be answered in the United States (`geo`), an answer
 * that tells of another place ends as `residency`. Source: "Streaming Messages", platform.claude.com/docs/en/build-with-claude.
 */
export function createMessagesReader(geo: 'us' | 'global' | undefined): AnswerReader<WireEvent> {
  let how: Ending['how'] | undefined;
  let isLast = false;
  let usage: Usage = { inputTokens: 0, outputTokens: 0 };
  let isCounted = false;

  /** The counts are those of the whole answer so far, in whichever event they stand. */
  function readUsage(given: unknown): void {
    const counted = usageSchema.safeParse(given);
    if (!counted.success) return;
    const { input_tokens, output_tokens, inference_geo } = counted.data;
    if (geo === 'us' && typeof inference_geo === 'string' && inference_geo !== geo) throw new VendorError('residency');
    usage = { inputTokens: input_tokens ?? usage.inputTokens, outputTokens: output_tokens ?? usage.outputTokens };
    isCounted ||= typeof output_tokens === 'number';
  }

  function readMessage(given: unknown): Said {
    const message = messageSchema.safeParse(given);
    if (!message.success) return SILENCE;
    readUsage(message.data.usage);
    how = howOf(message.data.stop_reason) ?? how;
    return together((message.data.content ?? []).map(saidInBlock));
  }

  return createWireReader({
    isOwn: (value) => 'type' in value && value.type !== 'error',
    errors: ANTHROPIC_READER,
    read(value, name) {
      const event = eventSchema.safeParse(value);
      const { type, message, content_block, delta, usage: counted } = event.success ? event.data : {};
      switch (type ?? name) {
        case 'message':
          isLast = true;
          return readMessage(value);
        case 'message_start':
          return readMessage(message);
        case 'content_block_start':
          return saidInBlock(content_block);
        case 'content_block_delta':
          return saidInDelta(delta);
        case 'message_delta':
          readUsage(counted);
          how = howOf(stopReasonIn(delta)) ?? how;
          return SILENCE;
        case 'message_stop':
          isLast = true;
          return SILENCE;
        case 'content_block_stop':
        case 'ping':
          return SILENCE;
        default:
          return { words: '', oddity: 'unknown-event' };
      }
    },
    ending: () => (how === undefined ? undefined : { how, ...(isCounted && { usage }), ...(isLast && { isLast }) }),
  });
}

function saidInBlock(given: unknown): Said {
  const block = blockSchema.safeParse(given);
  if (!block.success) return given === null || given === undefined ? SILENCE : { words: '', oddity: 'unknown-content' };
  const { type, text } = block.data;
  if (type === 'text') return typeof text === 'string' ? { words: text } : SILENCE;
  if (type === 'thinking' || type === 'redacted_thinking') return THOUGHT;
  return DOINGS.test(type) ? SILENCE : { words: '', oddity: 'unknown-content' };
}

function saidInDelta(given: unknown): Said {
  const delta = blockSchema.safeParse(given);
  if (!delta.success) return given === null || given === undefined ? SILENCE : { words: '', oddity: 'unknown-content' };
  const { type, text } = delta.data;
  switch (type) {
    case 'text_delta':
      return typeof text === 'string' ? { words: text } : { words: '', oddity: 'unknown-content' };
    case 'thinking_delta':
      return THOUGHT;
    case 'signature_delta':
    case 'input_json_delta':
    case 'citations_delta':
      return SILENCE;
    default:
      return { words: '', oddity: 'unknown-content' };
  }
}

function stopReasonIn(delta: unknown): unknown {
  return typeof delta === 'object' && delta !== null ? Reflect.get(delta, 'stop_reason') : undefined;
}

/** Source: "Stop reasons and fallback", platform.claude.com/docs/en/build-with-claude/handling-stop-reasons. */
function howOf(reason: unknown): Ending['how'] | undefined {
  switch (reason) {
    case undefined:
    case null:
    case '':
      return undefined;
    case 'end_turn':
    case 'stop_sequence':
      return 'complete';
    case 'max_tokens':
    case 'pause_turn':
      return 'cut';
    case 'refusal':
      // What was said until then is taken back at once.
      throw new VendorError('blocked-output');
    case 'model_context_window_exceeded':
      return 'context-too-long';
    case 'tool_use': // No tool was offered.
      return 'protocol';
    default:
      return 'unknown-ending';
  }
}
