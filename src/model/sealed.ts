import { inspect } from 'node:util';

/**
 * Something that somebody wrote or attached, closed: printing it, `JSON.stringify`, template literals, `inspect` and
 * a logger's serializers all give its mask.
 */
export abstract class Sealed {
  protected abstract get mask(): string;

  toString(): string {
    return this.mask;
  }

  toJSON(): string {
    return this.mask;
  }

  [Symbol.toPrimitive](): string {
    return this.mask;
  }

  [inspect.custom](): string {
    return this.mask;
  }
}
