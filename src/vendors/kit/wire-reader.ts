import { isRecord } from '../../kit/field';
import { type AnswerReader, type Ending, type Said, SILENCE, together } from './answer';
import type { ErrorReader } from './error-table';
import { errorIn, vendorErrorOfTold } from './told-error';
import type { VendorError } from './vendor-error';
import type { WireEvent } from './wire-events';

/** Understands the JSON of one vendor's events. */
export interface ValueReader {
  /** Whether it is one of the vendor's own, and so no error in another's shape. */
  isOwn(value: object): boolean;
  /** Throws a `VendorError` where it tells a failure. `name` is the event's own, or empty. */
  read(value: object, name: string): Said;
  ending(): Ending | undefined;
  requestId?(): string | undefined;
  /** What the vendor's codes mean, where they are not those of everybody. */
  readonly errors?: ErrorReader;
  /** What an error means that stands in the vendor's own shape; undefined where it is in another. */
  errorOf?(value: unknown): VendorError | undefined;
}

const NOT_AN_OBJECT: Said = { words: '', oddity: 'not-an-object' };

/**
 * Reads what stands on the wire with what the vendors have in common: errors inside a 200, signs of life, the end. An
 * answer that ends by `[DONE]` without a reason has ended fairly; one with a hole in it has not.
 *
 * @example
 * ```ts
 * const reader = createWireReader({
 *   isOwn: (value) => 'delta' in value,
 *   read: (value) => ({ words: wordsIn(value) }),
 *   ending: () => (isOver ? { how: 'complete' } : undefined),
 * });
 * ```
 */
export function createWireReader(values: ValueReader): AnswerReader<WireEvent> {
  let isDone = false;
  let isBroken = false;

  function readOne(value: unknown, name: string): Said {
    const told = errorIn(value, name, values.isOwn);
    if (told !== undefined) throw values.errorOf?.(value) ?? vendorErrorOfTold(told, values.errors);
    return isRecord(value) ? values.read(value, name) : NOT_AN_OBJECT;
  }

  /** Google's APIs, and gateways, put what comes into a list. */
  function readValue(value: unknown, name: string): Said {
    return Array.isArray(value) ? together(value.map((one: unknown) => readOne(one, name))) : readOne(value, name);
  }

  return {
    read(event) {
      if (isDone) return SILENCE;
      switch (event.kind) {
        case 'value':
          return readValue(event.value, event.name);
        case 'alive':
          return SILENCE;
        case 'odd':
          return { words: '', oddity: event.oddity };
        case 'broken':
          isBroken = true;
          return SILENCE;
        case 'done':
          isDone = true;
          return SILENCE;
      }
    },
    ending() {
      const said = values.ending() ?? (isDone ? { how: 'complete' as const } : undefined);
      if (said === undefined) return undefined;
      const how = isBroken && (said.how === 'complete' || said.how === 'cut') ? 'protocol' : said.how;
      return isDone || isBroken ? { ...said, how, isLast: isDone || said.isLast === true } : said;
    },
    isBroken: () => isBroken,
    requestId: () => values.requestId?.(),
  };
}
