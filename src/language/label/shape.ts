import type { AskReason } from '../../consent/consent';
import type { NoticeRedaction, StatementKey } from '../../consent/notice';

/** What may have changed since somebody agreed. */
export type Changed = 'what' | 'masked' | 'endpoint' | 'model' | 'where' | Exclude<StatementKey, 'residency'>;

/**
 * The words on a label: what a person reads before they agree, as on a food packet. The whole card has at most 65 words
 * in English and 170 characters in Japanese, whatever stands on it.
 */
export interface LabelSentences {
  title(vendorName: string): string;
  trainingTitle(vendorName: string): string;
  /** Why somebody who agreed before is asked once more; of a change, with what changed. */
  readonly lead: Readonly<Record<Exclude<AskReason, 'first' | 'notice-changed' | 'training'> | 'withdrawn', string>>;
  changed(what: readonly Changed[]): string;
  /** What follows where they say nothing, in organisations that leave it at that. */
  readonly sendsUnlessRefused: string;
  readonly names: Readonly<Record<'what' | 'masked' | 'training' | 'retention' | 'where', string>>;
  readonly what: Readonly<Record<'own' | 'consented' | 'none', string>>;
  /** Undefined where all kinds are masked. */
  masked(how: NoticeRedaction | undefined): string;
  /** The organisation lets the vendor train on what is sent. */
  readonly sharesForTraining: string;
  /** The choice of its own beside agreeing, not ticked. */
  readonly trainingChoice: string;
  /** Where the command led to the label. */
  readonly typeAgain: string;
  readonly withdrawHint: string;
}
