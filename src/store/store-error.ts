/** The store could not be opened. `advice` is a whole sentence for the operator and names no content. */
export class StoreError extends Error {
  readonly code:
    | 'not-writable'
    | 'not-a-database'
    | 'newer-schema'
    | 'older-schema'
    | 'other-schema'
    | 'locked'
    | 'moved'
    | 'disk-full'
    | 'unavailable';
  readonly advice: string;

  constructor(code: StoreError['code'], advice: string) {
    super(`store ${code}`);
    this.name = 'StoreError';
    this.code = code;
    this.advice = advice;
  }
}
