import { WIRE_CANARY as CANARY, type Wire } from '../../contracts/vendor-wire.contract';

export const event = (value: unknown, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(value)}\n\n`;

/** What stands between events, or in their place, whoever sends them. */
export const silent: Wire['silent'] = [
  ['a comment', ': keep-alive\n\n'],
  ['an event without data', 'event: ping\n\n'],
  ['empty data', 'data:\n\n'],
  ['a comment between blank lines', '\n\r\n\r: x\n\n'],
  ['a field for reconnecting', 'id: 7\nretry: 3000\n\n: x\n\n'],
  ['zero bytes', '\0\0: x\n\n'],
];
export const odd: Wire['odd'] = [
  ['null', 'data: null\n\n'],
  ['a number', 'data: 5\n\n'],
  ['a string', 'data: "ping"\n\n'],
  ['a list in a list', 'data: [[{"choices":[]}]]\n\n'],
  ['words', 'data: ping\n\n'],
  ['a line of a log', '[INFO] ready\n\n'],
  ['words in braces', 'data: {ping}\n\n'],
  ['a line of nothing known', 'ping\n\n'],
];

const tooLong = `This model's maximum context length is 4096 tokens. ${CANARY}`;
/** Errors in the shapes that servers tell them in, whatever their protocol. */
export const failures: Wire['failures'] = [
  ['an error', event({ error: { message: CANARY, type: 'server_error', code: null } }), 'overloaded'],
  ['an error with a code', event({ error: { message: CANARY, code: 'insufficient_quota' } }), 'quota'],
  ['an error with a status', event({ error: { message: CANARY, code: 429 } }), 'rate-limited'],
  ['an error with a status in words', event({ error: { message: CANARY, code: '429' } }), 'rate-limited'],
  ['an error in an error', event({ error: { error: { code: 'too_many_requests', message: CANARY } } }), 'rate-limited'],
  ['an error in words', event({ error: `${CANARY} exploded` }), 'overloaded'],
  ['an error in telling words', event({ error: `Rate limit reached for ${CANARY}` }), 'rate-limited'],
  [
    'an error of a prompt that is too long',
    event({ error: { message: tooLong, type: 'BadRequestError', code: 400 } }),
    'context-too-long',
  ],
  ['an event of that name', event({ code: 'rate_limit_exceeded', message: CANARY }, 'error'), 'rate-limited'],
  [
    'an event of that name with an error in it',
    event({ error: { message: CANARY, type: 'overloaded_error' } }, 'error'),
    'overloaded',
  ],
  ['an event of that name in plain words', `event: error\ndata: ${CANARY} timed out\n\n`, 'timeout'],
  [
    'an object of that name',
    event({ object: 'error', message: tooLong, type: 'BadRequestError', param: null, code: 400 }),
    'context-too-long',
  ],
  [
    'an object of that type',
    event({ type: 'error', error: { type: 'rate_limit_error', message: CANARY } }),
    'rate-limited',
  ],
  ['a code and a message', event({ code: 503, message: CANARY }), 'overloaded'],
  ['a detail', event({ detail: `Invalid API key ${CANARY}` }), 'auth'],
  ['a list of details', event({ detail: [{ loc: ['body'], msg: CANARY, type: 'value_error' }] }), 'overloaded'],
  ['a message', event({ message: `Too many requests ${CANARY}`, statusCode: 429 }), 'rate-limited'],
  [
    'a list that holds an error',
    event([{ error: { code: 503, message: CANARY, status: 'UNAVAILABLE' } }]),
    'overloaded',
  ],
  [
    'JSON without an event around it',
    `${JSON.stringify({ error: { message: CANARY, code: 'model_not_found' } })}\n`,
    'configuration',
  ],
  [
    'JSON that is printed prettily',
    `${JSON.stringify({ error: { message: CANARY, code: 'invalid_api_key' } }, null, 2)}\n`,
    'auth',
  ],
  [
    "another server's JSON in its words",
    event({ error: { message: `upstream: {"error":{"code":"rate_limit_exceeded","message":"${CANARY}"}}` } }),
    'rate-limited',
  ],
];
