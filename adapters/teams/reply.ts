import { sentenceOfEnding } from '../../src/language/ending';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import type { Card } from '../../src/model/card';
import type { Answerer, ReplyControl, ReplyEnding, ReplyStream } from '../../src/model/reply';
import type { Text } from '../../src/model/text';
import type { Language } from '../../src/model/turn';
import { createReplyStream } from '../kit/reply';
import { tellUnlessEnded } from '../kit/reply-ending';
import type { ReplyTransport } from '../kit/reply-transport';
import type { TeamsApi } from './api';
import type { Destination } from './bot';
import { TeamsMessage } from './message';
import { MessageCalls } from './message-calls';
import type { Label } from './message-content';
import { createReplyPace } from './reply-pace';
import type { TeamsSign } from './sign';
import { createWays } from './ways';

export interface ReplyParts {
  readonly api: Pick<TeamsApi, 'send' | 'update' | 'remove'>;
  readonly place: Destination;
  readonly replyTo: string | undefined;
  /** The asker's personal chat; undefined where Teams gives none. */
  readonly personal: () => Promise<Destination | undefined>;
  /** Whether it is a personal chat: Teams streams nowhere else. */
  readonly direct: boolean;
  readonly language: Language;
  readonly control: ReplyControl;
  readonly tellPrivately: (card: Card) => Promise<boolean>;
  readonly sign: TeamsSign;
  /** The person pressed Stop in Teams. */
  readonly onStop: () => void;
  /** The answer is in the chat, to its end, in messages of these ids. */
  readonly onAnswered: (answerer: Answerer, pieces: readonly Text[], messages: readonly string[]) => void;
}

/** Teams takes about 100 KB of UTF-16: in JSON a character of one byte takes up to four of those. */
const SIZE = { soft: 16_000, hard: 20_000 };

/** Writes one answer into Teams: streamed in a personal chat, elsewhere posted and edited in its thread. */
export function createReply(parts: ReplyParts): ReplyStream {
  const pieces: Text[] = [];
  const reply = createReplyStream(teamsTransport(parts, pieces), parts.control, parts.language);
  return {
    write(piece) {
      pieces.push(piece);
      reply.write(piece);
    },
    end: reply.end,
  };
}

function teamsTransport(parts: ReplyParts, pieces: readonly Text[]): ReplyTransport {
  const { control, direct, place, sign } = parts;
  const sentences = sentencesFor(parts.language);
  const label = (): Label => {
    const { vendor, region } = control.answerer();
    return { name: `${vendor}, ${sentences.region(region)}`, description: sentences.footer(vendor, region) };
  };
  const ways = createWays(direct, sentences.shown);
  const shared = {
    calls: new MessageCalls({ ...parts, label }),
    pace: createReplyPace(direct),
    place,
    isPersonal: direct,
    ways,
    sentence: (ending: ReplyEnding) => (ending.kind === 'complete' ? '' : sentenceOfEnding(ending, sentences)),
  };
  const tellPrivately = (sentence: string): Promise<boolean> => parts.tellPrivately(noteCard(sentence));
  let open = new TeamsMessage(shared, direct);
  let isUsed = false;
  sign.standIn(open);
  return {
    size: SIZE,
    holdsOnceRefused: false,
    ready: () => sign.giveWay(),
    appeared: () => sign.cover(),
    begin: () => 'as-it-comes',
    open() {
      if (isUsed) open = new TeamsMessage(shared, false);
      isUsed = true;
      return open;
    },
    plainer: () => ways.leave('form'),
    tellPrivately,
    async tellWhyNothing(sentence, ending) {
      // Nobody else is in a personal chat, and the line that an answer is being written is not to stay.
      const line = open.posted ? new TeamsMessage(shared, false) : open;
      if (direct && (await line.say(sentence)).kind === 'taken') return 'told';
      await line.withdraw();
      return tellUnlessEnded(tellPrivately, sentence, ending);
    },
    stopped: parts.onStop,
    answered: (messages) => parts.onAnswered(control.answerer(), pieces, messages),
    finished() {},
  };
}
