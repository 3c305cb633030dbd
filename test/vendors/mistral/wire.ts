import { WIRE_CANARY as CANARY, type Wire } from '../../contracts/vendor-wire.contract';
import { chatWire } from '../kit/openai/chat-wire';
import { event } from '../kit/sent-events';

const chunk = (delta: object, finish_reason: string | null = null, more: object = {}): string =>
  event({
    id: 'c1',
    object: 'chat.completion.chunk',
    model: 'm',
    ...more,
    choices: [{ index: 0, delta, finish_reason }],
    p: 'abc',
  });
const thinking = (text: string): object => ({ type: 'thinking', thinking: [{ type: 'text', text }] });

/** The wire of Chat Completions, and what Mistral's models send beside it. */
export const mistralWire: Wire = {
  ...chatWire,
  silent: [...chatWire.silent, ['calls of tools that are null', chunk({ content: '', tool_calls: null })]],
  thoughts: [
    ...chatWire.thoughts,
    ['thoughts as parts', chunk({ content: [thinking('Hm.')] })],
    ['the end of thoughts', chunk({ content: [{ type: 'thinking', thinking: [], closed: true }] })],
  ],
  odd: [...chatWire.odd, ['where words came from', chunk({ content: [{ type: 'reference', reference_ids: [1] }] })]],
  reasons: [
    ...chatWire.reasons,
    ['the end of its context', chunk({}, 'model_length'), 'cut'],
    [
      'its count beside the reason',
      `${chunk({ content: '' }, 'stop', { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } })}data: [DONE]\n\n`,
      'complete',
    ],
  ],
  whole: [
    ...chatWire.whole,
    [
      'thoughts and words in parts',
      'text/event-stream',
      `${chunk({ content: [thinking('Hm.')] })}${chunk({ content: [{ type: 'text', text: 'Hel' }] })}${chunk({ content: 'lo!' }, 'stop')}`,
    ],
  ],
  failures: [
    ...chatWire.failures,
    [
      'an error in its own shape',
      event({ object: 'error', message: CANARY, type: 'rate_limited', param: null, code: '1300' }),
      'rate-limited',
    ],
    [
      'an error of its servers',
      event({ object: 'error', message: CANARY, type: 'internal_server_error', param: null, code: '1000' }),
      'overloaded',
    ],
  ],
};
