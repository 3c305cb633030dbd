/** What a vendor sent that holds no words and is no failure: it is passed over, counted, and told by its kind. */
export type Oddity =
  /** Neither an event nor a comment. */
  | 'unknown-line'
  /** An event whose data are no JSON. */
  | 'not-json'
  /** JSON that is no object: `null`, a number. */
  | 'not-an-object'
  | 'unknown-event'
  | 'unknown-chunk'
  | 'unknown-choice'
  | 'unknown-content';
