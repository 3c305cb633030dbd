import type { Field } from '../watch/canaries';

export const FINDING_KINDS = [
  'stream',
  'file',
  'file-name',
  'database',
  'system-call',
  'page',
  'http-answer',
  'memory',
  'vendor-field',
  'before-consent',
  'after-withdrawal',
  'stale-notice',
  'training-not-agreed',
  'not-admitted',
  'blocked-place',
  'vendor-not-agreed',
  'mixed-conversations',
  'asked-again',
  'unaccounted-request',
  'wire',
  'record-kept',
  'shown-after-end',
  'shown-elsewhere',
  'live-address',
  'platform-field',
  'connection',
  'unseen',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that breaks a promise. It holds no canary. */
export interface Finding {
  readonly kind: FindingKind;
  /** The run of the program. */
  readonly run: string;
  readonly place: string;
  readonly fields: readonly Field[];
  /** Ids of cases. */
  readonly cases: readonly string[];
  readonly forms: readonly string[];
}

/** What was found, in words. */
export const FINDING_WORDS: Readonly<Record<FindingKind, string>> = {
  stream: 'was written to a standard stream',
  file: 'lies in a file',
  'file-name': "is part of a file's name",
  database: 'lies in the database',
  'system-call': 'was written somewhere else than to a permitted socket',
  page: 'stands on a page',
  'http-answer': 'was said back in an HTTP answer',
  memory: 'is still held in memory',
  'vendor-field': 'went to a vendor, which it must not',
  'before-consent': 'went to a vendor before consent',
  'after-withdrawal': 'went to a vendor after withdrawal',
  'stale-notice': 'went to a vendor whose notice had changed since the person agreed',
  'training-not-agreed': 'went to a vendor that may train on it, which the person had not agreed to',
  'not-admitted': 'went to a vendor although its author is not admitted',
  'blocked-place': 'went to a vendor from a conversation where the organisation forbids it',
  'vendor-not-agreed': 'went to a vendor that was not agreed to',
  'mixed-conversations': 'went to a vendor together with words of another conversation',
  'asked-again': 'went to a vendor once more after it was answered',
  'unaccounted-request': 'a vendor was asked something that nobody asked',
  wire: 'is not as the notice and the settings promise',
  'record-kept': 'a person was erased, and their key is still there',
  'shown-after-end': 'was shown after the person had ended it',
  'shown-elsewhere': 'was shown in a chat that it does not belong to',
  'live-address': 'stands in an address that can be clicked',
  'platform-field': 'went to a platform where nobody sees it',
  connection: 'a connection to a host that is not on the list',
  unseen: 'a system call by which words can go unseen',
};
