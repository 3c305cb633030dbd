import type { App, Receiver, SocketModeReceiver } from '@slack/bolt';
import { pause } from '../../src/kit/wait';
import type { Log } from '../../src/log/log';
import { backoffMs, type Link } from '../kit/link';
import { codeOf } from './failures';
import { openSocket, type Socket } from './socket-connection';

export interface SocketParts {
  /** Makes Bolt's receiver for one connection: it must not connect again by itself. */
  readonly make: () => SocketModeReceiver;
  readonly link: Link;
  readonly log: Log;
  /** How long address, TLS, upgrade and Slack's hello may take; 30 seconds unless told. */
  readonly helloMs?: number;
  readonly now: () => number;
}

const HELLO_MS = 30_000;
/** A connection that did not last so long counts as a failure, so that the next one waits. */
const LASTED_MS = 10_000;
/** Slack gives three seconds for an acknowledgement: so long a connection is kept after its successor took over. */
const RETIRED_MS = 3_500;

/**
 * Keeps dejiren connected to Slack by Socket Mode. Bolt's receiver speaks; when to connect is decided here, since the
 * SDK's own reconnecting ends in a rejection that nobody can handle. Where Slack announces that it will close a
 * connection, the next one is opened first, so that nothing is missed in between. Slack may be away for as long as it
 * likes.
 *
 * `start` resolves after the first attempt; what came of it the link tells.
 * Source: "Using Socket Mode" (disconnecting), docs.slack.dev.
 */
export function createSocketReceiver({ make, link, log, helloMs = HELLO_MS, now }: SocketParts): Receiver {
  const stopping = new AbortController();
  const sockets = new Set<Socket>();
  let live: Socket | undefined;
  let app: App | undefined;

  function connect(): Socket {
    const receiver = make();
    if (app !== undefined) receiver.init(app);
    const socket = openSocket(receiver, log, helloMs);
    sockets.add(socket);
    void socket.gone.then((code) => {
      sockets.delete(socket);
      if (live !== socket) return;
      live = undefined;
      link.lose(code);
    });
    return socket;
  }

  function takeOver(socket: Socket): void {
    if (live !== undefined) setTimeout(live.close, RETIRED_MS).unref();
    live = socket;
    link.works();
  }

  async function keepConnected(onTried: () => void): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const socket = connect();
      const opened = await socket.opened;
      let waitMs = 0;
      if (opened.ok) takeOver(socket);
      else if (live === undefined) link.lose(codeOf(opened));
      onTried();
      if (opened.ok) {
        const since = now();
        log.debug('slack-socket-leaving', { code: await socket.leaving });
        failures = now() - since < LASTED_MS ? failures + 1 : 0;
      } else {
        socket.close();
        failures += 1;
        if (opened.kind === 'rate-limited') waitMs = opened.retryAfterMs;
      }
      if (failures > 0) waitMs = Math.max(waitMs, backoffMs(failures));
      await pause(waitMs, stopping.signal);
    }
  }

  return {
    init(bolt) {
      app = bolt;
    },
    start: () => new Promise<void>((resolve) => void keepConnected(resolve)),
    async stop() {
      stopping.abort();
      live = undefined;
      for (const socket of sockets) socket.close();
    },
  };
}
