/** Names of the classes below {@link DejirenError} of which an error was made: the log writes these and no others. */
const names = new Set<string>();
/** Their codes. */
const codes = new Set<string>();

/**
 * What every error of dejiren's own is. Two words tell it from all others, and both stay what they are between
 * versions: `family`, the part of the program that failed, and `code`, what failed there. Operators meet the code in
 * the log. A class for each family adds the fields that its errors carry, and declares its codes as a union:
 * `switch (error.code)` then narrows. Where the class is out of reach, {@link isFailure} matches by the two words.
 *
 * No error holds a word of a person, a model or another service: its message is made of its family and its code.
 *
 * @example
 * class LedgerError extends DejirenError<'ledger', 'broken' | 'unavailable'> {
 *   constructor(code: LedgerError['code']) {
 *     super('LedgerError', 'ledger', code);
 *   }
 * }
 */
export abstract class DejirenError<Family extends string = string, Code extends string = string> extends Error {
  readonly family: Family;
  readonly code: Code;
  /** What the operator can do, in a whole sentence. It names settings, paths and numbers, and no content. */
  readonly advice: string | undefined;

  /** `name` is the name of the class, written out: a bundler may rename the class itself. */
  constructor(name: string, family: Family, code: Code, advice?: string) {
    super(`${family}: ${code}`);
    names.add(name);
    codes.add(code);
    this.name = name;
    this.family = family;
    this.code = code;
    this.advice = advice;
  }
}

/**
 * Whether an error is dejiren's own, of a family, and, where codes are given, one of these.
 *
 * @example
 * if (isFailure(error, 'egress')) return new VendorError('residency');
 * if (isFailure(error, 'store', 'locked')) await pause(RETRY_MS);
 */
export function isFailure<Family extends string, Code extends string = string>(
  error: unknown,
  family: Family,
  ...wanted: readonly Code[]
): error is DejirenError<Family, Code> {
  if (!(error instanceof DejirenError) || error.family !== family) return false;
  return wanted.length === 0 || wanted.some((code) => code === error.code);
}

/** Whether a word is the name of one of dejiren's own classes of errors, of which one was made. */
export function isOwnErrorName(word: string): boolean {
  return names.has(word);
}

/** Whether a word is the code of an error of dejiren's own that was made. */
export function isOwnErrorCode(word: string): boolean {
  return codes.has(word);
}
