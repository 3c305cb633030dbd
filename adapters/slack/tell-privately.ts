import type { Card } from '../../src/model/card';
import type { Language } from '../../src/model/turn';
import { tellAgain } from '../kit/tell-again';
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
    if (where === 'asker')
      return tellAgain(() => api.call('chat.postEphemeral', { channel, user, ...inThread, ...content }));
    const at = where === 'direct' ? { channel: user } : { channel, ...(where === 'thread' && inThread) };
    return tellAgain(() =>
      api.call('chat.postMessage', { ...at, ...content, unfurl_links: false, unfurl_media: false }),
    );
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
