import { consentCard } from '../../src/language/cards';
import { Bytes } from '../../src/model/bytes';
import { sealText } from '../../src/model/text';
import type { ConversationId, Language, MessageId, PersonId, ThreadId, Turn } from '../../src/model/turn';
import { turnIdOf } from '../kit/presses';
import type { Resident } from './people';
import { Refusal, TEXT_LIMIT } from './request';
import { CHANNEL, directChatOf, type LocalFile, type Said } from './room';
import { inputOf, type LocalServices } from './services';
import { createSurface, placeCard } from './surface';
import { readTyped } from './utterance';

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

/**
 * Takes what somebody typed: a question, a command, or words to the others. Resolves to the thread that it came to stand
 * in. Throws a `Refusal` for what cannot be done.
 */
export async function takePost(post: Post, services: LocalServices): Promise<ThreadId> {
  const { room, sessions, now } = services;
  const { by, text, language } = post;
  if (text.length > TEXT_LIMIT) throw new Refusal(413, 'text-too-long');
  const conversation = placeFor(by, post.conversation);
  const typed = readTyped(text, post.files.length > 0);
  if (typed.kind === 'empty') throw new Refusal(400, 'empty');
  if (typed.kind === 'new') {
    sessions.delete(by.person.id);
    return sessionOf(by.person.id, services);
  }
  const id = room.nextId() as MessageId;
  const thread = threadFor(conversation, post, services) ?? (String(id) as ThreadId);
  const place = { conversation, thread };
  if (typed.kind === 'command') {
    await runCommand(typed.words, post, place, services);
    return thread;
  }
  const files = post.files.map((file) => keptFile(file, services));
  const shown = sealText(text.trim());
  const author = by.person.id;
  const asks = conversation !== CHANNEL || typed.mentionsDejiren;
  const said: Said = { kind: 'said', id, ...place, at: now(), author, shown, said: typed.said, asks, files };
  room.add(said);
  if (!asks) return thread;
  if (typed.said.text.isBlank && files.length === 0) await runCommand('help', post, place, services);
  else ask(by, said, language, services);
  return thread;
}

/**
 * Asks a question of the person's own once more: the same words and files, as a message of its own at the end of the
 * thread. Throws a `Refusal` where it is not there any more, or was no question.
 */
export function askAgain(by: Resident, message: string, language: Language, services: LocalServices): void {
  const { room, now } = services;
  const asked = room.find(message);
  if (asked === undefined) throw new Refusal(404, 'gone');
  if (asked.kind !== 'said' || asked.author !== by.person.id) throw new Refusal(403, 'not-yours');
  if (!asked.asks) throw new Refusal(400, 'malformed');
  const thread = asked.conversation === CHANNEL ? asked.thread : sessionOf(by.person.id, services);
  const said: Said = { ...asked, id: room.nextId() as MessageId, thread, at: now() };
  room.add(said);
  ask(by, said, language, services);
}

function ask(by: Resident, said: Said, language: Language, services: LocalServices): void {
  const turn = turnOf(by, said, language, services.now());
  services.inbox.receive(turn, createSurface(turn, services));
}

/** Makes a turn of a message, which may be answered after its asker agreed to a purpose. */
export function turnOf(
  { person }: Resident,
  { id, conversation, thread, said, files }: Said,
  language: Language,
  receivedAt: number,
  agreedTo?: 'use' | 'training',
): Turn {
  const kind = conversation === CHANNEL ? 'channel' : 'direct';
  return {
    id: turnIdOf(conversation, id, agreedTo),
    person,
    conversation: { id: conversation, kind, thread, sharedExternally: false },
    message: { conversation, thread, message: id },
    question: said,
    files,
    language,
    receivedAt,
  };
}

/** The channel, or the person's own direct chat: nobody else's is reached. */
export function placeFor(by: Resident, conversation: string): ConversationId {
  const place = conversation === CHANNEL ? CHANNEL : directChatOf(by.person.id);
  if (conversation !== place) throw new Refusal(403, 'not-yours');
  return place;
}

/** Begins anew in the direct chat: what was said before is no context any more. */
export function startAfresh(by: Resident, services: LocalServices): void {
  services.sessions.delete(by.person.id);
  sessionOf(by.person.id, services);
}

/** Deletes a message of the person's own. */
export function removeMessage(by: Resident, message: string, { room }: LocalServices): void {
  const entry = room.find(message);
  if (entry === undefined) throw new Refusal(404, 'gone');
  if (entry.kind !== 'said' || entry.author !== by.person.id) throw new Refusal(403, 'not-yours');
  room.remove(entry);
}

function sessionOf(person: PersonId, { room, sessions }: LocalServices): ThreadId {
  const session = sessions.get(person) ?? (`${directChatOf(person)}-${room.nextId()}` as ThreadId);
  sessions.set(person, session);
  return session;
}

function threadFor(conversation: ConversationId, { by, thread }: Post, services: LocalServices): ThreadId | undefined {
  if (conversation !== CHANNEL) return sessionOf(by.person.id, services);
  if (thread === undefined) return undefined;
  const known = services.room.entries(conversation).find((entry) => entry.thread === thread);
  if (known === undefined) throw new Refusal(404, 'gone');
  return known.thread;
}

function keptFile({ name, mediaType, data }: Post['files'][number], { room }: LocalServices): LocalFile {
  const bytes = new Bytes(Buffer.from(data, 'base64'));
  const known = mediaType || 'application/octet-stream';
  return { id: room.nextId(), name: sealText(name), mediaType: known, size: bytes.size, bytes };
}

async function runCommand(
  words: string,
  { by, language, act }: Post,
  place: { readonly conversation: ConversationId; readonly thread: ThreadId },
  { consent, room, now }: LocalServices,
): Promise<void> {
  const input = inputOf(by, act);
  const origin = { surface: 'command', language, conversation: place.conversation, input } as const;
  const view = await consent.run(by.person, sealText(words), origin);
  placeCard(room, by.person.id, { ...place, at: now() }, consentCard(view, language));
}
