import { isOwnErrorName } from '../model/errors';

/** Classes by which an error of others may be told: the language's and Node's. */
const CLASSES: ReadonlySet<string> = new Set([
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError'],
  ...['AbortError', 'TimeoutError', 'DOMException', 'AssertionError', 'SystemError', 'ZodError'],
  ...['bigint', 'boolean', 'function', 'number', 'object', 'string', 'symbol', 'undefined'],
]);

/**
 * The class of what was thrown, for the log. A library may call its errors anything, also by what it met: whatever is
 * not known is `other`.
 */
export function errorClassOf(error: unknown): string {
  try {
    const name: unknown = error instanceof Error ? error.name : typeof error;
    return typeof name === 'string' && isErrorClass(name) ? name : 'other';
  } catch {
    return 'other';
  }
}

export function isErrorClass(word: string): boolean {
  return word === 'other' || CLASSES.has(word) || isOwnErrorName(word);
}
