import type { DenyReason, VendorState } from '../consent/consent';
import type { MemoryWindow, NoticeRedaction, StatementKey } from '../consent/notice';
import type { Receipt } from '../consent/receipt';
import type { Problem, ProblemDetails } from '../model/problem';
import type { LeftOut } from '../model/turn';
import type { Counts } from '../redact/kinds';
import type { LabelSentences } from './label/shape';
import type { PageSentences } from './page-shape';

/** Every sentence that dejiren says to people, in one language. Sizes fit Slack: a label has at most 75 characters. */
export interface Sentences {
  readonly label: LabelSentences;
  /** Several of a kind in one sentence. */
  list(words: readonly string[]): string;
  problem(problem: Problem, details?: ProblemDetails): string;
  /** Closes an answer that did not simply end. */
  readonly ending: {
    readonly cut: string;
    readonly stopped: string;
    readonly withdrawn: string;
    readonly retracted: string;
    readonly interrupted: string;
  };
  /** The small line under an answer. */
  footer(vendorName: string, region: string): string;
  /** Above an answer that could not be shown as usual: why it is where it is, and why it is plain. */
  readonly shown: Readonly<Record<'channel' | 'asker' | 'direct' | 'plain', string>>;
  readonly quotesWithheld: string;
  /** What did not go along with a question that was answered. */
  readonly leftOut: Readonly<Record<LeftOut | 'forwarded' | 'thread', string>>;
  /** Said in answer to a message in which nobody asks anything: one that was forwarded alone, or a picture alone. */
  readonly noQuestion: { readonly forwarded: string; readonly noWords: string };
  /** Said in answer to a command that came by an edit, or a question that came by a late one. */
  readonly notByEdit: string;
  /** Said to somebody who would stop an answer to another. */
  readonly notYourAnswer: string;
  readonly nothingToStop: string;
  /** Said where somebody edits a question that was taken. */
  readonly takenBefore: string;
  /** What was found in a question, told to its asker. */
  readonly redaction: {
    /** Said beside an answer, in half a line. */
    replaced(counts: Counts): string;
    /** Said in place of one. */
    found(counts: Counts): string;
  };
  /** Said after agreeing, when the question cannot be read again. */
  /** Said before everybody where a person cannot be written to alone: it tells nothing of them. */
  readonly writeToMe: string;
  readonly sendAgain: string;
  /** Said after `/new`. */
  readonly startedAnew: string;
  /** After the bot's name, as Slack shows it. */
  readonly thinking: string;
  readonly stillThinking: string;
  /** By itself, above an answer to come. */
  readonly working: string;
  /** In its place once the wait is long. */
  readonly stillWorking: string;
  readonly stop: string;
  readonly suggestedPrompts: readonly { readonly title: string; readonly message: string }[];
  region(region: string): string;
  /** The place with the law that protects data there. */
  country(region: string): string;
  date(ms: number): string;
  /** The public page about data handling. */
  readonly page: PageSentences;
  readonly card: CardSentences;
}

/** The words on consent cards. */
export interface CardSentences {
  readonly askPromise: string;
  readonly withdrawHint: string;
  /** Below a card whose buttons cannot be shown. */
  readonly noButtons: string;
  readonly labels: Readonly<
    Record<'what' | 'to' | 'where' | StatementKey | 'endpoint' | 'model' | 'notice' | 'checked', string>
  >;
  /** By what goes along beside the asker's own words. */
  readonly what: Readonly<Record<'own' | 'consented' | 'none', string>>;
  /** What is taken out before; undefined where all kinds are replaced. */
  redaction(how: NoticeRedaction | undefined): string;
  /** What of Teams' chats stays in memory. */
  memory(window: MemoryWindow): string;
  to(vendorName: string, endpoint: string, model: string): string;
  readonly sharesForTraining: string;
  /** Labels what changed since the person agreed. */
  changed(label: string): string;
  /** What it said and what it says; `undefined` where it did not speak of it. */
  changedTo(before: string | undefined, after: string | undefined): string;
  readonly buttons: Readonly<
    Record<
      | 'agree'
      | 'agreeAndAnswer'
      | 'agreeTraining'
      | 'details'
      | 'notNow'
      | 'optOut'
      | 'back'
      | 'review'
      | 'withdraw'
      | 'undoGrant'
      | 'undoWithdraw'
      | 'undoChoice'
      | 'withdrawAll'
      | 'erase'
      | 'status'
      | 'keep'
      | 'export'
      | 'next'
      | 'previous',
      string
    >
  >;
  granted(vendorNames: string): string;
  validUntil(day: string): string;
  withdrawn(vendorNames: string): string;
  readonly withdrawnAll: string;
  readonly withdrawnDetail: string;
  reworded(vendorName: string): string;
  readonly rewordedDetail: string;
  readonly dismissed: string;
  readonly statusTitle: string;
  readonly standing: Readonly<Record<VendorState['state'], string>>;
  readonly inEffect: string;
  since(day: string): string;
  /** Facts in one line. */
  line(facts: readonly string[]): string;
  /** Sentences after each other. */
  paragraph(sentences: readonly string[]): string;
  vendorChosen(vendorName: string): string;
  readonly vendorChosenAsk: string;
  readonly vendorUnknownTitle: string;
  vendorUnknown(vendors: string): string;
  noticeTitle(vendorName: string): string;
  /** The link to the public article. */
  readonly article: string;
  source(title: string, checkedOn: string): string;
  readonly agreed: string;
  readonly notAgreed: string;
  readonly receiptTitle: string;
  readonly receiptNone: string;
  receiptNewest(shown: number, all: number): string;
  receipt(receipt: Receipt): string;
  /** Above the block to copy. */
  receiptSigned(vendorName: string): string;
  readonly exportTitle: string;
  /** Above one part of several; `exportWhole` where there is one only. */
  exportPart(number: number, of: number): string;
  readonly exportWhole: string;
  readonly verifyHint: string;
  readonly eraseTitle: string;
  readonly eraseConfirm: string;
  readonly erasedTitle: string;
  readonly erased: string;
  readonly helpTitle: string;
  readonly help: readonly string[];
  helpVendors(vendors: string): string;
  readonly refusedTitle: string;
  readonly refused: Readonly<Record<DenyReason, string>>;
}
