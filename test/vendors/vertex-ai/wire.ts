import { WIRE_CANARY as CANARY, type Wire } from '../../contracts/vendor-wire.contract';
import { event, failures, odd, silent } from '../kit/sent-events';

const candidate = (parts: unknown, more: object = {}): string =>
  event({ candidates: [{ content: { role: 'model', parts }, ...more }], responseId: 'r1' });
const generated = (text: string): object => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' }],
});

export const vertexWire: Wire = {
  contentType: 'text/event-stream',
  words: (text, isEnd = false) => candidate([{ text }], isEnd ? { finishReason: 'STOP' } : {}),
  end: (how) => candidate([{ text: '' }], { finishReason: how === 'cut' ? 'MAX_TOKENS' : 'STOP' }),
  silent: [
    ...silent,
    ['no candidates', event({ usageMetadata: { promptTokenCount: 3 } })],
    ['candidates that are null', event({ candidates: null })],
    ['a candidate that is null', event({ candidates: [null] })],
    ['a candidate without content', event({ candidates: [{ safetyRatings: [] }] })],
    ['content that is null', event({ candidates: [{ content: null }] })],
    ['content without parts', event({ candidates: [{ content: { role: 'model' } }] })],
    ['a part without text', candidate([{ functionCall: { name: 'x' } }])],
    ['an empty reason', candidate([{ text: '' }], { finishReason: '' })],
    ['no reason in particular', candidate([], { finishReason: 'FINISH_REASON_UNSPECIFIED' })],
    ['feedback that blocks nothing', event({ promptFeedback: { safetyRatings: [] }, candidates: [] })],
    ['an empty object', event({})],
  ],
  thoughts: [['thoughts', candidate([{ text: 'Hm.', thought: true }])]],
  odd: [
    ...odd,
    ['candidates of another kind', event({ candidates: 'none' })],
    ['a candidate of another kind', event({ candidates: ['none'] })],
    ['a part of another kind', candidate(['none'])],
    ['text of another kind', candidate([{ text: 5 }])],
  ],
  reasons: [
    ['a limit', candidate([{ text: '' }], { finishReason: 'MAX_TOKENS' }), 'cut'],
    ['its filter', event({ candidates: [{ finishReason: 'SAFETY' }] }), 'blocked-output'],
    ['a reason that nobody knows', candidate([], { finishReason: 'TOMORROW' }), 'unknown-ending'],
    ['a reason in small letters', candidate([], { finishReason: 'stop' }), 'complete'],
    ['[DONE] alone', 'data: [DONE]\n\n', 'complete'],
  ],
  whole: [
    [
      'a list, as without alt=sse',
      'application/json',
      `[${JSON.stringify({ candidates: [{ content: { parts: [{ text: 'Hel' }] } }] })}\n,\r\n${JSON.stringify(generated('lo!'))}\n]\n`,
    ],
    ['one answer', 'application/json', JSON.stringify(generated('Hello!'), null, 2)],
    ['events that are named', 'text/event-stream', event(generated('Hello!'), 'message')],
    ['events that end in LF', 'text/event-stream', event(generated('Hello!'))],
  ],
  failures: [
    ...failures,
    [
      'an error of Google’s',
      event({ error: { code: 429, message: CANARY, status: 'RESOURCE_EXHAUSTED' } }),
      'rate-limited',
    ],
    [
      'an error of Google’s in a list',
      `${JSON.stringify([{ error: { code: 503, message: CANARY, status: 'UNAVAILABLE' } }])}\n`,
      'overloaded',
    ],
    ['a blocked question', event({ promptFeedback: { blockReason: 'JAILBREAK' } }), 'blocked-input'],
  ],
};
