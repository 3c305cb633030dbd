/** An act of a person's on a platform, by what identifies it there: the same in every delivery of it. */
export interface InputKey {
  readonly platform: string;
  readonly tenant: string;
  readonly id: string;
}

/**
 * Remembers which inputs were taken, over restarts and over every process on one store, as keyed hashes with an
 * expiry; nothing of what they said. Rejects with a `StoreError` where that cannot be read or written.
 *
 * An input is held while it is worked on, and done when it has had its effect. Where the process that holds it dies,
 * it may be taken again a little later: what was taken and never done is not lost.
 */
export interface InputRegister {
  /** Takes the input in one atomic step. `repeated`: it is done, or somebody holds it. */
  take(input: InputKey, nowMs: number): Promise<'taken' | 'repeated'>;
  /** Lets go of an input that was taken: it is `done`, or it `failed` and its next delivery is taken. Never rejects. */
  settle(input: InputKey, end: 'done' | 'failed'): Promise<void>;
}
