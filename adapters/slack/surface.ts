import type { TurnSurface } from '../../src/chat/adapter';
import type { Card } from '../../src/chat/card';
import type { Language, Turn } from '../../src/chat/turn';
import { pause } from '../../src/chat/wait';
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

const TELL_ATTEMPTS = 3;
/** Longer pauses are not waited out: nobody expects a card by then. */
const TELL_PAUSE_MS = 30_000;

/**
 * Shows a card to one person: an ephemeral message in channels, a plain one where nobody else is. Resolves to whether
 * Slack took it. Tried again where Slack asks for time; where it is not known what came of it, once: a card that is
 * there twice does no harm.
 */
export async function tellPrivately(
  { api }: Pick<Workspace, 'api'>,
  place: PrivatePlace,
  card: Card,
): Promise<boolean> {
  const { channel, user, thread, language } = place;
  const content = { channel, text: summaryOfCard(card), blocks: blocksOfCard(card, language) };
  const inThread = thread === undefined ? {} : { thread_ts: thread };
  const [method, args] = channel.startsWith('D')
    ? ['chat.postMessage', { ...content, ...inThread, unfurl_links: false, unfurl_media: false }]
    : ['chat.postEphemeral', { ...content, ...inThread, user }];
  for (let attempt = 1; ; attempt += 1) {
    const result = await api.call(method, args);
    if (result.ok) return true;
    if (result.kind === 'refused' || attempt === TELL_ATTEMPTS) return false;
    if (result.kind === 'unreachable' && attempt > 1) return false;
    const wait = result.kind === 'rate-limited' ? result.retryAfterMs : 500;
    if (wait > TELL_PAUSE_MS) return false;
    await pause(wait);
  }
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
      if (direct) setThinking(turn, workspace, sentencesFor(language).thinking);
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
          if (direct) setThinking(turn, workspace, '');
        },
      });
    },
    tellPrivately: tell,
    readThread: (limit, signal) => history.readThread(turn, limit, signal),
    readFile: (file, maxBytes, signal) => workspace.files.read(file, maxBytes, signal),
  };
}

/** Slack clears it with the first message; empty clears it too. Source: "assistant.threads.setStatus", docs.slack.dev. */
function setThinking({ conversation }: Turn, { api, self }: Workspace, status: string): void {
  if (!self().scopes.has('assistant:write')) return;
  void api.call('assistant.threads.setStatus', { channel_id: conversation.id, thread_ts: conversation.thread, status });
}
