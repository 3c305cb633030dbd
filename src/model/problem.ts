/**
 * Why a question was not, or not wholly, answered. Each has a sentence for the person in `src/language` and a
 * code for the operator; none carries a word from outside.
 */
export type Problem =
  | 'person-limit'
  | 'tenant-limit'
  | 'overloaded-here'
  | 'question-too-long'
  | 'file-kind'
  | 'file-no-pictures'
  | 'file-too-large'
  | 'file-too-many'
  | 'file-unreadable'
  | 'file-late'
  | 'redaction-blocked'
  | 'redaction-unavailable'
  | 'standing-unknown'
  | 'denied-by-policy'
  | 'denied-external'
  | 'denied-notice'
  | 'denied-residency'
  | 'ledger-unavailable'
  | 'vendor-timeout'
  | 'vendor-network'
  | 'vendor-rate-limited'
  | 'vendor-quota'
  | 'vendor-overloaded'
  | 'vendor-auth'
  | 'vendor-configuration'
  | 'vendor-residency'
  /** The AI service does not take what it was asked, or how. */
  | 'vendor-refused'
  /** What it answered could not be read. */
  | 'vendor-unreadable'
  /** It ended the answer for a reason that is in no list of ours. */
  | 'vendor-ended'
  | 'context-too-long'
  | 'blocked-input'
  | 'blocked-output'
  /** The AI ended its answer without a word. */
  | 'empty-answer'
  /** The AI met its length limit before its first word: it spent it on thinking. */
  | 'empty-at-limit'
  /** The platform took the answer in no way. */
  | 'not-shown'
  /** dejiren itself failed, or nobody knows what did: told with an id that the operator's log has too. */
  | 'unknown';

/** What is told with a problem, where it is known. */
export interface ProblemDetails {
  /** Milliseconds after which the vendor wants to be asked again. */
  readonly retryAfterMs?: number | undefined;
  /** Of `unknown`. */
  readonly errorId?: string | undefined;
}
