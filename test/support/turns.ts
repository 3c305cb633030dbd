import { sealText } from '../../src/model/text';
import type {
  AttachedFile,
  ConversationId,
  Language,
  MessageId,
  Person,
  PersonId,
  Platform,
  TenantId,
  ThreadId,
  Turn,
  TurnId,
} from '../../src/model/turn';

interface TurnWish {
  readonly id?: string;
  readonly platform?: Platform;
  readonly tenant?: string;
  readonly person?: string;
  readonly membership?: Person['membership'];
  readonly conversation?: string;
  readonly kind?: 'direct' | 'group' | 'channel';
  readonly thread?: string;
  readonly question?: string;
  readonly language?: Language;
  readonly files?: readonly AttachedFile[];
}

export function aPerson(wish: TurnWish = {}): Person {
  return {
    platform: wish.platform ?? 'slack',
    tenant: (wish.tenant ?? 'T1') as TenantId,
    id: (wish.person ?? 'U1') as PersonId,
    membership: wish.membership ?? 'member',
  };
}

/** A question with every field at a plain default. */
export function aTurn(wish: TurnWish = {}): Turn {
  const conversation = (wish.conversation ?? 'C1') as ConversationId;
  const thread = (wish.thread ?? '1.0') as ThreadId;
  const id = wish.id ?? '1.0';
  return {
    id: id as TurnId,
    person: aPerson(wish),
    conversation: { id: conversation, kind: wish.kind ?? 'channel', thread, sharedExternally: false },
    message: { conversation, thread, message: id as MessageId },
    question: { text: sealText(wish.question ?? 'What is a turn?'), mentions: [] },
    files: wish.files ?? [],
    language: wish.language ?? 'en',
    receivedAt: 0,
  };
}
