import { inspect } from 'node:util';

const MASK = '[file]';

/** What is in a file that a person attached. It travels sealed, as `Text` does; only {@link openBytes} opens it. */
export class Bytes {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }

  static open(bytes: Bytes): Uint8Array {
    return bytes.#bytes;
  }
}

/** Gives the bytes back. Every call is a place where a file could escape: `test/text/openings.test.ts` lists them. */
export function openBytes(bytes: Bytes): Uint8Array {
  return Bytes.open(bytes);
}
