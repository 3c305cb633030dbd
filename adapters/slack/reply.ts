import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import type { Card } from '../../src/model/card';
import type { ReplyControl, ReplyStream } from '../../src/model/reply';
import type { Language } from '../../src/model/turn';
import { createReplyStream } from '../kit/reply';
import { tellUnlessEnded } from '../kit/reply-ending';
import type { ReplyTransport } from '../kit/reply-transport';
import type { SlackApi } from './api';
import { stopBlock } from './cards';
import { blocksOfEnding } from './endings';
import type { History } from './history';
import { SlackMessage } from './message';
import { type Destination, MessageCalls } from './message-calls';
import type { SlackRates } from './rates';
import { createReplyPace, type ReplyTraffic } from './reply-pace';
import type { SlackSign } from './sign';
import { createWays } from './ways';

export interface ReplyParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  readonly traffic: ReplyTraffic;
  readonly history: Pick<History, 'findOwn'>;
  readonly place: Destination;
  readonly language: Language;
  readonly control: ReplyControl;
  readonly tellPrivately: (card: Card) => Promise<boolean>;
  readonly sign: SlackSign;
}

/** Slack refuses streamed messages from some 10,600 bytes. */
const SIZE = { soft: 7_500, hard: 9_000 };

/** Writes one answer into Slack. */
export function createReply(parts: ReplyParts): ReplyStream {
  return createReplyStream(slackTransport(parts), parts.control, parts.language);
}

/**
 * The first words are posted at once; what comes after is gathered for as long as the workspace's budget asks. In
 * channels Slack shows a stream to others only when it is finished, so answers there are posted and edited; when the
 * budget is short, they are posted once, whole.
 */
function slackTransport(parts: ReplyParts): ReplyTransport {
  const { place, control, sign } = parts;
  const sentences = sentencesFor(parts.language);
  const pace = createReplyPace(parts.rates, parts.traffic, place.direct);
  const ways = createWays(place.direct, sentences.shown);
  const calls = new MessageCalls({ ...parts, session: sign.session });
  const growing = place.direct ? [] : [stopBlock(sentences.stop, place.user)];
  const tellPrivately = (sentence: string): Promise<boolean> => parts.tellPrivately(noteCard(sentence));
  return {
    size: SIZE,
    holdsOnceRefused: true,
    async ready() {
      // No word waits for it.
      void sign.giveWay();
    },
    appeared() {
      // Slack takes a status away with the first message in its thread.
      if (ways.way.where === 'thread') sign.cover();
    },
    begin: () => (pace.begin() === 'once' ? 'at-the-end' : 'as-it-comes'),
    open: (hasShown) =>
      new SlackMessage({
        calls,
        ways,
        pace,
        streams: pace.streams(hasShown),
        growing,
        ended: (ending) => blocksOfEnding(ending, control.answerer(), sentences),
      }),
    plainer: () => ways.leave('form'),
    tellPrivately,
    tellWhyNothing: (sentence, ending) => tellUnlessEnded(tellPrivately, sentence, ending),
    finished: pace.end,
  };
}
