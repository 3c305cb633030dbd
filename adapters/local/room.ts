import { randomBytes } from 'node:crypto';
import type { Bytes } from '../../src/model/bytes';
import type { Card } from '../../src/model/card';
import type { Answerer } from '../../src/model/reply';
import type { Text } from '../../src/model/text';
import type { AttachedFile, ConversationId, MessageId, PersonId, ThreadId, Utterance } from '../../src/model/turn';
import { RESIDENTS } from './people';

/** Bounds of what is kept in memory for one conversation; the oldest goes first. */
export interface RoomBounds {
  readonly messages: number;
  readonly threads: number;
  /** UTF-16 code units of all messages together. */
  readonly characters: number;
  readonly fileBytes: number;
}

const ROOM_BOUNDS: RoomBounds = { messages: 500, threads: 50, characters: 2_000_000, fileBytes: 64 * 1024 * 1024 };

interface Placed {
  readonly id: MessageId;
  readonly conversation: ConversationId;
  readonly thread: ThreadId;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A file that somebody attached. */
export interface LocalFile extends AttachedFile {
  readonly name: Text;
  readonly bytes: Bytes;
}

/** Something that stands in the local chat. It is in memory only, and gone when dejiren stops. */
export type Entry =
  | (Placed & {
      readonly kind: 'said';
      readonly author: PersonId;
      readonly shown: Text;
      readonly said: Utterance;
      /** In a direct chat always; in the channel where it mentions dejiren. */
      readonly asks: boolean;
      readonly files: readonly LocalFile[];
    })
  | (Placed & {
      readonly kind: 'answer';
      readonly to: PersonId;
      readonly question: MessageId;
      /** Settled by the time that there are pieces; undefined before it is known who is asked. */
      answerer: (() => Answerer) | undefined;
      state: 'waiting' | 'streaming' | 'ended';
      pieces: Text[];
      ending: string | undefined;
    })
  | (Placed & { readonly kind: 'card'; readonly seenBy: PersonId; card: Card; version: number });

export type Said = Extract<Entry, { kind: 'said' }>;
export type Answer = Extract<Entry, { kind: 'answer' }>;
export type PrivateCard = Extract<Entry, { kind: 'card' }>;

/** Told of what changed; the events of the page come from here. */
export interface RoomListener {
  changed(entry: Entry): void;
  grew(entry: Answer, piece: Text): void;
  removed(entry: Entry): void;
}

/** The conversations of the local chat. */
export interface Room {
  readonly conversations: readonly ConversationId[];
  /** The one person of a direct chat; undefined for a channel, and for a conversation that there is not. */
  ownerOf(conversation: ConversationId): PersonId | undefined;
  has(conversation: ConversationId): boolean;
  /** A new id, which no other run gives: questions are remembered for longer than a run lasts. */
  nextId(): string;
  add(entry: Entry): void;
  find(id: string): Entry | undefined;
  /** Tells the listener that an entry was changed in place. */
  touch(entry: Entry): void;
  grow(entry: Answer, piece: Text): void;
  remove(entry: Entry): void;
  /** Oldest first. */
  entries(conversation: ConversationId): readonly Entry[];
  clear(): void;
}

export const CHANNEL = 'general' as ConversationId;

export function directChatOf(person: PersonId): ConversationId {
  return `direct-${person}` as ConversationId;
}

export function createRoom(listener: RoomListener, bounds: RoomBounds = ROOM_BOUNDS): Room {
  const owners = new Map(RESIDENTS.map(({ person }) => [directChatOf(person.id), person.id]));
  const entries = new Map<ConversationId, Entry[]>([CHANNEL, ...owners.keys()].map((id) => [id, []]));
  const run = randomBytes(9).toString('base64url');
  let count = 0;

  const listOf = (conversation: ConversationId): Entry[] => entries.get(conversation) ?? [];

  function remove(entry: Entry): void {
    const list = listOf(entry.conversation);
    const index = list.indexOf(entry);
    if (index < 0) return;
    list.splice(index, 1);
    listener.removed(entry);
  }

  /** Lets the oldest thread go as a whole, or the oldest message of the thread that just grew. */
  function keepWithin(newest: Entry): void {
    const list = listOf(newest.conversation);
    while (isOver(list, bounds)) {
      const oldest = list.find((entry) => entry !== newest && !(startsThread(entry) && entry.thread === newest.thread));
      if (oldest === undefined) return;
      const gone = startsThread(oldest) ? list.filter(({ thread }) => thread === oldest.thread) : [oldest];
      for (const entry of gone) remove(entry);
    }
  }

  return {
    conversations: [...entries.keys()],
    ownerOf: (conversation) => owners.get(conversation),
    has: (conversation) => entries.has(conversation),
    nextId: () => `m${++count}-${run}`,
    add(entry) {
      listOf(entry.conversation).push(entry);
      listener.changed(entry);
      keepWithin(entry);
    },
    find(id) {
      for (const list of entries.values()) {
        const found = list.find((entry) => entry.id === id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    touch(entry) {
      if (listOf(entry.conversation).includes(entry)) listener.changed(entry);
    },
    grow(entry, piece) {
      entry.pieces.push(piece);
      if (listOf(entry.conversation).includes(entry)) listener.grew(entry, piece);
    },
    remove,
    entries: listOf,
    clear() {
      for (const list of entries.values()) list.length = 0;
    },
  };
}

function startsThread(entry: Entry): boolean {
  return String(entry.id) === String(entry.thread);
}

function isOver(list: readonly Entry[], bounds: RoomBounds): boolean {
  return (
    list.length > bounds.messages ||
    new Set(list.map(({ thread }) => thread)).size > bounds.threads ||
    list.reduce((sum, entry) => sum + sizeOf(entry), 0) > bounds.characters ||
    list.reduce((sum, entry) => sum + bytesOf(entry), 0) > bounds.fileBytes
  );
}

function bytesOf(entry: Entry): number {
  return entry.kind === 'said' ? entry.files.reduce((sum, { bytes }) => sum + bytes.size, 0) : 0;
}

function sizeOf(entry: Entry): number {
  if (entry.kind === 'said') return entry.shown.length;
  if (entry.kind === 'card') return 0;
  return entry.pieces.reduce((sum, piece) => sum + piece.length, 0);
}
