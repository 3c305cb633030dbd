import { WIRE_CANARY as CANARY, type Wire } from '../../../contracts/vendor-wire.contract';
import { event, failures, odd, silent } from '../sent-events';

const response = (more: object): object => ({ id: 'resp_1', object: 'response', error: null, ...more });
const message = (content: object): object => ({ type: 'message', id: 'msg_1', role: 'assistant', content: [content] });
const said = (text: string): object => message({ type: 'output_text', text, annotations: [] });
const typed = (type: string, more: object): string => event({ type, sequence_number: 1, ...more }, type);
const finished = (status: string, more: object = {}): string =>
  typed(`response.${status}`, { response: response({ status, output: [], ...more }) });

export const responsesWire: Wire = {
  contentType: 'text/event-stream',
  words: (delta, isEnd = false) =>
    typed('response.output_text.delta', {
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta,
      obfuscation: 'a',
    }) + (isEnd ? finished('completed') : ''),
  end: (how) =>
    how === 'cut'
      ? finished('incomplete', { incomplete_details: { reason: 'max_output_tokens' } })
      : finished('completed'),
  silent: [
    ...silent,
    ['its opening', typed('response.created', { response: response({ status: 'in_progress' }) })],
    ['its queue', typed('response.queued', { response: response({ status: 'queued' }) })],
    ['what was said, once more', typed('response.output_text.done', { text: 'Hello!' })],
    ['an item', typed('response.output_item.added', { item: message({}) })],
    ['a call of a tool', typed('response.function_call_arguments.delta', { delta: '{}' })],
    ['an event of tomorrow', typed('response.hologram.delta', { delta: 'x' })],
    ['a delta that is null', typed('response.output_text.delta', { delta: null })],
  ],
  thoughts: [
    ['thoughts', typed('response.reasoning_text.delta', { delta: 'Hm.' })],
    ['a summary of thoughts', typed('response.reasoning_summary_text.delta', { delta: 'Hm.' })],
  ],
  odd: [
    ...odd,
    ['an event that nobody knows', typed('keepalive', {})],
    ['an empty object', event({})],
    ['a delta of another kind', typed('response.output_text.delta', { delta: 5 })],
  ],
  reasons: [
    ['[DONE] alone', 'data: [DONE]\n\n', 'complete'],
    ['a limit that nobody knows', finished('incomplete', { incomplete_details: null }), 'cut'],
    ['its filter', finished('incomplete', { incomplete_details: { reason: 'content_filter' } }), 'blocked-output'],
    ['a failure', finished('failed', { error: { code: 'server_error', message: CANARY } }), 'overloaded'],
    ['a failure without a reason', finished('failed', { error: null }), 'overloaded'],
    ['a rate limit', finished('failed', { error: { code: 'rate_limit_exceeded', message: CANARY } }), 'rate-limited'],
    ['its own end', finished('cancelled'), 'truncated'],
    ['a completion that says nothing', typed('response.completed', {}), 'complete'],
  ],
  whole: [
    ['a response', 'application/json', JSON.stringify(response({ status: 'completed', output: [said('Hello!')] }))],
    [
      'a response under the name of events',
      'text/event-stream',
      JSON.stringify(
        response({ status: 'completed', output: [{ type: 'reasoning', summary: [] }, said('Hello!')] }),
        null,
        2,
      ),
    ],
    ['words in the last event alone', 'text/event-stream', finished('completed', { output: [said('Hello!')] })],
    ['a refusal', 'text/event-stream', typed('response.refusal.delta', { delta: 'Hello!' }) + finished('completed')],
    [
      'events that are named outside alone',
      'text/event-stream',
      `event: response.output_text.delta\ndata: {"delta":"Hello!"}\n\nevent: response.completed\ndata: {"response":{"status":"completed"}}\n\n`,
    ],
    [
      'events that end in CRLF',
      'text/event-stream',
      (typed('response.output_text.delta', { delta: 'Hello!' }) + finished('completed')).replaceAll('\n', '\r\n'),
    ],
  ],
  failures: [
    ...failures,
    ['its own error', typed('error', { code: 'rate_limit_exceeded', message: CANARY, param: null }), 'rate-limited'],
    ['its own error without a code', typed('error', { code: null, message: CANARY, param: null }), 'overloaded'],
    [
      'a response that failed',
      `${JSON.stringify(response({ status: 'failed', error: { code: 'server_error', message: CANARY } }))}\n`,
      'overloaded',
    ],
  ],
};
