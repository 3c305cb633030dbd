import type { ConsentHandler } from '../../src/consent/consent';
import type { Input } from '../../src/consent/input';
import { consentCard } from '../../src/language/cards';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import type { TurnInbox } from '../../src/model/adapter';
import { Bytes } from '../../src/model/bytes';
import { sealText } from '../../src/model/text';
import type { ConversationId, Language, MessageId, PersonId, ThreadId, Turn, TurnId } from '../../src/model/turn';
import type { Resident } from './people';
import { Refusal, TEXT_LIMIT } from './request';
import { CHANNEL, directChatOf, type LocalFile, type PrivateCard, type Room, type Said } from './room';
import { createSurface, placeCard } from './surface';
import { readTyped } from './utterance';

export interface ConversationParts {
  readonly room: Room;
  readonly inbox: TurnInbox;
  readonly consent: ConsentHandler;
  readonly now: () => number;
}

/** A message as it was typed, and where. */
export interface Post {
  readonly by: Resident;
  readonly conversation: string;
  readonly thread: string | undefined;
  readonly text: string;
  /** `data` in Base64. */
  readonly files: readonly { readonly name: string; readonly mediaType: string; readonly data: string }[];
  readonly language: Language;
  /** What the page calls what was done. */
  readonly act?: string | undefined;
}

/** A press of a card's button, by its position on the version of the card that was shown. */
export interface Press {
  readonly card: string;
  readonly version: number;
  readonly button: number;
  /** The card's box was ticked. */
  readonly ticked: boolean;
  readonly act?: string | undefined;
}

/** What a person can do in the local chat. Methods throw `Refusal` for what cannot be done. */
export interface Conversations {
  /** Resolves to the thread that the message came to stand in. */
  post(post: Post): Promise<ThreadId>;
  /** Resolves when the press has had its effect; the answer to a question follows by itself. */
  press(by: Resident, press: Press, language: Language): Promise<void>;
  stop(by: Resident, conversation: string, thread: string | undefined): void;
  /** Starts afresh in the direct chat: what was said before is no context any more. */
  startAfresh(by: Resident): void;
  remove(by: Resident, message: string): void;
}

/** The local chat has no clock but ours: what people do counts in the order in which it comes. */
function inputOf({ person }: Resident, act: string | undefined): Input {
  return { id: act && `act:${person.id}:${act}` };
}

export function createConversations(parts: ConversationParts): Conversations {
  const { room, inbox, consent, now } = parts;
  const sessions = new Map<PersonId, ThreadId>();

  function placeFor(by: Resident, conversation: string): ConversationId {
    const place = conversation === CHANNEL ? CHANNEL : directChatOf(by.person.id);
    if (conversation !== place) throw new Refusal(403, 'not-yours');
    return place;
  }

  function sessionOf(person: PersonId): ThreadId {
    const session = sessions.get(person) ?? (`${directChatOf(person)}-${room.nextId()}` as ThreadId);
    sessions.set(person, session);
    return session;
  }

  function threadFor(conversation: ConversationId, by: Resident, thread: string | undefined): ThreadId | undefined {
    if (conversation !== CHANNEL) return sessionOf(by.person.id);
    if (thread === undefined) return undefined;
    const known = room.entries(conversation).find((entry) => entry.thread === thread);
    if (known === undefined) throw new Refusal(404, 'gone');
    return known.thread;
  }

  async function command(
    by: Resident,
    typed: string,
    place: { readonly conversation: ConversationId; readonly thread: ThreadId },
    { language, act }: Pick<Post, 'language' | 'act'>,
  ): Promise<void> {
    const view = await consent.run(by.person, sealText(typed), {
      surface: 'command',
      language,
      conversation: place.conversation,
      input: inputOf(by, act),
    });
    placeCard(room, by.person.id, { ...place, at: now() }, consentCard(view, language));
  }

  function ask(by: Resident, said: Said, id: TurnId, language: Language): void {
    const { conversation, thread } = said;
    const turn: Turn = {
      id,
      person: by.person,
      conversation: {
        id: conversation,
        kind: conversation === CHANNEL ? 'channel' : 'direct',
        thread,
        sharedExternally: false,
      },
      message: { conversation, thread, message: said.id },
      question: said.said,
      files: said.files,
      language,
      receivedAt: now(),
    };
    inbox.receive(turn, createSurface(turn, { room, now }));
  }

  /** Reads the question again and asks it, as it stands now. */
  function askAgain(by: Resident, entry: PrivateCard, message: string, suffix: string, language: Language): void {
    const question = room.find(message);
    if (question?.kind === 'said' && question.author === by.person.id) {
      ask(by, question, `${question.id}:${suffix}` as TurnId, language);
      return;
    }
    placeCard(room, by.person.id, { ...entry, at: now() }, noteCard(sentencesFor(language).sendAgain));
  }

  return {
    async post({ by, conversation: where, thread: wanted, text, files: attached, language, act }) {
      if (text.length > TEXT_LIMIT) throw new Refusal(413, 'text-too-long');
      const conversation = placeFor(by, where);
      const typed = readTyped(text, attached.length > 0);
      if (typed.kind === 'empty') throw new Refusal(400, 'empty');
      if (typed.kind === 'new') {
        sessions.delete(by.person.id);
        return sessionOf(by.person.id);
      }
      const id = room.nextId() as MessageId;
      const thread = threadFor(conversation, by, wanted) ?? (String(id) as ThreadId);
      if (typed.kind === 'command') {
        await command(by, typed.words, { conversation, thread }, { language, act });
        return thread;
      }
      const author = by.person.id;
      const shown = sealText(text.trim());
      const files = attached.map(({ name, mediaType, data }): LocalFile => {
        const bytes = new Bytes(Buffer.from(data, 'base64'));
        const known = mediaType || 'application/octet-stream';
        return { id: room.nextId(), name: sealText(name), mediaType: known, size: bytes.size, bytes };
      });
      const place = { id, conversation, thread, at: now() };
      const said: Said = { kind: 'said', ...place, author, shown, said: typed.said, files };
      room.add(said);
      if (conversation === CHANNEL && !typed.mentionsDejiren) return thread;
      if (typed.said.text.isBlank && files.length === 0)
        await command(by, 'help', { conversation, thread }, { language, act });
      else ask(by, said, String(id) as TurnId, language);
      return thread;
    },

    async press(by, { card, version, button, ticked, act }, language) {
      const entry = room.find(card);
      if (entry?.kind !== 'card' || entry.seenBy !== by.person.id) throw new Refusal(404, 'gone');
      const action = entry.card.buttons[button]?.action;
      if (entry.version !== version) throw new Refusal(409, 'card-changed');
      if (action === undefined) throw new Refusal(400, 'malformed');
      if (action.do === 'dismiss') return room.remove(entry);
      entry.version += 1;
      const surface = action.question === undefined ? 'button' : 'card';
      const asked = { ...action, ...(ticked && { training: true }) };
      const { conversation } = entry;
      const view = await consent.act(by.person, asked, {
        surface,
        language,
        conversation,
        input: inputOf(by, act),
      });
      entry.card = consentCard(view, language, action.question);
      room.touch(entry);
      if (view.kind !== 'granted' || action.question === undefined) return;
      const suffix = action.purpose === 'training' ? 'agreed-training' : 'agreed';
      askAgain(by, entry, action.question.message, suffix, language);
    },

    stop(by, where, thread) {
      const conversation = placeFor(by, where);
      inbox.stop(by.person, conversation, thread as ThreadId | undefined);
    },

    startAfresh(by) {
      sessions.delete(by.person.id);
      sessionOf(by.person.id);
    },

    remove(by, message) {
      const entry = room.find(message);
      if (entry === undefined) throw new Refusal(404, 'gone');
      if (entry.kind !== 'said' || entry.author !== by.person.id) throw new Refusal(403, 'not-yours');
      room.remove(entry);
    },
  };
}
