import type { Text } from '../model/text';
import type { Utterance } from '../model/turn';

export type ContextMessage =
  | { readonly from: 'asker'; readonly said: Utterance }
  | { readonly from: 'dejiren'; readonly said: Utterance }
  | { readonly from: 'person'; readonly id: string; readonly said: Utterance }
  /** Stands for a message of someone who has not agreed. */
  | { readonly from: 'withheld' };

/** Someone in the thread, with every name that the platform told: none of them goes to the vendor. */
export interface NamedPerson {
  readonly id: string;
  readonly names: readonly Text[];
}

/** What was read of a thread for one question. It is dropped with the turn. */
export interface Context {
  /** What may go to the vendor, oldest first. */
  readonly messages: readonly ContextMessage[];
  /** What may not go: kept until the question was searched for copies of it. */
  readonly withheld: readonly Utterance[];
  readonly people: readonly NamedPerson[];
}
