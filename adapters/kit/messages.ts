import type { ConsentHandler } from '../../src/consent/consent';
import { endOf } from '../../src/consent/done';
import type { Input } from '../../src/consent/input';
import { consentCard } from '../../src/language/cards';
import { languageOf } from '../../src/language/language-of';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import type { Log } from '../../src/log/log';
import type { TurnInbox, TurnSurface } from '../../src/model/adapter';
import type { InputRegister } from '../../src/model/inputs';
import { openText, sealText, type Text } from '../../src/model/text';
import type { Language, Turn } from '../../src/model/turn';
import type { Request } from './request';
import { takeOnce } from './take-once';

/** A message that addresses dejiren, read by its platform. Whoever wrote it is no bot. */
export interface AddressedMessage {
  /** The message as a question, whatever it turns out to be. */
  readonly turn: Turn;
  readonly surface: TurnSurface;
  readonly request: Request;
  /** What it is known by, however often it is delivered. */
  readonly input: Input;
  /** It came by an edit. `isLate`: nobody can tell any more whether it was answered before. */
  readonly edit: { readonly isLate: boolean } | undefined;
  /** It was shown to dejiren alone: then it is a command, whatever its words. */
  readonly aside?: boolean;
}

/** What it takes to work on a message. An adapter hands in what it was itself given. */
export interface MessageParts {
  readonly inbox: TurnInbox;
  readonly inputs: InputRegister;
  readonly consent: ConsentHandler;
  readonly log: Log;
  /** Spoken where nothing tells the person's language. */
  readonly language: Language;
  readonly now: () => number;
  /** What an edit that leaves nothing but the mention is: a wish for help, as an empty mention is, or nothing. */
  readonly emptyEdit: 'help' | 'nothing';
  /** Lets what was said before be no context any more. Left out where `new` cannot be typed. */
  readonly startAnew?: (turn: Turn) => void;
}

type Sentences = ReturnType<typeof sentencesFor>;

/** What becomes of a message. */
type Errand =
  | { readonly do: 'ask' | 'start-anew' | 'stop' | 'nothing' }
  | { readonly do: 'say'; readonly sentence: (sentences: Sentences) => string; readonly code?: 'standing-unknown' }
  | { readonly do: 'command'; readonly words: Text };

/**
 * Takes a message that addresses dejiren: a question goes to the dispatcher, which takes each once; everything else is
 * done here, once, and told to the person alone. An edit of a question is the same question; a command is taken as it
 * was sent first, and never by an edit.
 *
 * @example
 * await takeMessage({ turn, surface, request: requestOf(turn.question), input, edit: undefined }, parts);
 */
export async function takeMessage(message: AddressedMessage, parts: MessageParts): Promise<void> {
  const { turn, surface, input, edit } = message;
  const errand = errandOf(message, parts.emptyEdit);
  if (errand.do === 'ask' && edit === undefined) return parts.inbox.receive(turn, surface);
  const { platform, tenant } = turn.person;
  return takeOnce(parts.inputs, { platform, tenant, id: input.id }, parts.now(), () => run(errand, message, parts));
}

/** Decides what a message is for. */
function errandOf({ turn, request, edit, aside = false }: AddressedMessage, emptyEdit: 'help' | 'nothing'): Errand {
  const { person, files, forwarded = [], leftOut = [], question } = turn;
  const isAlone = request.kind === 'nothing' && files.length === 0;
  const asks = request.kind === 'question' || (request.kind === 'nothing' && !isAlone);
  const isQuestion = asks && !aside;
  if (edit?.isLate === true) return { do: 'say', sentence: ({ notByEdit }) => notByEdit };
  if (isQuestion && person.membership !== 'unknown') return { do: 'ask' };
  if (isAlone && forwarded.length > 0) return { do: 'say', sentence: ({ noQuestion }) => noQuestion.forwarded };
  if (isAlone && leftOut.length > 0) return { do: 'say', sentence: ({ noQuestion }) => noQuestion.noWords };
  if (edit !== undefined && isAlone && emptyEdit === 'nothing') return { do: 'nothing' };
  if (edit !== undefined && !isAlone && !asks) return { do: 'say', sentence: ({ notByEdit }) => notByEdit };
  // Nobody is answered whose membership is not known; a person who asks is told so, as a bot would not be.
  if (isQuestion)
    return { do: 'say', sentence: ({ problem }) => problem('standing-unknown'), code: 'standing-unknown' };
  if (request.kind === 'new') return { do: 'start-anew' };
  if (request.kind === 'stop') return { do: 'stop' };
  if (request.kind === 'command') return { do: 'command', words: sealText(request.words) };
  return { do: 'command', words: question.text.isBlank ? sealText('help') : question.text };
}

async function run(
  errand: Errand,
  { turn, surface, input, edit }: AddressedMessage,
  parts: MessageParts,
): Promise<'done' | 'failed'> {
  const { inbox, consent, log } = parts;
  const { person, conversation, question } = turn;
  const say = async (sentence: string) => ((await surface.tellPrivately(noteCard(sentence))) ? 'done' : 'failed');
  switch (errand.do) {
    case 'ask':
      inbox.receive(edit === undefined ? turn : { ...turn, edited: true }, surface);
      return 'done';
    case 'nothing':
      return 'done';
    case 'say':
      if (errand.code !== undefined) log.warn('turn-refused', { code: errand.code, platform: person.platform });
      return say(errand.sentence(sentencesFor(turn.language)));
    case 'start-anew':
      parts.startAnew?.(turn);
      return say(sentencesFor(parts.language).startedAnew);
    case 'stop': {
      const stopped = inbox.stop(person, conversation.id, conversation.thread);
      if (stopped === 'stopped') return 'done';
      const { notYourAnswer, nothingToStop } = sentencesFor(parts.language);
      return say(stopped === 'anothers' ? notYourAnswer : nothingToStop);
    }
    case 'command': {
      const language = question.text.isBlank ? parts.language : languageOf(openText(errand.words), parts.language);
      const origin = { surface: 'command', language, conversation: conversation.id, input } as const;
      const view = await consent.run(person, errand.words, origin);
      return (await surface.tellPrivately(consentCard(view, language))) ? endOf(view) : 'failed';
    }
  }
}
