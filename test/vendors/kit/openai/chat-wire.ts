import { WIRE_CANARY as CANARY, type Wire } from '../../../contracts/vendor-wire.contract';
import { event, failures, odd, silent } from '../sent-events';

const choice = (delta: object | undefined, finish_reason: unknown = null, more: object = {}): object => ({
  index: 0,
  ...(delta !== undefined && { delta }),
  finish_reason,
  ...more,
});
const chunk = (choices: unknown, more: object = {}): string =>
  event({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more });
const filterResults = { content_filter_results: { hate: { filtered: false, severity: 'safe' } } };
const completion = (content: unknown, finish_reason = 'stop'): object => ({
  id: 'c1',
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

export const chatWire: Wire = {
  contentType: 'text/event-stream',
  words: (content, isEnd = false) => chunk([choice({ content }, isEnd ? 'stop' : null)]),
  end: (how) => chunk([choice({}, how === 'cut' ? 'length' : 'stop')]),
  silent: [
    ...silent,
    ['a role', chunk([choice({ role: 'assistant', content: '', refusal: null })])],
    ['a choice without a delta', chunk([choice(undefined, null, filterResults)])],
    ['a delta that is null', chunk([{ index: 0, delta: null }])],
    ['a choice that is null', chunk([null])],
    ['no choices', chunk([])],
    ['choices that are null', chunk(null)],
    ['choices that are missing', chunk(undefined)],
    ['an empty object', event({})],
    ['an empty list of parts', chunk([choice({ content: [] })])],
    ['a call of a tool', chunk([choice({ tool_calls: [{ index: 0, function: { arguments: '{}' } }] })])],
    ['another choice', chunk([{ index: 1, delta: { content: 'No!' }, finish_reason: null }])],
    ['what the prompt met', chunk([], { prompt_filter_results: [filterResults] })],
    ['an error that is none', chunk([], { error: null })],
    ['a count', chunk([choice({})], { usage: { prompt_tokens: 1, completion_tokens: 1 } })],
    ['a count of another kind', chunk([choice({})], { usage: 'many' })],
    ['an empty reason', chunk([choice({ content: '' }, '')])],
    ['the reason "null"', chunk([choice({ content: '' }, 'null')])],
    ['a reason that is a number', chunk([choice({ content: '' }, 7)])],
    ['what hides lengths', chunk([choice({ content: '' })], { obfuscation: 'aB3' })],
  ],
  thoughts: [
    ['thoughts', chunk([choice({ reasoning_content: 'Hm.' })])],
    ['thoughts by another name', chunk([choice({ content: null, reasoning: 'Hm.', reasoning_details: [] })])],
    [
      'thoughts as a part',
      chunk([choice({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] }] })]),
    ],
  ],
  odd: [
    ...odd,
    ['choices of another kind', chunk('none')],
    ['a choice of another kind', chunk(['none'])],
    ['content of another kind', chunk([choice({ content: 5 })])],
    ['a part that nobody knows', chunk([choice({ content: [{ type: 'hologram', light: 'x' }] })])],
  ],
  reasons: [
    ['[DONE] alone', 'data: [DONE]\n\n', 'complete'],
    ['[DONE] without a line behind it', 'data: [DONE]', 'complete'],
    ['an empty reason and [DONE]', `${chunk([choice({}, '')])}data: [DONE]\n\n`, 'complete'],
    ['an empty reason alone', chunk([choice({}, '')]), 'truncated'],
    ['a reason that nobody knows', chunk([choice({}, 'eos_token')]), 'complete'],
    ['a reason in capitals', chunk([choice({}, 'MAX_TOKENS')]), 'cut'],
    ['its filter', chunk([choice({}, 'content_filter')]), 'blocked-output'],
    ['an error', chunk([choice({}, 'error')]), 'overloaded'],
    ['its own end', chunk([choice({}, 'abort')]), 'truncated'],
    [
      'a reason, the count and [DONE]',
      `${chunk([choice({}, 'stop')])}${chunk([], { usage: { prompt_tokens: 1, completion_tokens: 1 } })}data: [DONE]\n\n`,
      'complete',
    ],
    ['a hole outside of events', '{"choices":[{"delta":\n\ndata: [DONE]\n\n', 'protocol'],
    ['a hole', 'data: {"choices":[{"delta":{"content":"x\n\ndata: [DONE]\n\n', 'protocol'],
  ],
  whole: [
    [
      'thoughts in tags',
      'text/event-stream',
      `${chunk([choice({ content: '<th' })])}${chunk([choice({ content: 'ink>Hm.</think>\n\nHello!' }, 'stop')])}`,
    ],
    ['a completion', 'application/json', JSON.stringify(completion('Hello!'))],
    ['a completion under the name of events', 'text/event-stream', JSON.stringify(completion('Hello!'))],
    ['a completion that is printed prettily', 'text/plain', JSON.stringify(completion('Hello!'), null, 2)],
    ['a completion of parts', 'application/json', JSON.stringify(completion([{ type: 'text', text: 'Hello!' }]))],
    ['a completion in one event', 'text/event-stream', event(completion('Hello!'))],
    [
      'chunks in lines',
      'application/x-ndjson',
      ['Hel', 'lo!'].map((content) => `${JSON.stringify({ choices: [choice({ content }, 'stop')] })}\n`).join(''),
    ],
    [
      'events that end in CRLF, with marks',
      'text/event-stream',
      `\uFEFF${chunk([choice({ content: 'Hel' })])}\uFEFF${chunk([choice({ content: 'lo!' }, 'stop')])}`.replaceAll(
        '\n',
        '\r\n',
      ),
    ],
    [
      'events that end in CR',
      'text/event-stream',
      `${chunk([choice({ content: 'Hel' })])}${chunk([choice({ content: 'lo!' }, 'stop')])}`.replaceAll('\n', '\r'),
    ],
    [
      'events without empty lines',
      'text/event-stream',
      `${chunk([choice({ content: 'Hel' })])}${chunk([choice({ content: 'lo!' }, 'stop')])}data: [DONE]\n`.replaceAll(
        '\n\n',
        '\n',
      ),
    ],
    [
      'parts in place of words',
      'text/event-stream',
      chunk([choice({ content: [{ type: 'text', text: 'Hel' }, 'lo!'] }, 'stop')]),
    ],
    ['a refusal', 'text/event-stream', chunk([choice({ content: null, refusal: 'Hello!' }, 'stop')])],
    ['the API before', 'text/event-stream', chunk([{ index: 0, text: 'Hello!', finish_reason: 'stop' }])],
  ],
  failures: [
    ...failures,
    [
      'an error beside choices',
      chunk([choice({ content: '' }, 'error')], { error: { code: 429, message: CANARY } }),
      'rate-limited',
    ],
  ],
};
