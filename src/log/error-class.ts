/** Classes by which an error may be told: the language's, Node's and ours. */
const CLASSES: ReadonlySet<string> = new Set([
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError'],
  ...['AbortError', 'TimeoutError', 'DOMException', 'AssertionError', 'SystemError', 'ZodError'],
  ...['VendorError', 'LedgerError', 'StoreError', 'EgressRefusedError', 'PresidioError', 'BotCallError'],
  ...['TokenRefusedError', 'SetupError', 'SettingsError', 'ListenError', 'FileError'],
  ...['bigint', 'boolean', 'function', 'number', 'object', 'string', 'symbol', 'undefined'],
]);

/**
 * The class of what was thrown, for the log. A library may call its errors anything, also by what it met: whatever is
 * not known is `other`.
 */
export function errorClassOf(error: unknown): string {
  try {
    const name: unknown = error instanceof Error ? error.name : typeof error;
    return typeof name === 'string' && CLASSES.has(name) ? name : 'other';
  } catch {
    return 'other';
  }
}

export function isErrorClass(word: string): boolean {
  return word === 'other' || CLASSES.has(word);
}
