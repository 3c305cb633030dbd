import type { Bytes } from './bytes';

/** What the vendors take in common. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

/** A picture that a person attached. */
export interface Image {
  readonly type: ImageType;
  readonly bytes: Bytes;
}
