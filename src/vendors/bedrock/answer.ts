import type { ContentBlockDelta, ConverseStreamOutput, StopReason } from '@aws-sdk/client-bedrock-runtime';
import type { Usage } from '../connector';
import { type AnswerReader, type Ending, type Said, SILENCE, THOUGHT } from '../kit/answer';
import { VendorError } from '../kit/vendor-error';

/**
 * Reads the events of ConverseStream. What reasons and what calls tools is not said to people. The exceptions among
 * the events are thrown by the SDK, and those that it does not know are left out by it.
 */
export function createConverseReader(): AnswerReader<ConverseStreamOutput> {
  let how: Ending['how'] | undefined;
  let usage: Usage | undefined;
  let isLast = false;
  return {
    ending: () => (how === undefined ? undefined : { how, isLast, ...(usage !== undefined && { usage }) }),
    read(event) {
      if (event.contentBlockDelta !== undefined) return saidIn(event.contentBlockDelta.delta);
      if (event.contentBlockStart !== undefined || event.contentBlockStop !== undefined) return SILENCE;
      if (event.messageStart !== undefined) return SILENCE;
      if (event.messageStop !== undefined) {
        how = howOf(event.messageStop.stopReason) ?? how;
        return SILENCE;
      }
      if (event.metadata === undefined) return { words: '', oddity: 'unknown-event' };
      const counted = event.metadata.usage;
      if (counted !== undefined)
        usage = { inputTokens: counted.inputTokens ?? 0, outputTokens: counted.outputTokens ?? 0 };
      isLast = how !== undefined;
      return SILENCE;
    },
  };
}

function saidIn(delta: ContentBlockDelta | undefined): Said {
  if (delta?.reasoningContent !== undefined) return THOUGHT;
  const words: unknown = delta?.text;
  if (typeof words === 'string') return { words };
  return words === undefined || words === null ? SILENCE : { words: '', oddity: 'unknown-content' };
}

/** Source: "MessageStopEvent", docs.aws.amazon.com/bedrock/latest/APIReference. */
function howOf(reason: StopReason | undefined): Ending['how'] | undefined {
  switch (reason as string | null | undefined) {
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
    case 'guardrail_intervened':
    case 'content_filtered':
    case 'refusal':
      throw new VendorError('blocked-output');
    case 'model_context_window_exceeded':
      return 'context-too-long';
    case 'tool_use': // No tool was offered.
    case 'malformed_tool_use':
    case 'malformed_model_output':
      return 'protocol';
    default:
      return 'unknown-ending';
  }
}
