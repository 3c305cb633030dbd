import type { ProvenVendor } from '../plan/matrix';

/** A request as it stood on a vendor's wire. */
export interface OnTheWire {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** What the settings of a run, and the notices, promise of a vendor's requests. */
export interface WirePromise {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  readonly path: string;
  /** Fields of the body, and what they must be; whatever is not named must not be there. */
  readonly body: Readonly<Record<string, (value: unknown) => boolean>>;
  /** Fields that may be left out. */
  readonly optional: readonly string[];
  /** Heads beside those that every request needs. */
  readonly headers: RegExp;
  /** How the head must prove who asks, where it does. */
  readonly authorization?: RegExp;
}

/** Of HTTP itself. What tells of the program, its machine or its person is not among them. */
const HEADERS =
  /^(host|connection|content-(type|length|encoding)|accept(-encoding|-language)?|user-agent|transfer-encoding|sec-fetch-mode)$/u;

/** What of a request is not as it was promised; each is named without its value. */
export function faultsOnTheWire(request: OnTheWire, promise: WirePromise): readonly string[] {
  const faults: string[] = [];
  if (request.method !== 'POST') faults.push('method');
  if (request.path !== promise.path) faults.push('path');
  for (const [name, value] of Object.entries(request.headers)) {
    if (!HEADERS.test(name) && !promise.headers.test(name)) faults.push(`head “${name}”`);
    if (name === 'host' && value !== promise.host) faults.push('host');
  }
  const { authorization = '' } = request.headers;
  if (promise.authorization?.test(String(authorization)) === false) faults.push('head “authorization”');
  const body = fieldsOf(request.body);
  if (body === undefined) return [...faults, 'body'];
  for (const [name, isRight] of Object.entries(promise.body)) {
    if (!Object.hasOwn(body, name)) {
      if (!promise.optional.includes(name)) faults.push(`no field “${name}”`);
    } else if (!isRight(body[name])) faults.push(`field “${name}”`);
  }
  for (const name of Object.keys(body)) if (!Object.hasOwn(promise.body, name)) faults.push(`field “${name}”`);
  return faults;
}

function fieldsOf(body: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(body);
    return typeof content === 'object' && content !== null ? { ...content } : undefined;
  } catch {
    return undefined;
  }
}

const is =
  (wanted: unknown) =>
  (value: unknown): boolean =>
    JSON.stringify(value) === JSON.stringify(wanted);
const anything = (): boolean => true;
/** A hash: nobody's id, name or address. */
const isPseudonym = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/u.test(value);
/** Turns of a conversation, each with the fields alone that words need. */
const areTurns = (names: readonly string[]) => (value: unknown) =>
  Array.isArray(value) &&
  value.every(
    (turn) => typeof turn === 'object' && turn !== null && Object.keys(turn).every((name) => names.includes(name)),
  );

/** What a vendor's double knows of itself, by which its promise is told. */
export interface WirePlace {
  readonly origin: string;
  readonly model: string;
  readonly project?: string;
  readonly location?: string;
  readonly region?: string;
  readonly guardrail?: { readonly id: string; readonly version: string };
}

/** What each vendor's notice promises, and what is needed beside it. `store: false` is retention's promise. */
export const WIRE_PROMISES: Readonly<Record<ProvenVendor, (place: WirePlace) => WirePromise>> = {
  openai: ({ origin, model }) => ({
    host: hostOf(origin),
    path: '/v1/responses',
    body: {
      model: is(model),
      instructions: anything,
      input: areTurns(['role', 'content']),
      store: is(false),
      stream: is(true),
      safety_identifier: isPseudonym,
    },
    optional: [],
    headers: /^(authorization|x-stainless-(retry-count|timeout))$/u,
  }),
  'azure-openai': ({ origin, model }) => ({
    host: hostOf(origin),
    path: '/openai/v1/responses',
    body: {
      model: is(model),
      instructions: anything,
      input: areTurns(['role', 'content']),
      store: is(false),
      stream: is(true),
    },
    optional: [],
    headers: /^(authorization|api-key|x-stainless-(retry-count|timeout))$/u,
  }),
  'vertex-ai': ({ origin, model, project = '', location = '' }) => ({
    host: hostOf(origin),
    path: `/v1/projects/${project}/locations/${location}/publishers/google/models/${model}:streamGenerateContent?alt=sse`,
    body: { contents: areTurns(['role', 'parts']), systemInstruction: anything, generationConfig: is({}) },
    optional: ['generationConfig', 'systemInstruction'],
    headers: /^(authorization|x-goog-api-client|x-goog-user-project)$/u,
  }),
  bedrock: ({ origin, model, region = '', guardrail }) => ({
    host: hostOf(origin),
    path: `/model/${encodeURIComponent(model)}/converse-stream`,
    body: {
      system: anything,
      messages: areTurns(['role', 'content']),
      ...(guardrail !== undefined && {
        guardrailConfig: is({
          guardrailIdentifier: guardrail.id,
          guardrailVersion: guardrail.version,
          trace: 'disabled',
          streamProcessingMode: 'sync',
        }),
      }),
    },
    optional: ['system'],
    headers: /^(authorization|x-amz-(date|content-sha256))$/u,
    authorization: new RegExp(`^AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/${region}/bedrock/aws4_request`, 'u'),
  }),
  'openai-compatible': ({ origin, model }) => ({
    host: hostOf(origin),
    path: '/v1/chat/completions',
    body: {
      model: is(model),
      messages: areTurns(['role', 'content']),
      stream: is(true),
      stream_options: is({ include_usage: true }),
    },
    optional: ['stream_options'],
    headers: /^(authorization|x-stainless-(retry-count|timeout))$/u,
  }),
};

function hostOf(origin: string): string {
  return new URL(origin).host;
}

/** The words of the last turn: what is asked now, without what was said before. */
export function lastTurn(body: string): string {
  const content = fieldsOf(body);
  const turns = content?.input ?? content?.messages ?? content?.contents;
  return Array.isArray(turns) ? JSON.stringify(turns.at(-1)) : '';
}
