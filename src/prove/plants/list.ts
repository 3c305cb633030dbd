import { FAULTS } from './faults';
import type { Plant } from './plant';

const plant = (
  name: string,
  says: string,
  kind: Plant['kind'],
  field: Plant['field'],
  more: Omit<Plant, 'name' | 'says' | 'kind' | 'field'> = {},
): Plant => ({ name, says, kind, field, ...more });

const ONE_ANSWER = { rows: [{ scene: 'answer' }] } as const;

const LEAKS: readonly Plant[] = [
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
  plant('asked-twice', 'a question is asked once more after it was answered', 'asked-again', 'prompt', ONE_ANSWER),
  plant('shared-memory', "somebody else's question goes along", 'mixed-conversations', 'prompt', {
    rows: [{ scene: 'answer' }, { scene: 'retry' }, { scene: 'cut' }],
  }),
  plant('head-along', "the asker's id is in a request's head", 'vendor-field', 'person-id', {
    ...ONE_ANSWER,
    place: /head/u,
  }),
  plant(
    'other-vendor-on-failure',
    'a vendor that was not agreed to is asked where one fails',
    'vendor-not-agreed',
    'prompt',
    {
      rows: [{ scene: 'server-error' }],
    },
  ),
  plant('only-long', 'a question lies in a file, if it is long', 'file', 'prompt', { rows: [{ length: 'long' }] }),
  plant('only-fourth', "a person's fourth question lies in a file", 'file', 'prompt', { rows: [{ earlier: 2 }] }),
  plant('only-japanese', 'a question lies in a file, if it is Japanese', 'file', 'prompt', {
    rows: [{ language: 'ja' }],
  }),
  plant('only-direct', 'a question lies in a file, if it is asked in a direct message', 'file', 'prompt', {
    rows: [{ place: 'direct' }],
  }),
  plant('only-retry', 'a question lies in a file, where the vendor is asked again', 'file', 'prompt', {
    rows: [{ scene: 'retry' }],
  }),
  plant('only-cut', 'a question lies in a file, where the answer is cut', 'file', 'prompt', {
    rows: [{ scene: 'cut' }],
  }),
  plant('only-slowed', 'a question lies in a file, where Slack asks to wait', 'file', 'prompt', {
    rows: [{ scene: 'platform-slows' }],
  }),
  plant('only-platform-failure', 'a question lies in a file, where Slack fails', 'file', 'prompt', {
    rows: [{ scene: 'platform-fails' }],
  }),
  plant('only-sigint', 'the last question lies in a file after SIGINT', 'file', 'prompt', {
    ...ONE_ANSWER,
    stand: { end: 'SIGINT' },
  }),
  plant('only-sigterm', 'the last question lies in a file after SIGTERM', 'file', 'prompt', ONE_ANSWER),
  plant('only-export', 'the last question lies in a file, where somebody exports their record', 'file', 'prompt', {
    rows: [{ scene: 'keeps-record' }],
  }),
  plant('only-hostile', 'a question is printed, where the environment asks for it', 'stream', 'prompt', {
    ...ONE_ANSWER,
    stand: { surroundings: 'hostile' },
  }),
  plant('id-log', "the asker's id is printed", 'stream', 'person-id', ONE_ANSWER),
  plant('id-log-in-base64', "the asker's id is printed in Base64", 'stream', 'person-id', ONE_ANSWER),
  plant('message-id-log', "a message's id is printed", 'stream', 'message-id', ONE_ANSWER),
  plant('tenant-id-log', "the organisation's id is printed", 'stream', 'tenant-id', ONE_ANSWER),
  plant('guid-log', "the asker's id in the directory is printed", 'stream', 'person-id', {
    rows: [{ scene: 'answer', door: 'teams', place: 'direct', way: 'typed' }],
  }),
  plant('id-file-name', "the asker's id is part of a file's name", 'file-name', 'person-id', ONE_ANSWER),
];

const call = { ...ONE_ANSWER, needsStrace: true } as const;

/** Where few would look. */
const TO_PLACES: readonly Plant[] = [
  plant('asked-for-file', 'a question is the name of a file that is only asked for', 'system-call', 'prompt', {
    ...call,
    place: /stat/u,
  }),
  plant('taken-away-file', 'a question is the name of a file that is taken away', 'system-call', 'prompt', {
    ...call,
    place: /unlink/u,
  }),
  plant('folder-name', 'a question is the name of a folder for a moment', 'system-call', 'prompt', {
    ...call,
    place: /mkdir/u,
  }),
  plant('link-target', 'a question is what a link leads to', 'file', 'prompt', ONE_ANSWER),
  plant('nameless-socket', 'a question is the address of a socket that is in no folder', 'connection', undefined, {
    ...call,
    place: /connect to unix:@/u,
  }),
  plant('bound-name', 'a question is the name of a socket that waits for others', 'connection', undefined, {
    ...call,
    place: /bind to unix:@/u,
  }),
  plant('open-door', 'another server hands the last question out', 'connection', undefined, {
    ...call,
    place: /bind/u,
  }),
  plant('dns-name', 'a question is a name that is looked up', 'connection', undefined, { ...call, place: /:53$/u }),
  plant('process-title', "a question is the process's name", 'page', 'prompt', { ...ONE_ANSWER, place: /proc/u }),
  plant('last-child', 'the last question is an argument of another program at the end', 'system-call', 'prompt', {
    ...call,
    place: /exec/u,
  }),
  plant('environment', 'a question is kept in the environment', 'memory', 'prompt', { look: 'memory' }),
  plant('log-in-hex', 'a question is printed in hexadecimal', 'stream', 'prompt', ONE_ANSWER),
  plant('log-backwards', 'a question is printed backwards', 'stream', 'prompt', ONE_ANSWER),
  plant('log-in-percent', 'a question is printed in percent escapes', 'stream', 'prompt', ONE_ANSWER),
  plant('log-packed', 'a question is printed, packed and in Base64', 'stream', 'prompt', ONE_ANSWER),
  plant('deflated-file', 'a question lies in a file, deflated', 'file', 'prompt', ONE_ANSWER),
  plant('zstd-file', 'a question lies in a file, packed with Zstandard', 'file', 'prompt', ONE_ANSWER),
  plant('admin-page', "the last question stands on the operator's page, unseen", 'page', 'prompt', {
    ...ONE_ANSWER,
    place: /admin/u,
  }),
  plant('answer-head', 'the last question is in the head of an answer', 'system-call', 'prompt', {
    ...call,
    place: /head/u,
  }),
  plant('platform-head', 'a question is in the head of a request to Slack', 'platform-field', 'prompt', ONE_ANSWER),
  plant(
    'platform-address',
    'a question is in the address of a request to Slack',
    'platform-field',
    'prompt',
    ONE_ANSWER,
  ),
  plant('button-value', "a question is a button's value", 'platform-field', 'prompt', ONE_ANSWER),
  plant('block-id', 'a question is the id of a block, in Base64', 'platform-field', 'prompt', ONE_ANSWER),
  plant('message-metadata', "a question is in a message's metadata", 'platform-field', 'prompt', ONE_ANSWER),
  plant('client-msg-id', 'a question is the id of a message', 'platform-field', 'prompt', ONE_ANSWER),
  plant('other-conversation', 'a question is posted in another conversation', 'shown-elsewhere', 'prompt', {
    rows: [{ scene: 'answer' }, { scene: 'retry' }],
  }),
  plant('vendor-address', "a question is in the address of a vendor's request", 'vendor-field', 'prompt', {
    ...ONE_ANSWER,
    place: /head/u,
  }),
];

/** Every leak that the trial must find; each for its own reason. */
export const PLANTS: readonly Plant[] = [...LEAKS, ...TO_PLACES, ...FAULTS];
