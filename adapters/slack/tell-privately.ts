import { pause } from '../../src/kit/wait';
import type { Card } from '../../src/model/card';
import type { Language } from '../../src/model/turn';
import type { SlackApi, SlackResult } from './api';
import { blocksOfCard, plainBlocksOfCard, summaryOfCard, textOfCard } from './cards';
import { placeAfter, refusalOf, type Where } from './ways';

/** Where something is said to one person alone. */
export interface PrivateDestination {
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
 * Shows a card to one person: an ephemeral message in channels, a plain one where nobody else is. Where Slack refuses
 * it, in a plainer form (its words and buttons; its words and the commands to type), and then in the person's direct
 * messages. Resolves to whether Slack took it.
 */
export async function tellPrivately(
  { api }: { readonly api: SlackApi },
  place: PrivateDestination,
  card: Card,
): Promise<boolean> {
  const { channel, user, thread, language } = place;
  const inDirect = channel.startsWith('D');
  const forms = [
    () => ({ text: summaryOfCard(card), blocks: blocksOfCard(card, language) }),
    () => ({ text: summaryOfCard(card), blocks: plainBlocksOfCard(card, language) }),
    () => ({ text: textOfCard(card, language), parse: 'none' }),
  ];
  const inThread = thread === undefined ? {} : { thread_ts: thread };
  const send = (content: object, where: Where): Promise<SlackResult> => {
    if (where === 'asker') return called(api, 'chat.postEphemeral', { channel, user, ...inThread, ...content });
    const at = where === 'direct' ? { channel: user } : { channel, ...(where === 'thread' && inThread) };
    return called(api, 'chat.postMessage', { ...at, ...content, unfurl_links: false, unfurl_media: false });
  };

  let where: Where | undefined = inDirect ? 'thread' : 'asker';
  let form = forms.shift();
  while (where !== undefined && form !== undefined) {
    const result = await send(form(), where);
    if (result.ok) return true;
    if (result.kind !== 'refused') return false;
    const refusal = refusalOf(result.code);
    if (refusal === 'everything') return false;
    if (refusal === 'form' && forms.length > 0) form = forms.shift();
    else where = placeAfter(where, refusal, inDirect);
  }
  return false;
}

/** Tried again where Slack asks for time; where it is not known what came of it, once: a card twice does no harm. */
async function called(api: SlackApi, method: string, args: Record<string, unknown>): Promise<SlackResult> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await api.call(method, args);
    if (result.ok || result.kind === 'refused' || attempt === TELL_ATTEMPTS) return result;
    if (result.kind === 'unreachable' && attempt > 1) return result;
    const wait = result.kind === 'rate-limited' ? result.retryAfterMs : 500;
    if (wait > TELL_PAUSE_MS) return result;
    await pause(wait);
  }
}
