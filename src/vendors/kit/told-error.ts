import { field } from '../../kit/field';
import { COMMON_READER } from './common-errors';
import type { ErrorReader } from './error-table';
import { type Refused, refusedIn } from './refused';
import { categoryOfStatus, VendorError, type VendorErrorCategory } from './vendor-error';

/** What is read of an error that a server tells in JSON, whatever its shape. The words are looked at, never told. */
export interface ToldError {
  /** Those of the error's own object first, and of one object its code before its kind. */
  readonly codes: readonly string[];
  readonly status: number | undefined;
  /** The parts of the request that it is about. */
  readonly params: readonly string[];
  readonly words: string;
}

const CODES: ReadonlySet<string> = new Set(['code', 'error_code', 'err_code', 'errorcode', 'reason']);
/** They say less than a code beside them. */
const KINDS: ReadonlySet<string> = new Set(['type', 'status', 'error_type', 'name', '__type']);
const PARAMS: ReadonlySet<string> = new Set(['param', 'parameter', 'field']);
const WORDS: ReadonlySet<string> = new Set([
  ...['message', 'msg', 'detail', 'error', 'error_msg', 'error_message', 'errormessage', 'faultstring', 'status_msg'],
  ...['raw', 'error_description'],
]);
const STATUSES: ReadonlySet<string> = new Set([
  ...['code', 'status', 'statuscode', 'status_code', 'http_code', 'http_status', 'httpstatus', 'httpcode'],
  ...['error_code', 'err_code', 'errorcode'],
]);

/** Bounds of what is looked at: an error is small. */
const MAX_DEPTH = 5;
const MAX_FIELDS = 100;
const MAX_CHARACTERS = 4_096;

/**
 * The error that an event inside a 200 tells, if any: `{error: …}` in any form, an event named `error`, an object of
 * that type, or one that is none of the vendor's own (`isOwn`) and says nothing but what went wrong.
 */
export function errorIn(value: unknown, name: string, isOwn: (value: object) => boolean): ToldError | undefined {
  if (typeof value !== 'object' || value === null) return name === 'error' ? readError(value) : undefined;
  const { error, object, type } = value as Readonly<Record<string, unknown>>;
  if (isTold(error)) return readError(value);
  if (name === 'error' || object === 'error' || type === 'error') return readError(value);
  return isOwn(value) || !saysWhatWentWrong(value) ? undefined : readError(value);
}

/** `null`, `false`, `''` and `{}` stand beside answers, and tell of no error. */
function isTold(error: unknown): boolean {
  if (typeof error === 'object' && error !== null) return Object.keys(error).length > 0;
  return error !== undefined && error !== null && error !== false && error !== '' && error !== 0;
}

function saysWhatWentWrong(value: object): boolean {
  const told = readError(value);
  return told.words !== '' || (told.status !== undefined && told.status >= 400);
}

/** Gathers what an error's JSON says, at any depth. */
export function readError(value: unknown): ToldError {
  const codes: string[] = [];
  const params: string[] = [];
  const words: string[] = [];
  let status: number | undefined;
  let fields = 0;

  function look(at: unknown, depth: number): void {
    if (typeof at !== 'object' || at === null || depth > MAX_DEPTH) return;
    const kinds: string[] = [];
    const nested: unknown[] = [];
    for (const [key, field] of Object.entries(at)) {
      fields += 1;
      if (fields > MAX_FIELDS) break;
      const named = key.toLowerCase();
      if (typeof field === 'number') takeStatus(named, field);
      else if (named === 'loc' && Array.isArray(field)) params.push(field.slice(-1).join());
      else if (typeof field !== 'string') nested.push(field);
      else if (STATUSES.has(named) && /^\d{3}$/u.test(field)) takeStatus(named, Number(field));
      else if (PARAMS.has(named)) params.push(field);
      else if (CODES.has(named)) codes.push(field);
      else if (KINDS.has(named)) kinds.push(field);
      else if (WORDS.has(named)) nested.push(takeWords(field));
    }
    codes.push(...kinds);
    for (const one of nested) look(one, depth + 1);
  }

  /** Gateways put the JSON of the server behind them into their own words: what it says. */
  function takeWords(field: string): unknown {
    const said = field.slice(0, MAX_CHARACTERS);
    words.push(said);
    const from = said.indexOf('{');
    return from < 0 ? undefined : parse(said.slice(from));
  }

  function takeStatus(named: string, field: number): void {
    if (STATUSES.has(named) && field >= 400 && field <= 599) status ??= field;
  }

  if (typeof value === 'string') look(takeWords(value), 1);
  else {
    // Its own object first: what stands around it says less.
    look(field(value, 'error'), 1);
    look(value, 0);
  }
  return { codes, status, params, words: words.join('\n') };
}

const BY_WORDS: readonly (readonly [RegExp, VendorErrorCategory])[] = [
  [/rate.?limit|too many (?:concurrent )?requests|throttl/iu, 'rate-limited'],
  [/quota|billing|credit balance|insufficient (?:balance|funds|credits)/iu, 'quota'],
  [/content.?(?:filter|policy|management)|moderation|safety (?:system|filter)/iu, 'blocked-input'],
  [/api.?key|unauthori[sz]ed|authenticat|permission|forbidden/iu, 'auth'],
  [
    /model\b.{0,200}(?:not found|does not exist|not exist|not available)|no such model|unknown model/iu,
    'configuration',
  ],
  [/timed? ?out|deadline/iu, 'timeout'],
];

/** The message says that the prompt does not fit, as vLLM and LM Studio do in words only. */
export function tellsTooLong(words: string): boolean {
  return /context (?:length|size|window)|maximum context|(?:prompt|input|request) is too long|too many (?:input )?tokens/iu.test(
    words,
  );
}

/** Failures behind which a request can stand that is to be asked otherwise: templates break with 500 as well. */
const OF_THE_REQUEST: ReadonlySet<VendorErrorCategory> = new Set([
  'bad-request',
  'overloaded',
  'configuration',
  'protocol',
  'unknown',
]);

/** The category of a refusal, and what of the request was refused where it says so. */
export function withRefused(
  category: VendorErrorCategory,
  said: Pick<ToldError, 'params' | 'words'>,
): readonly [VendorErrorCategory, { readonly refused?: Refused }] {
  const refused = OF_THE_REQUEST.has(category) ? refusedIn(said) : undefined;
  return refused === undefined ? [category, {}] : ['bad-request', { refused }];
}

/** What an error means that came inside a 200. One that nothing is known of is the server's: it may pass. */
export function categoryOfTold(told: ToldError, errors: ErrorReader = COMMON_READER): VendorErrorCategory {
  const { codes, status, words } = told;
  const meaning = errors.meaningOf(told);
  if (meaning !== undefined) return meaning;
  if (tellsTooLong(words)) return 'context-too-long';
  if (status !== undefined) return categoryOfStatus(status);
  const byWords = BY_WORDS.find(([said]) => said.test(words));
  if (byWords !== undefined) return byWords[1];
  return codes.some((code) => /invalid.?request|bad.?request|invalid.?argument|validation/iu.test(code))
    ? 'bad-request'
    : 'overloaded';
}

/** {@link categoryOfTold} as the error that a connector throws. */
export function vendorErrorOfTold(told: ToldError, errors: ErrorReader = COMMON_READER): VendorError {
  const [category, refused] = withRefused(categoryOfTold(told, errors), told);
  return new VendorError(category, {
    ...refused,
    status: told.status,
    vendorCode: errors.writtenOf(told.codes),
  });
}

function parse(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
