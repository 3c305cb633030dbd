import { inspect } from 'node:util';

/** What the vendors take in common. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

const MASK = '[image]';

/** A picture that a person attached. It travels sealed, as `Text` does; only {@link openImage} gives its bytes back. */
export class Image {
  readonly type: ImageType;
  readonly #bytes: Uint8Array;

  constructor(type: ImageType, bytes: Uint8Array) {
    this.type = type;
    this.#bytes = bytes;
  }

  /** Size in bytes. */
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

  static open(image: Image): Uint8Array {
    return image.#bytes;
  }
}

/** Gives the bytes back. Every call is a place where a picture could escape: `test/text/openings.test.ts` lists them. */
export function openImage(image: Image): Uint8Array {
  return Image.open(image);
}
