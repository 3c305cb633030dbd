import { z } from 'zod';
import { readText } from '../kit/read-body';
import { errorFields } from '../log/error-fields';
import type { Log } from '../log/log';
import { DejirenError } from '../model/errors';
import { openText, sealText, type Text } from '../model/text';
import type { Found } from './find/found';
import type { Kind } from './kinds';

/** A Presidio analyzer over HTTP. Source: "Analyzer API", microsoft.github.io/presidio/api-docs. */
export interface Presidio {
  /** Fails closed: `unavailable` where any text could not be searched. Never rejects. */
  analyse(
    texts: readonly Text[],
    signal: AbortSignal,
  ): Promise<
    | { readonly kind: 'analysed'; readonly findings: ReadonlyMap<Text, readonly Found[]> }
    | { readonly kind: 'unavailable' }
  >;
}

export interface PresidioParts {
  /** The analyzer's address, without `/analyze`. */
  readonly url: string;
  /** Asked in each of them, e.g. `ja`: the analyzer must have a model for it. */
  readonly languages: readonly string[];
  /** For all requests of one search together. */
  readonly timeoutMs: number;
  /** From 0 to 1: what the analyzer is less sure of is left out. */
  readonly scoreThreshold: number;
  readonly fetch: typeof fetch;
  readonly log: Log;
}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Between the texts that go in one request. */
const BETWEEN = '\n\n';

const KIND_OF: Readonly<Record<string, Kind>> = {
  EMAIL_ADDRESS: 'email',
  PHONE_NUMBER: 'phone',
  CREDIT_CARD: 'card',
  IBAN_CODE: 'iban',
  PERSON: 'name',
  US_SSN: 'id-number',
  US_ITIN: 'id-number',
  US_DRIVER_LICENSE: 'id-number',
  UK_NHS: 'id-number',
  UK_NINO: 'id-number',
  US_PASSPORT: 'passport',
  US_BANK_NUMBER: 'account',
};
/** What says nothing of a person by itself. */
const LEFT = new Set(['DATE_TIME', 'URL', 'ORGANIZATION']);

const results = z
  .array(
    z.object({
      entity_type: z.string(),
      start: z.number().int().nonnegative(),
      end: z.number().int().nonnegative(),
    }),
  )
  .max(100_000);

export function createPresidio({ url, languages, timeoutMs, scoreThreshold, fetch, log }: PresidioParts): Presidio {
  const address = `${url.replace(/\/+$/u, '')}/analyze`;

  async function ask(words: Text, language: string, signal: AbortSignal): Promise<readonly Found[]> {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ text: openText(words), language, score_threshold: scoreThreshold }),
      signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      log.warn('presidio-failed', { status: response.status });
      throw new PresidioError();
    }
    const body = await readText(response.body, MAX_ANSWER_BYTES);
    if (body === undefined) throw new PresidioError();
    const answer = results.safeParse(JSON.parse(body));
    if (!answer.success) throw new PresidioError();
    const unitsAt = unitsOf(openText(words));
    return answer.data
      .filter(({ entity_type }) => !LEFT.has(entity_type))
      .map(({ entity_type, start, end }) => ({
        kind: KIND_OF[entity_type] ?? 'personal',
        from: unitsAt(start),
        to: unitsAt(end),
      }))
      .filter(({ from, to }) => from < to);
  }

  return {
    async analyse(texts, signal) {
      const whole = sealText(texts.map(openText).join(BETWEEN));
      if (whole.isBlank) return { kind: 'analysed', findings: new Map() };
      const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      try {
        const found = (await Promise.all(languages.map((language) => ask(whole, language, within)))).flat();
        return { kind: 'analysed', findings: apart(texts, found) };
      } catch (error) {
        if (!signal.aborted) log.error('presidio-unavailable', { ...errorFields(error) });
        return { kind: 'unavailable' };
      }
    },
  };
}

class PresidioError extends DejirenError<'presidio', 'no-answer'> {
  constructor() {
    super('PresidioError', 'presidio', 'no-answer');
  }
}

/** What was found in the whole, text by text. */
function apart(texts: readonly Text[], found: readonly Found[]): ReadonlyMap<Text, readonly Found[]> {
  let at = 0;
  return new Map(
    texts.map((text) => {
      const begin = at;
      at += text.length + BETWEEN.length;
      const inside = found
        .map(({ kind, from, to }) => ({
          kind,
          from: Math.max(0, from - begin),
          to: Math.min(text.length, to - begin),
        }))
        .filter(({ from, to }) => from < to);
      return [text, inside];
    }),
  );
}

/** Presidio counts characters, and strings here UTF-16 code units. */
function unitsOf(words: string): (characters: number) => number {
  if (!/[\u{10000}-\u{10ffff}]/u.test(words)) return (characters) => Math.min(characters, words.length);
  const starts: number[] = [];
  let at = 0;
  for (const character of words) {
    starts.push(at);
    at += character.length;
  }
  return (characters) => starts[characters] ?? words.length;
}
