import { sentencesFor } from '../../src/language/sentences';
import type { TurnSurface } from '../../src/model/adapter';
import type { Card } from '../../src/model/card';
import type { Turn } from '../../src/model/turn';
import { SLACK_DIALECT } from './dialect';
import { mayReadAgain } from './may-read-again';
import { createReply } from './reply';
import type { SlackServices } from './services';
import { tellPrivately } from './tell-privately';

/** What the dispatcher may do where a question was asked in Slack. */
export function surfaceOf(turn: Turn, services: SlackServices): TurnSurface {
  const { api, rates, traffic, history } = services;
  const { person, conversation, message, language } = turn;
  const direct = conversation.kind === 'direct';
  const opensThread = String(conversation.thread) === String(message.message);
  // A thread that nobody answered yet is not open on anybody's screen: there the channel is the place.
  const thread = direct || !opensThread ? conversation.thread : undefined;
  const tell = (card: Card): Promise<boolean> =>
    tellPrivately(services, { channel: conversation.id, user: person.id, thread, language }, card);

  const sign = services.signs.of(
    { channel: conversation.id, thread: conversation.thread, user: person.id, direct },
    sentencesFor(language),
  );

  return {
    dialect: SLACK_DIALECT,
    readsAgain: mayReadAgain(conversation.id, services.self().scopes),
    sign,
    openReply(control) {
      sign.show();
      const place = {
        channel: conversation.id,
        thread: conversation.thread,
        team: person.tenant,
        after: message.message,
        user: person.id,
        direct,
      };
      return createReply({
        api,
        rates,
        traffic,
        history,
        place,
        language,
        control,
        sign,
        tellPrivately: tell,
      });
    },
    tellPrivately: tell,
    readThread: (limit, signal) => history.readThread(turn, limit, signal),
    readFile: (file, maxBytes, signal) => services.files.read(file, maxBytes, signal),
  };
}
