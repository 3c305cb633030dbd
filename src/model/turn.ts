import type { Text } from './text';

/** The id of a chat platform, as its module has it. */
export type Platform = string;
export type Language = 'en' | 'ja';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** An organisation on a platform: a Slack workspace, an Entra tenant. Unique within its platform only. */
export type TenantId = Branded<'TenantId'>;
/** A person within a tenant: a Slack user id, an Entra object id. Never a name. */
export type PersonId = Branded<'PersonId'>;
export type ConversationId = Branded<'ConversationId'>;
export type ThreadId = Branded<'ThreadId'>;
export type MessageId = Branded<'MessageId'>;
/** The platform's identity of one question, the same in every redelivery of it. */
export type TurnId = Branded<'TurnId'>;

/** `unknown` is anyone whose membership the platform did not tell: consent treats them as a stranger. */
export type Membership = 'member' | 'guest' | 'external' | 'bot' | 'unknown';

export interface Person {
  readonly platform: Platform;
  readonly tenant: TenantId;
  readonly id: PersonId;
  readonly membership: Membership;
}

export interface Conversation {
  readonly id: ConversationId;
  readonly kind: 'direct' | 'group' | 'channel';
  /** The thread that the answer goes to; the question's own id where it starts one. */
  readonly thread: ThreadId;
  /** Whether another organisation takes part in it (Slack Connect, shared Teams channels). */
  readonly sharedExternally: boolean;
}

/** Where a message stands on its platform: enough to read it again, and nothing of what it says. */
export interface MessageRef {
  readonly conversation: ConversationId;
  readonly thread: ThreadId;
  readonly message: MessageId;
}

/** A mention as it stands in a message: `<@U1>`, `<#C1|general>`, `@Aiko`. */
export interface Mention {
  /** The exact characters in the text that stand for the mention. */
  readonly token: Text;
  readonly kind: 'person' | 'conversation' | 'group';
  readonly id: string;
  /** The name shown for it, where the platform told. */
  readonly label?: Text;
}

/** What one person said: the words, as plain Markdown, and the mentions in them. dejiren's own mention is taken out. */
export interface Utterance {
  readonly text: Text;
  readonly mentions: readonly Mention[];
}

/** A file that came with a question: what the platform tells of it before it is read. */
export interface AttachedFile {
  readonly id: string;
  /** E.g. `image/png`; `application/octet-stream` where the platform does not tell. */
  readonly mediaType: string;
  /** Bytes; 0 where the platform does not tell. */
  readonly size: number;
}

/** A message that came along with a question: forwarded, or quoted by the platform. Its words are its author's. */
export interface ForwardedMessage {
  /** Of unknown membership where the platform does not tell who wrote it. */
  readonly author: Person;
  /** Every name that the platform gave for the author. */
  readonly names: readonly Text[];
  readonly said: Utterance;
}

/**
 * What came with a question beside words, files and messages, and goes nowhere: the preview of a link; a card, a poll
 * or a picture that is no file.
 */
export type LeftOut = 'preview' | 'attachment';

/** One question on its way to an answer. It lives in memory until the answer's last character, and nowhere else. */
export interface Turn {
  readonly id: TurnId;
  readonly person: Person;
  readonly conversation: Conversation;
  readonly message: MessageRef;
  readonly question: Utterance;
  readonly files: readonly AttachedFile[];
  /** None when left out, like the next. */
  readonly forwarded?: readonly ForwardedMessage[];
  readonly leftOut?: readonly LeftOut[];
  /** It came by an edit, and may have been taken as it was before. */
  readonly edited?: boolean;
  readonly language: Language;
  /** Milliseconds since the epoch at which dejiren received it. */
  readonly receivedAt: number;
}
