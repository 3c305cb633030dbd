import type { ConverseStreamOutput, StopReason } from '@aws-sdk/client-bedrock-runtime';
import type { AnswerReader } from './answer';
import type { Usage } from './connector';
import { VendorError } from './vendor-error';

/**
 * Reads the events of ConverseStream. What reasons and what calls tools is not said to people. The exceptions among
 * the events are thrown by the SDK.
 */
export function createConverseReader(): AnswerReader<ConverseStreamOutput> {
  let reason: 'complete' | 'cut' | undefined;
  let usage: Usage | undefined;
  return {
    ending: () => (reason === undefined ? undefined : { reason, ...(usage !== undefined && { usage }) }),
    read(event) {
      if (event.contentBlockDelta !== undefined) return event.contentBlockDelta.delta?.text;
      if (event.messageStop !== undefined) reason = reasonOf(event.messageStop.stopReason);
      const counted = event.metadata?.usage;
      if (counted !== undefined)
        usage = { inputTokens: counted.inputTokens ?? 0, outputTokens: counted.outputTokens ?? 0 };
      return undefined;
    },
  };
}

/** Source: "MessageStopEvent", docs.aws.amazon.com/bedrock/latest/APIReference. */
function reasonOf(reason: StopReason | undefined): 'complete' | 'cut' {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'complete';
    case 'max_tokens':
      return 'cut';
    case 'guardrail_intervened':
    case 'content_filtered':
      throw new VendorError('blocked-output');
    case 'model_context_window_exceeded':
      throw new VendorError('context-too-long');
    case 'tool_use': // No tool was offered.
    case 'malformed_tool_use':
    case 'malformed_model_output':
      throw new VendorError('protocol');
    default:
      throw new VendorError('unknown');
  }
}
