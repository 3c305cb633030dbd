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

  return {
    dialect: SLACK_DIALECT,
    readsAgain: mayReadAgain(conversation.id, services.self().scopes),
    openReply(control) {
      if (direct) setThinking(turn, services, sentencesFor(language).thinking);
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
        tellPrivately: tell,
        onNothingShown() {
          if (direct) setThinking(turn, services, '');
        },
      });
    },
    tellPrivately: tell,
    readThread: (limit, signal) => history.readThread(turn, limit, signal),
    readFile: (file, maxBytes, signal) => services.files.read(file, maxBytes, signal),
  };
}

/** Slack clears it with the first message; empty clears it too. Source: "assistant.threads.setStatus", docs.slack.dev. */
function setThinking({ conversation }: Turn, { api, self }: SlackServices, status: string): void {
  if (!self().scopes.has('assistant:write')) return;
  void api.call('assistant.threads.setStatus', { channel_id: conversation.id, thread_ts: conversation.thread, status });
}
