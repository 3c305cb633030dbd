import { z } from 'zod';
import type { Link } from '../../src/chat/link';
import { errorClassOf } from '../../src/log/error-class';
import type { Log } from '../../src/log/log';
import { type GraphMessage, graphMessage } from './graph-message';

/** Where messages stand in Graph. */
export type GraphPlace =
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
  /** The newest messages before one of them, in any order: `most` at least, where there are so many. */
  before(
    place: GraphPlace,
    message: string,
    most: number,
    signal: AbortSignal,
  ): Promise<GraphReading<readonly GraphMessage[]>>;
  /** One message as it stands now. */
  message(place: GraphPlace, message: string, signal: AbortSignal): Promise<GraphReading<GraphMessage>>;
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
const PAGES = 4;
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
      if (response.ok) return { body: JSON.parse(await textOf(response)) };
      await response.body?.cancel();
      log.warn('teams-graph-failed', { status: response.status });
      return response.status === 403 ? 'not-permitted' : 'failed';
    } catch (error) {
      if (!signal.aborted) link?.unanswered();
      log.warn('teams-graph-failed', { errorClass: errorClassOf(error) });
      return 'failed';
    }
  }

  async function one(address: string, tenant: string, signal: AbortSignal): Promise<GraphReading<GraphMessage>> {
    const found = await get(address, tenant, signal);
    if (typeof found === 'string') return found;
    const message = graphMessage.safeParse(found.body);
    return message.success ? message.data : 'failed';
  }

  /** Reads pages until there are so many messages before one of them, or no more. */
  async function pages(first: string, tenant: string, before: string, most: number, signal: AbortSignal) {
    const found: GraphMessage[] = [];
    let next: string | undefined = first;
    for (let read = 0; next !== undefined && read < PAGES && found.length < most; read += 1) {
      const answer: GraphReading<{ body: unknown }> = await get(next, tenant, signal);
      if (typeof answer === 'string') return answer;
      const parsed = page.safeParse(answer.body);
      if (!parsed.success) return 'failed' as const;
      for (const raw of parsed.data.value) {
        const message = graphMessage.safeParse(raw);
        if (message.success && isBefore(message.data.id, before)) found.push(message.data);
      }
      next = parsed.data['@odata.nextLink'];
    }
    return found;
  }

  const rootOf = ({ group, channel, root }: Extract<GraphPlace, { kind: 'thread' }>): string =>
    `${base}teams/${encodeURIComponent(group)}/channels/${encodeURIComponent(channel)}/messages/${encodeURIComponent(root)}`;

  return {
    async before(place, message, most, signal) {
      const { tenant } = place;
      if (place.kind === 'thread') {
        if (place.root === message) return [];
        const address = rootOf(place);
        const [root, replies] = await Promise.all([
          one(address, tenant, signal),
          pages(`${address}/replies?$top=${PAGE}`, tenant, message, most, signal),
        ]);
        if (typeof replies === 'string') return replies;
        return typeof root === 'string' ? replies : [root, ...replies];
      }
      const until = new Date(Number(message)).toISOString();
      const query = `$top=${PAGE}&$orderby=createdDateTime%20desc&$filter=createdDateTime%20lt%20${until}`;
      return pages(`${base}chats/${encodeURIComponent(place.chat)}/messages?${query}`, tenant, message, most, signal);
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

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new RangeError('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
