import { eventFrame, exceptionFrame, frame } from '../../../src/prove/doubles/bedrock/event-stream';
import { WIRE_CANARY as CANARY, type Wire } from '../../contracts/vendor-wire.contract';

const deltaFrame = (delta: unknown): Uint8Array => eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta });
const stopFrame = (stopReason: unknown): Uint8Array => eventFrame('messageStop', { stopReason });
const converse = (more: object = {}): string =>
  JSON.stringify({
    output: { message: { role: 'assistant', content: [{ text: 'Hel' }, { text: 'lo!' }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    ...more,
  });
const errorFrame = (code: string): Uint8Array =>
  frame({ ':message-type': 'error', ':error-code': code, ':error-message': CANARY }, {});

export const bedrockWire: Wire = {
  contentType: 'application/vnd.amazon.eventstream',
  words: (text, isEnd = false) => Buffer.concat([deltaFrame({ text }), ...(isEnd ? [stopFrame('end_turn')] : [])]),
  end: (how) => stopFrame(how === 'cut' ? 'max_tokens' : 'end_turn'),
  silent: [
    ['its opening', eventFrame('messageStart', { role: 'assistant' })],
    ['the beginning of a block', eventFrame('contentBlockStart', { contentBlockIndex: 0, start: {} })],
    ['the end of a block', eventFrame('contentBlockStop', { contentBlockIndex: 0 })],
    ['a call of a tool', deltaFrame({ toolUse: { input: '{}' } })],
    ['a delta that is null', deltaFrame(null)],
    ['an event without a delta', eventFrame('contentBlockDelta', {})],
    ['an empty delta', deltaFrame({})],
    ['a delta that nobody knows', deltaFrame({ hologram: { light: 'x' } })],
    ['no count', eventFrame('metadata', { usage: null, metrics: { latencyMs: 1 } })],
    ['an empty reason', stopFrame('')],
  ],
  thoughts: [['thoughts', deltaFrame({ reasoningContent: { text: 'Hm.' } })]],
  odd: [['words of another kind', deltaFrame({ text: 5 })]],
  reasons: [
    [
      'its count after it',
      Buffer.concat([stopFrame('end_turn'), eventFrame('metadata', { usage: { inputTokens: 1, outputTokens: 2 } })]),
      'complete',
    ],
    ['a stop sequence', stopFrame('stop_sequence'), 'complete'],
    ['a pause', stopFrame('pause_turn'), 'cut'],
    ['a refusal', stopFrame('refusal'), 'blocked-output'],
    ['a guardrail', stopFrame('guardrail_intervened'), 'blocked-output'],
    ['a reason that is null', stopFrame(null), 'truncated'],
    ['a reason that nobody knows', stopFrame(CANARY), 'unknown-ending'],
  ],
  whole: [
    ['an answer', 'application/json', converse()],
    ['an answer under another name', 'text/plain', converse()],
  ],
  failures: [
    ['an exception', exceptionFrame('throttlingException', CANARY), 'rate-limited'],
    ['an exception of its model', exceptionFrame('modelStreamErrorException', CANARY), 'overloaded'],
    ['an exception that nobody knows', exceptionFrame('hologramException', CANARY), 'protocol'],
    ['an error', errorFrame('ThrottlingException'), 'rate-limited'],
    ['an error of the service', errorFrame('InternalError'), 'overloaded'],
  ],
};
