import type { Dispatcher, Pool } from 'undici';
import { EgressRefusedError } from './egress-refused-error';
import type { ProxyAddresses } from './exchange';

/** How long a proxy may take to open a tunnel. */
const CONNECT_MS = 10_000;

/**
 * The way out of a WebSocket. A host outside of the list is refused with an `EgressRefusedError` before its name is
 * looked up. `wss` goes in a tunnel through the proxy of https: the proxy sees the host, and nothing of what is said.
 * `ws` goes straight, since no proxy takes it without one. Loads `undici`.
 */
export async function createSocketDispatcher(
  allowed: (url: URL) => boolean,
  proxy?: ProxyAddresses,
  connectMs: number = CONNECT_MS,
): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, Pool } = await import('undici');
  const agent = new EnvHttpProxyAgent({
    // What is not told would be read from the environment, whatever the settings allow.
    httpProxy: '',
    httpsProxy: proxy?.https ?? '',
    noProxy: proxy?.except ?? '',
    clientFactory: (origin, options) => tunnelsOf(new Pool(origin, { ...options, headersTimeout: connectMs })),
  });
  return agent.compose((dispatch) => (options, handler) => {
    const url = new URL(String(options.origin));
    if (!allowed(url)) throw new EgressRefusedError('host-not-allowed', url.hostname);
    return dispatch(options, handler);
  });
}

/**
 * Asks a proxy for tunnels. One that it hangs up on has failed: `undici` takes an error of the socket for one that
 * passes, and would ask again at once, and for ever (7.30.2).
 */
function tunnelsOf(pool: Pool): Pool {
  const connect = pool.connect.bind(pool);
  return Object.assign(pool, {
    connect: (options: Dispatcher.ConnectOptions) =>
      connect(options).catch((cause: unknown) => {
        throw new Error('no tunnel', { cause });
      }),
  });
}
