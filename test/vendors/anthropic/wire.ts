import { WIRE_CANARY as CANARY, type Wire } from '../../contracts/vendor-wire.contract';
import { event, failures, odd, silent } from '../kit/sent-events';

/** One of Anthropic's events, by whose type it is named. */
const sent = (type: string, more: object = {}): string => event({ type, ...more }, type);
const delta = (given: unknown): string => sent('content_block_delta', { index: 0, delta: given });
const start = (content_block: unknown): string => sent('content_block_start', { index: 0, content_block });
const stopped = (stop_reason: unknown, usage: unknown = { output_tokens: 2 }): string =>
  sent('message_delta', { delta: { stop_reason, stop_sequence: null }, usage });
const message = (content: unknown, stop_reason: unknown = 'end_turn'): string =>
  JSON.stringify({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    content,
    stop_reason,
    usage: { output_tokens: 2 },
  });
const failed = (type: string, words = ''): string =>
  sent('error', { error: { details: null, type, message: `${words} ${CANARY}` }, request_id: 'req_1' });

export const anthropicWire: Wire = {
  contentType: 'text/event-stream',
  words: (text, isEnd = false) => `${delta({ type: 'text_delta', text })}${isEnd ? stopped('end_turn') : ''}`,
  end: (how) => `${stopped(how === 'cut' ? 'max_tokens' : 'end_turn')}${sent('message_stop')}`,
  silent: [
    ...silent,
    [
      'its opening',
      sent('message_start', { message: { id: 'msg_1', content: [], stop_reason: null, usage: { input_tokens: 9 } } }),
    ],
    ['an opening without a message', sent('message_start')],
    ['a ping', sent('ping')],
    ['the beginning of words', start({ type: 'text', text: '' })],
    ['the beginning of a call of a tool', start({ type: 'tool_use', id: 'toolu_1', name: 'look', input: {} })],
    ['a call of a tool', delta({ type: 'input_json_delta', partial_json: '{}' })],
    ['what a tool of the service found', start({ type: 'web_search_tool_result', content: [] })],
    ['the end of a block', sent('content_block_stop', { index: 0 })],
    ['a signature', delta({ type: 'signature_delta', signature: 'EqQB' })],
    ['a source of the words', delta({ type: 'citations_delta', citation: {} })],
    ['a delta that is null', delta(null)],
    ['an event without a delta', sent('content_block_delta', { index: 0 })],
    ['a block that is null', start(null)],
    ['a count of another kind', stopped(null, 'many')],
    ['no count', stopped(null, null)],
    ['an empty reason', stopped('')],
  ],
  thoughts: [
    ['the beginning of thoughts', start({ type: 'thinking', thinking: '', signature: '' })],
    ['thoughts', delta({ type: 'thinking_delta', thinking: 'Hm.' })],
    ['thoughts that are hidden', start({ type: 'redacted_thinking', data: 'EmwK' })],
  ],
  odd: [
    ...odd,
    ['an event that nobody knows', sent('message_hologram', { light: 'x' })],
    ['a block that nobody knows', start({ type: 'hologram', light: 'x' })],
    ['a block of another kind', start('text')],
    ['a delta that nobody knows', delta({ type: 'hologram_delta', light: 'x' })],
    ['a delta of another kind', delta('x')],
    ['words of another kind', delta({ type: 'text_delta', text: 5 })],
  ],
  reasons: [
    ['its reason alone', stopped('end_turn'), 'complete'],
    ['its reason and its last event', `${stopped('end_turn')}${sent('message_stop')}`, 'complete'],
    ['its last event alone', sent('message_stop'), 'truncated'],
    ['a stop sequence', stopped('stop_sequence'), 'complete'],
    ['a pause', stopped('pause_turn'), 'cut'],
    ['a refusal', stopped('refusal'), 'blocked-output'],
    ['the end of its context', stopped('model_context_window_exceeded'), 'context-too-long'],
    ['a call of a tool that was not offered', stopped('tool_use'), 'protocol'],
    ['a reason that is null', stopped(null), 'truncated'],
    ['a reason that nobody knows', stopped(CANARY), 'unknown-ending'],
    ['a reason of another kind', stopped({ end: 'turn' }), 'unknown-ending'],
    ['a hole', `event: content_block_delta\ndata: {"type":"content_block_delta"\n\n${stopped('end_turn')}`, 'protocol'],
  ],
  whole: [
    [
      'a message',
      'application/json',
      message([
        { type: 'text', text: 'Hel' },
        { type: 'text', text: 'lo!' },
      ]),
    ],
    [
      'a message with thoughts',
      'application/json',
      message([
        { type: 'thinking', thinking: 'Hm.', signature: 'EqQB' },
        { type: 'text', text: 'Hello!' },
      ]),
    ],
    ['a message under the name of events', 'text/event-stream', message([{ type: 'text', text: 'Hello!' }])],
    [
      'words in the beginning of a block',
      'text/event-stream',
      `${start({ type: 'text', text: 'Hello!' })}${stopped('end_turn')}`,
    ],
    [
      'a reason in its opening',
      'text/event-stream',
      sent('message_start', { message: { content: [{ type: 'text', text: 'Hello!' }], stop_reason: 'end_turn' } }),
    ],
    [
      'events without names',
      'text/event-stream',
      `${event({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'Hello!' } })}${event({ type: 'message_delta', delta: { stop_reason: 'end_turn' } })}`,
    ],
    [
      'events without types',
      'text/event-stream',
      `${event({ delta: { type: 'text_delta', text: 'Hello!' } }, 'content_block_delta')}${event({ delta: { stop_reason: 'end_turn' } }, 'message_delta')}`,
    ],
  ],
  failures: [
    ...failures,
    ['an overloaded service', failed('overloaded_error', 'Overloaded'), 'overloaded'],
    ['an error of the service', failed('api_error', 'Internal server error'), 'overloaded'],
    ['a rate limit', failed('rate_limit_error'), 'rate-limited'],
    ['an answer that took too long', failed('timeout_error'), 'timeout'],
    ['a spent balance', failed('invalid_request_error', 'Your credit balance is too low'), 'quota'],
    ['a filter', failed('invalid_request_error', 'Output blocked by content filtering policy'), 'blocked-output'],
    ['an error that nobody knows', failed('hologram_error'), 'overloaded'],
  ],
};
