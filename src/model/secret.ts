import { inspect } from 'node:util';

const MASK = '[secret]';

/** A token or key from the environment: it prints as `[secret]`, and `openSecret` gives it back. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }

  static open(secret: Secret): string {
    return secret.#value;
  }
}

/** Gives back what a secret holds. Call it where the value is handed to its SDK, and nowhere before. */
export function openSecret(secret: Secret): string {
  return Secret.open(secret);
}
