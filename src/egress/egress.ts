import type { Dispatcher } from 'undici';
import { createHostList } from '../kit/hosts';
import { EgressRefusedError } from './egress-refused-error';
import { createExchange, type ProxyAddresses } from './exchange';
import { readOutgoing } from './outgoing';
import { toResponse } from './response';
import { createSocketDispatcher } from './sockets';

export { EgressRefusedError } from './egress-refused-error';

/** Sends every request that leaves the process. */
export interface Egress {
  /**
   * `fetch` over keep-alive sockets, for the SDKs. Refuses hosts outside the allow-list with an
   * `EgressRefusedError` before a byte is sent, and follows no redirect to another host, nor any unless it is told to.
   */
  readonly fetch: typeof fetch;
  /** The same way out for a WebSocket, as `undici` takes it: the list and the proxy hold for it too. Loads `undici`. */
  dispatcher(): Promise<Dispatcher>;
  /** Closes idle sockets, and every WebSocket. */
  close(): void;
}

/**
 * The one way out of the process. Requests go over `node:http` and `node:https`: the global `fetch` would follow
 * redirects and costs more CPU a call, and `undici` keeps what it read (`docs/decisions/way-out.md`).
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
  let sockets: Promise<Dispatcher> | undefined;
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
    dispatcher() {
      sockets ??= createSocketDispatcher(allowed, options.proxy);
      return sockets;
    },
    close() {
      exchange.close();
      void sockets?.then((dispatcher) => dispatcher.destroy());
    },
  };
}
