import type { Image, ImageType } from '../model/image';
import type { Text } from '../model/text';
import type { Oddity } from './kit/oddity';
import type { Residency } from './kit/residency';

/** Where a prompt goes: the part of a vendor's data handling that the organisation's settings decide. */
export interface Route {
  /** The vendor's id in the registry. */
  readonly vendor: string;
  /** The host that receives the prompt, e.g. `api.openai.com`; `none` for `preview`. */
  readonly endpoint: string;
  /** Where the vendor processes, as far as the settings prove it. */
  readonly region: Residency;
  /** The models that may answer, the first by default, with `, ` between. */
  readonly model: string;
  /** The organisation lets the vendor train on what goes, as its settings say. */
  readonly sharesForTraining: boolean;
}

export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly text: Text;
  /** Pictures that go with the words of a `user` message, to connectors that take them. */
  readonly images?: readonly Image[];
}

export interface Prompt {
  /** One of the connector's models; its first where none is told. */
  readonly model?: string;
  readonly instructions: Text;
  /** Oldest first; the last one is the question. */
  readonly messages: readonly PromptMessage[];
  /** A stable pseudonym of the person, ≤ 64 characters, for vendors that ask for a safety identifier. */
  readonly safetyId: string;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** One piece of a streamed answer. A stream that ends without `finish` was truncated and throws instead. */
export type StreamPart =
  | { readonly type: 'delta'; readonly text: Text }
  /** The vendor is at work and has no words yet: it reasons, loads its model, or keeps the connection open. */
  | {
      readonly type: 'life';
      /** It thinks: whatever comes of it, that is paid for. */
      readonly isThought?: boolean;
      /** It sent something that was not understood, and was passed over. */
      readonly oddity?: Oddity;
      /** It took the question, and sent no more than that: what fails now may be tried again. */
      readonly isOpening?: true;
      /** dejiren says it in the vendor's place, where an answer that comes whole shows nothing while it is made. */
      readonly isOurs?: true;
    }
  | {
      readonly type: 'finish';
      /** `cut`: the model met its length limit. */
      readonly reason: 'complete' | 'cut';
      readonly usage?: Usage;
      /** The vendor's own id for the request, for the operator. */
      readonly requestId?: string;
    };

/**
 * One generative AI vendor.
 *
 * @example
 * ```ts
 * for await (const part of connector.stream({ instructions, messages, safetyId }, signal)) {
 *   if (part.type === 'delta') show(part.text);
 *   else if (part.type === 'finish' && part.reason === 'cut') tellThatItWasCut();
 * }
 * ```
 */
export interface Connector {
  readonly route: Route;
  /** The kinds of pictures that may go along; without it the prompt must hold none. */
  readonly imageTypes?: readonly ImageType[];
  /** Its answers show the prompt itself: the placeholders in them stay, as a vendor would have seen them. */
  readonly showsPrompt?: true;
  /**
   * Streams one answer. Aborting `signal` closes the vendor's socket. Throws only `VendorError`.
   * Leaving the loop early closes the socket as well. `mayAskAgain` is asked before the prompt is sent once more.
   */
  stream(prompt: Prompt, signal: AbortSignal, mayAskAgain?: () => Promise<boolean>): AsyncIterable<StreamPart>;
}

/** Whether it comes from the vendor, and tells that it began to work on the question. */
export function isAtWork(next: IteratorResult<StreamPart>): boolean {
  return !isOpening(next) && (next.done === true || next.value.type !== 'life' || next.value.isOurs !== true);
}

/** Whether a vendor has not begun to work on the question, as far as its first parts tell. */
export function isOpening(next: IteratorResult<StreamPart>): boolean {
  return next.done !== true && next.value.type === 'life' && next.value.isOpening === true;
}
