import type { Field } from '../canaries';
import type { FindingKind } from '../findings';
import type { Case } from '../matrix';
import type { StandPlan } from '../stand-plan';

/** A leak that can be planted in the running program, and the finding that it must turn up as. */
export interface Plant {
  readonly name: string;
  readonly says: string;
  readonly kind: FindingKind;
  /** Where it must be found; `undefined`: anywhere. */
  readonly place?: RegExp;
  readonly field: Field | undefined;
  readonly look?: 'memory';
  /** The cases that are played, where the leak needs others than the usual ones. */
  readonly rows?: readonly Partial<Omit<Case, 'id'>>[];
  readonly stand?: Partial<Pick<StandPlan, 'restarts' | 'mode' | 'end'>>;
  /** It is seen in the system calls alone. */
  readonly needsStrace?: true;
}

const plant = (
  name: string,
  says: string,
  kind: FindingKind,
  field: Field | undefined,
  more: Omit<Plant, 'name' | 'says' | 'kind' | 'field'> = {},
): Plant => ({ name, says, kind, field, ...more });

/** Every leak that the trial must find; each in its own way. */
export const PLANTS: readonly Plant[] = [
  plant('debug-log', 'a question is printed by a debug log', 'stream', 'prompt', { place: /output/u }),
  plant('log-in-base64', 'an answer is printed in Base64', 'stream', 'reply', { place: /output/u }),
  plant('log-in-utf16', 'an answer is printed in UTF-16', 'stream', 'reply', { place: /output/u }),
  plant('token-log', "the platform's token is printed", 'stream', 'secret', { place: /output/u }),
  plant('echoed-error', "a vendor's error is printed to standard error", 'stream', 'error', { place: /error/u }),
  plant('crash-output', 'the last question is printed at the end', 'stream', 'prompt', { place: /error/u }),
  plant('stored-message', 'a question is stored in the database', 'database', 'prompt'),
  plant('stored-packed', 'an answer is stored in the database, packed', 'database', 'reply'),
  plant('temporary-file', 'a question lies in a temporary file', 'file', 'prompt'),
  plant('packed-file', 'an answer lies in a file, packed with gzip', 'file', 'reply'),
  plant('brotli-file', 'an answer lies in a file, packed with Brotli', 'file', 'reply'),
  plant('file-name', "a question is part of a file's name", 'file-name', 'prompt'),
  plant('letter-by-letter', 'a question is written to a file letter by letter', 'file', 'prompt'),
  plant('diagnostic-report', "a diagnostic report holds an error's message", 'file', 'prompt'),
  plant('deleted-file', 'a question is written to a file that is then deleted', 'system-call', 'prompt', {
    needsStrace: true,
  }),
  plant('unnamed-file', 'a question is written to a file in memory that has no name', 'system-call', 'prompt', {
    place: /shm/u,
    needsStrace: true,
  }),
  plant('late-file', 'a question is written, and deleted, a while after the answer', 'system-call', 'prompt', {
    needsStrace: true,
  }),
  plant('worker', 'a thread of its own writes a question to a file and deletes it', 'system-call', 'prompt', {
    needsStrace: true,
  }),
  plant('child-process', 'a question is an argument of another program', 'system-call', 'prompt', {
    place: /exec/u,
    needsStrace: true,
  }),
  plant('metric-label', 'a question is the label of a metric', 'page', 'prompt', { place: /metrics/u }),
  plant('http-echo', 'a refused request is said back in the answer', 'http-answer', 'malformed'),
  plant('foreign-host', 'a host is called that is not on the list', 'connection', undefined),
  plant('datagram', 'a question is sent as a datagram', 'connection', undefined, { needsStrace: true }),
  plant('before-consent', 'a vendor is asked before the person agreed', 'before-consent', 'stranger'),
  plant('after-withdrawal', 'a vendor is asked after the person withdrew', 'after-withdrawal', 'prompt', {
    rows: [{ scene: 'withdrawal' }],
  }),
  plant('other-vendor', 'a vendor is asked that the person did not agree to', 'vendor-not-agreed', 'prompt'),
  plant('without-words', 'a vendor is asked something with no words of anybody', 'unaccounted-request', undefined),
  plant('others-words', "another person's message goes along", 'before-consent', 'thread'),
  plant('name-along', "a person's name goes along", 'vendor-field', 'name'),
  plant('retained-text', 'a question is kept in memory', 'memory', 'prompt', { look: 'memory' }),
  plant('retained-bytes', 'an answer is kept in memory as bytes', 'memory', 'reply', { look: 'memory' }),
];
