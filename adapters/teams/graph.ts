import { z } from 'zod';
import { readJson } from '../../src/kit/read-body';
import { errorFields } from '../../src/log/error-fields';
import type { Log } from '../../src/log/log';
import type { Link } from '../kit/link';
import { type GraphMessage, graphMessage } from './graph-message';

/** Where messages stand in Graph. */
export type GraphConversation =
  | {
      readonly kind: 'thread';
      readonly tenant: string;
      readonly group: string;
      readonly channel: string;
      readonly root: string;
    }
  | { readonly kind: 'chat'; readonly tenant: string; readonly chat: string };

export type GraphReading<Found> = Found | 'not-permitted' | 'failed';

/** Reads messages of Teams by Microsoft Graph. Never rejects. */
export interface Graph {
  /** The messages before one of them, page by page from the newest; within a page in any order. Ends with a refusal. */
  before(
    place: GraphConversation,
    message: string,
    signal: AbortSignal,
  ): AsyncIterableIterator<GraphReading<readonly GraphMessage[]>>;
  /** One message as it stands now. */
  message(place: GraphConversation, message: string, signal: AbortSignal): Promise<GraphReading<GraphMessage>>;
}

export interface GraphParts {
  /** E.g. `https://graph.microsoft.com`. The token goes nowhere else. */
  readonly url: string;
  /** A token for Graph in a tenant. */
  readonly token: (tenant: string) => Promise<string>;
  readonly fetch: typeof fetch;
  /** Told, where there is one, whether Graph answers. */
  readonly link?: Pick<Link, 'works' | 'unanswered'>;
  readonly log: Log;
}

/** Graph gives no more at a time. */
const PAGE = 50;
/** Pages that are read of one thread. */
const PAGES = 20;
const MOST_BYTES = 4 * 1024 * 1024;

const page = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.url().optional() });

/**
 * Sources: "List replies", "List messages in a chat" and "Get chatMessage", learn.microsoft.com/graph. Both lists come
 * newest first; replies take no order and no filter.
 */
export function createGraph({ url, token, fetch, link, log }: GraphParts): Graph {
  const base = `${url.replace(/\/$/u, '')}/v1.0/`;

  async function get(address: string, tenant: string, signal: AbortSignal): Promise<GraphReading<{ body: unknown }>> {
    if (!address.startsWith(base)) return 'failed';
    try {
      const headers = { authorization: `Bearer ${await token(tenant)}`, accept: 'application/json' };
      const response = await fetch(address, { headers, signal });
      if (response.status < 500) link?.works();
      else link?.unanswered();
      if (response.ok) return { body: await readJson(response.body, MOST_BYTES) };
      await response.body?.cancel();
      log.warn('teams-graph-failed', { status: response.status });
      return response.status === 403 ? 'not-permitted' : 'failed';
    } catch (error) {
      if (!signal.aborted) link?.unanswered();
      log.warn('teams-graph-failed', { ...errorFields(error) });
      return 'failed';
    }
  }

  async function one(address: string, tenant: string, signal: AbortSignal): Promise<GraphReading<GraphMessage>> {
    const found = await get(address, tenant, signal);
    if (typeof found === 'string') return found;
    const message = graphMessage.safeParse(found.body);
    return message.success ? message.data : 'failed';
  }

  async function* pages(first: string, tenant: string, before: string, signal: AbortSignal) {
    let next: string | undefined = first;
    for (let read = 0; next !== undefined && read < PAGES; read += 1) {
      const answer: GraphReading<{ body: unknown }> = await get(next, tenant, signal);
      const parsed = typeof answer === 'string' ? undefined : page.safeParse(answer.body);
      if (parsed?.success !== true) {
        yield typeof answer === 'string' ? answer : ('failed' as const);
        return;
      }
      yield parsed.data.value.flatMap((raw) => {
        const message = graphMessage.safeParse(raw);
        return message.success && isBefore(message.data.id, before) ? [message.data] : [];
      });
      next = parsed.data['@odata.nextLink'];
    }
  }

  const rootOf = ({ group, channel, root }: Extract<GraphConversation, { kind: 'thread' }>): string =>
    `${base}teams/${encodeURIComponent(group)}/channels/${encodeURIComponent(channel)}/messages/${encodeURIComponent(root)}`;

  return {
    async *before(place, message, signal) {
      const { tenant } = place;
      if (place.kind === 'chat') {
        const until = new Date(Number(message)).toISOString();
        const query = `$top=${PAGE}&$orderby=createdDateTime%20desc&$filter=createdDateTime%20lt%20${until}`;
        yield* pages(`${base}chats/${encodeURIComponent(place.chat)}/messages?${query}`, tenant, message, signal);
        return;
      }
      if (place.root === message) return;
      const address = rootOf(place);
      const beginning = one(address, tenant, signal);
      yield* pages(`${address}/replies?$top=${PAGE}`, tenant, message, signal);
      // The first message of a thread is none of its replies.
      const root = await beginning;
      if (typeof root !== 'string') yield [root];
    },
    message(place, message, signal) {
      const id = encodeURIComponent(message);
      if (place.kind === 'chat')
        return one(`${base}chats/${encodeURIComponent(place.chat)}/messages/${id}`, place.tenant, signal);
      const address = rootOf(place);
      return one(place.root === message ? address : `${address}/replies/${id}`, place.tenant, signal);
    },
  };
}

/** Ids are times of different lengths only far from now. */
export function isBefore(one: string, other: string): boolean {
  return Number(one) < Number(other);
}
