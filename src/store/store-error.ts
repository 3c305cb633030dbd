import { DejirenError } from '../model/errors';

type StoreErrorCode =
  | 'not-writable'
  | 'not-a-database'
  | 'newer-schema'
  | 'older-schema'
  | 'other-schema'
  | 'locked'
  | 'moved'
  | 'disk-full'
  | 'unavailable';

/** The store could not be opened, or cannot be used any more. */
export class StoreError extends DejirenError<'store', StoreErrorCode> {
  constructor(code: StoreErrorCode, advice: string) {
    super('StoreError', 'store', code, advice);
  }
}
