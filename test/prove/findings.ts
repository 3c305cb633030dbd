import type { Field } from './canaries';

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
  'shown-after-end',
  'shown-elsewhere',
  'vendor-not-agreed',
  'unaccounted-request',
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
  'shown-after-end': 'was shown after the person had ended it',
  'shown-elsewhere': 'was shown in a chat that it does not belong to',
  'vendor-not-agreed': 'went to a vendor that was not agreed to',
  'unaccounted-request': 'a vendor was asked something that nobody asked',
  connection: 'a connection to a host that is not on the list',
  unseen: 'a system call by which words can go unseen',
};
