import { sentenceOfEnding } from '../../src/language/ending';
import { sentencesFor } from '../../src/language/sentences';
import type { ReplyControl, ReplyStream } from '../../src/model/reply';
import type { Language } from '../../src/model/turn';
import { createReplyStream } from '../kit/reply';
import type { ReplyTransport } from '../kit/reply-transport';
import type { Sign } from '../kit/sign';
import { LocalMessage } from './message';
import type { Answer, Room } from './room';

export interface ReplyParts {
  readonly room: Pick<Room, 'grow' | 'touch' | 'remove'>;
  readonly entry: Answer;
  readonly sign: Sign;
  readonly control: ReplyControl;
  readonly language: Language;
  /** Tells the asker alone, where not one word was shown. */
  readonly tellAsker: (sentence: string) => void;
}

/** The page takes an answer of any length in one message. */
const SIZE = { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };

/** Shows an answer in the local chat as it comes. */
export function createReply(parts: ReplyParts): ReplyStream {
  return createReplyStream(localTransport(parts), parts.control, parts.language);
}

function localTransport({ room, entry, sign, language, tellAsker }: ReplyParts): ReplyTransport {
  const sentences = sentencesFor(language);
  const message = new LocalMessage({
    room,
    entry,
    sentence: (ending) => (ending.kind === 'complete' ? undefined : sentenceOfEnding(ending, sentences)),
  });
  return {
    size: SIZE,
    holdsOnceRefused: false,
    ready: () => sign.giveWay(),
    appeared: () => sign.cover(),
    begin: () => 'as-it-comes',
    open: () => message,
    plainer: () => false,
    async tellPrivately(sentence) {
      tellAsker(sentence);
      return true;
    },
    async tellWhyNothing(sentence, { kind }) {
      if (kind === 'retracted') message.end(sentence);
      else {
        room.remove(entry);
        tellAsker(sentence);
      }
      return 'told';
    },
    finished() {},
  };
}
