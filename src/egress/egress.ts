import { createHostList } from '../kit/hosts';
import { DejirenError } from '../model/errors';
import { createExchange, type ProxyAddresses } from './exchange';
import { readOutgoing } from './outgoing';
import { toResponse } from './response';

/** Sends every request that leaves the process. */
export interface Egress {
  /**
   * `fetch` over keep-alive sockets, for the SDKs. Refuses hosts outside the allow-list with an
   * `EgressRefusedError` before a byte is sent, and follows no redirect to another host, nor any unless it is told to.
   */
  readonly fetch: typeof fetch;
  /** Closes idle sockets. */
  close(): void;
}

/** A request was not sent, or its answer not followed. `host` is the one that was refused. */
export class EgressRefusedError extends DejirenError<'egress', 'host-not-allowed' | 'redirect'> {
  readonly host: string;

  constructor(code: EgressRefusedError['code'], host: string) {
    super('EgressRefusedError', 'egress', code);
    this.host = host;
  }
}

/**
 * The one way out of the process, over `node:http` and `node:https`. The global `fetch` would follow redirects and
 * costs more CPU a call (`docs/performance.md`).
 */
export function createEgress(options: {
  readonly hosts: readonly string[];
  /** Redirects of a `GET` that are followed within its host; none by default. */
  readonly redirects?: number;
  /** Straight to the host where it is not told. The proxy's own host is not checked here. */
  readonly proxy?: ProxyAddresses | undefined;
}): Egress {
  const allowed = createHostList(options.hosts);
  const exchange = createExchange(options.proxy);
  return {
    async fetch(input, init) {
      let outgoing = await readOutgoing(input, init);
      for (let left = options.redirects ?? 0; ; left -= 1) {
        const { url, signal } = outgoing;
        if (!/^https?:$/u.test(url.protocol) || !allowed(url))
          throw new EgressRefusedError('host-not-allowed', url.hostname);
        signal?.throwIfAborted();
        const message = await exchange.send(outgoing);
        const status = message.statusCode ?? 0;
        if (status < 300 || status >= 400 || status === 304) return toResponse(message, outgoing);
        message.destroy();
        const next = URL.parse(message.headers.location ?? '', url.href);
        if (left <= 0 || next?.origin !== url.origin || outgoing.method !== 'GET')
          throw new EgressRefusedError('redirect', url.hostname);
        outgoing = { ...outgoing, url: next };
      }
    },
    close: exchange.close,
  };
}
