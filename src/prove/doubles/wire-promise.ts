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

/** Exactly this value. */
export const is =
  (wanted: unknown) =>
  (value: unknown): boolean =>
    JSON.stringify(value) === JSON.stringify(wanted);

export const anything = (): boolean => true;

/** A hash: nobody's id, name or address. */
export const isPseudonym = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/u.test(value);

/** Turns of a conversation, each with the fields alone that words need. */
export const areTurns =
  (names: readonly string[]) =>
  (value: unknown): boolean =>
    Array.isArray(value) &&
    value.every(
      (turn) => typeof turn === 'object' && turn !== null && Object.keys(turn).every((name) => names.includes(name)),
    );
