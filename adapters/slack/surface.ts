import type { TurnSurface } from '../../src/chat/adapter';
import type { Card } from '../../src/chat/card';
import type { Language, Turn } from '../../src/chat/turn';
import { sentencesFor } from '../../src/language/sentences';
import { blocksOfCard, summaryOfCard } from './cards';
import { createReply } from './reply';
import type { Workspace } from './workspace';

/** Where something is said to one person alone. */
export interface PrivatePlace {
  readonly channel: string;
  readonly user: string;
  /** Undefined outside threads. */
  readonly thread: string | undefined;
  readonly language: Language;
}

/** Shows a card to one person: an ephemeral message in channels, a plain one where nobody else is. */
export async function tellPrivately(
  { api }: Pick<Workspace, 'api'>,
  place: PrivatePlace,
  card: Card,
): Promise<boolean> {
  const { channel, user, thread, language } = place;
  const content = { channel, text: summaryOfCard(card), blocks: blocksOfCard(card, language) };
  const inThread = thread === undefined ? {} : { thread_ts: thread };
  const result = channel.startsWith('D')
    ? await api.call('chat.postMessage', { ...content, ...inThread, unfurl_links: false, unfurl_media: false })
    : await api.call('chat.postEphemeral', { ...content, ...inThread, user });
  return result.ok;
}

/** What the dispatcher may do where a question was asked in Slack. */
export function surfaceOf(turn: Turn, workspace: Workspace): TurnSurface {
  const { api, rates, traffic, history } = workspace;
  const { person, conversation, message, language } = turn;
  const direct = conversation.kind === 'direct';
  const opensThread = String(conversation.thread) === String(message.message);
  // A thread that nobody answered yet is not open on anybody's screen: there the channel is the place.
  const thread = direct || !opensThread ? conversation.thread : undefined;
  const tell = (card: Card): Promise<boolean> =>
    tellPrivately(workspace, { channel: conversation.id, user: person.id, thread, language }, card);

  return {
    openReply(control) {
      if (direct) showThinking(turn, workspace);
      const place = {
        channel: conversation.id,
        thread: conversation.thread,
        team: person.tenant,
        user: person.id,
        direct,
      };
      return createReply({ api, rates, traffic, place, language, control, tellPrivately: tell });
    },
    tellPrivately: tell,
    readThread: (limit, signal) => history.readThread(turn, limit, signal),
  };
}

/** Slack clears it with the first message. Source: "assistant.threads.setStatus", docs.slack.dev. */
function showThinking({ conversation, language }: Turn, { api, self }: Workspace): void {
  if (!self().scopes.has('assistant:write')) return;
  const status = sentencesFor(language).thinking;
  void api.call('assistant.threads.setStatus', { channel_id: conversation.id, thread_ts: conversation.thread, status });
}
