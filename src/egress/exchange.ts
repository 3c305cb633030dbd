import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import https from 'node:https';
import type { Outgoing } from './outgoing';

const CONNECT_MS = 10_000;
/** An exchange in which no byte moves for so long is given up; longer than any caller waits (`resilience.ts`). */
const SILENCE_MS = 660_000;
/** Below the minute after which load balancers close an idle connection, AWS's by default: else a request meets its end. */
const IDLE_SOCKET_MS = 45_000;
const MAX_HEADER_BYTES = 64 * 1024;

/** Sends requests over keep-alive sockets. */
export interface Exchange {
  /** Resolves with the head of the answer. Rejects as `fetch` does: the signal's reason, else a `TypeError`. */
  send(outgoing: Outgoing): Promise<http.IncomingMessage>;
  close(): void;
}

/** A proxy for each protocol, and the hosts that are called straight all the same (`NO_PROXY`). */
export interface ProxyAddresses {
  readonly http: string | undefined;
  readonly https: string | undefined;
  readonly except: string;
}

/** Through a proxy https goes in a tunnel: the proxy sees the host, and nothing of what is said. */
export function createExchange(proxy?: ProxyAddresses): Exchange {
  const settings = {
    keepAlive: true,
    maxSockets: 1_024,
    maxFreeSockets: 256,
    scheduling: 'lifo',
    timeout: IDLE_SOCKET_MS,
    ...(proxy !== undefined && {
      proxyEnv: { HTTP_PROXY: proxy.http, HTTPS_PROXY: proxy.https, NO_PROXY: proxy.except },
    }),
  } as const;
  const plain = new http.Agent(settings);
  const secure = new https.Agent(settings);

  // A connection, and the timer of an idle one, keep the asynchronous context that they are made in, and with it what a
  // question left there, for as long as the connection waits for others (measured on 24.21): both are made outside.
  const outside = AsyncLocalStorage.snapshot();
  for (const agent of [plain, secure]) {
    const keep = agent.keepSocketAlive.bind(agent);
    agent.keepSocketAlive = (socket) => outside(keep, socket);
  }

  const send: Exchange['send'] = ({ url, method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const isSecure = url.protocol === 'https:';
      const request = (isSecure ? https : http).request({
        agent: isSecure ? secure : plain,
        protocol: url.protocol,
        hostname: url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname,
        port: url.port,
        path: `${url.pathname}${url.search}`,
        method,
        // Without it any coding may be taken for wished for: RFC 9110, section 12.5.3.
        headers: { 'accept-encoding': 'identity', ...headers },
        maxHeaderSize: MAX_HEADER_BYTES,
        timeout: SILENCE_MS,
      });
      const failed = (cause: unknown): void =>
        reject(signal?.aborted ? signal.reason : new TypeError('fetch failed', { cause }));
      // One that waits for its socket tells of no error when it is destroyed.
      const end = (error: Error): void => {
        request.destroy(error);
        failed(error);
      };
      const hangUp = (): void => end(new Error('aborted'));
      const giveUp = (): void => end(timedOut());
      // A tunnel is made before the request has a socket, by a proxy that may never answer.
      let connecting = proxy === undefined ? undefined : setTimeout(giveUp, CONNECT_MS);
      signal?.addEventListener('abort', hangUp, { once: true });
      request.once('socket', (socket) => {
        clearTimeout(connecting);
        if (!socket.connecting) return;
        connecting = setTimeout(giveUp, CONNECT_MS);
        socket.once(isSecure ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
      });
      request.once('timeout', giveUp);
      request.once('response', resolve);
      request.on('error', failed);
      request.once('close', () => {
        clearTimeout(connecting);
        signal?.removeEventListener('abort', hangUp);
      });
      request.end(body);
    });

  return {
    send: (outgoing) => outside(send, outgoing),
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

function timedOut(): Error {
  return Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
}
