import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { jsonOf } from './args';
import { type Delivery, type EnvelopeType, type Retry, UNANSWERED } from './envelope';
import { isRecord } from './record';
import { APP_ID } from './state';

export type SocketMode = ReturnType<typeof createSocketMode>;

/** How the next connection goes wrong. */
export type SocketFault =
  /** The upgrade is refused with a status. */
  | { readonly refuse: number }
  /** It is open, and no hello ever comes. */
  | 'silent'
  /** Slack's first word is that it closes it. */
  | { readonly disconnect: string };

/** Slack pings often; the SDK leaves a connection that was silent for 30 seconds. */
const PING_MS = 10_000;
const GOODBYE_MS = 1_000;

/** Plays Slack's side of Socket Mode on this server. `changed` is called as connections come and go. */
export function createSocketMode(server: Server, changed: () => void) {
  const open: WebSocket[] = [];
  const waiting = new Map<string, { socket: WebSocket; answer: (payload: unknown) => void; lost: () => void }>();
  const tickets = new Set<string>();
  const faults: SocketFault[] = [];
  let counter = 0;

  const sockets = new WebSocketServer({
    server,
    verifyClient: ({ req }: { req: IncomingMessage }, done: (taken: boolean, status?: number) => void) => {
      const [fault] = faults;
      if (typeof fault === 'object' && 'refuse' in fault) {
        faults.shift();
        return done(false, fault.refuse);
      }
      return done(tickets.delete(new URL(req.url ?? '', 'ws://fake').searchParams.get('ticket') ?? ''));
    },
  });
  const pings = setInterval(() => {
    for (const socket of open) socket.ping();
  }, PING_MS).unref();

  sockets.on('connection', (socket) => {
    const fault = faults.shift();
    if (fault === 'silent') return;
    if (fault !== undefined && 'disconnect' in fault) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: fault.disconnect, debug_info: {} }));
      socket.close(1_000);
      return;
    }
    open.push(socket);
    socket.on('message', (data) => {
      const envelope = jsonOf(String(data));
      if (isRecord(envelope)) waiting.get(String(envelope.envelope_id))?.answer(envelope.payload);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.splice(open.indexOf(socket), 1);
      for (const one of waiting.values()) if (one.socket === socket) one.lost();
      changed();
    });
    const connection_info = { app_id: APP_ID };
    const debug_info = { host: 'applink-fake', build_number: 1, approximate_connection_time: 18_060 };
    socket.send(JSON.stringify({ type: 'hello', num_connections: open.length, debug_info, connection_info }));
    changed();
  });

  return {
    /** What `apps.connections.open` gives: an address that is good for one connection. */
    address(port: number): string {
      counter += 1;
      const ticket = `ticket-${counter}`;
      tickets.add(ticket);
      return `ws://127.0.0.1:${port}/link/?ticket=${ticket}&app_id=${APP_ID}`;
    },
    get connections(): number {
      return open.length;
    },
    /**
     * Sends an envelope to the newest connection and resolves with its acknowledgement; status 0 when the connection
     * closes or the time runs out before it.
     */
    send(type: EnvelopeType, payload: Record<string, unknown>, withinMs: number, retry?: Retry): Promise<Delivery> {
      const socket = open.at(-1);
      if (socket === undefined) return Promise.resolve(UNANSWERED);
      counter += 1;
      const envelope_id = `envelope-${counter}`;
      const start = performance.now();
      return new Promise((resolve) => {
        const finish = (status: number, body: string, late = false): void => {
          clearTimeout(timer);
          waiting.delete(envelope_id);
          resolve({ status, body, ms: performance.now() - start, ...(late && { late }) });
        };
        const timer = setTimeout(() => finish(0, '', true), withinMs);
        waiting.set(envelope_id, {
          socket,
          answer: (answer) =>
            finish(200, isRecord(answer) && Object.keys(answer).length > 0 ? JSON.stringify(answer) : ''),
          lost: () => finish(0, ''),
        });
        const tries =
          type === 'events_api' ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' } : {};
        const accepts_response_payload = type === 'slash_commands';
        socket.send(JSON.stringify({ envelope_id, type, accepts_response_payload, payload, ...tries }));
      });
    },
    /** Tells every connection to go, as Slack does when it moves one elsewhere. */
    disconnect(
      reason: 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets' = 'refresh_requested',
    ): void {
      for (const socket of open) socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
    },
    /** Lets the next connections go wrong, one after the other. */
    failNext(...next: readonly SocketFault[]): void {
      faults.push(...next);
    },
    /** Breaks every connection without a word. */
    drop(): void {
      for (const socket of [...open]) socket.terminate();
    },
    /** Reads no connection any more, and so answers no ping: nobody is told that it is half open. */
    fallSilent(): void {
      for (const socket of open) socket.pause();
    },
    /** Says something on every connection, whether or not it has a meaning. */
    say(words: string | Buffer): void {
      for (const socket of open) socket.send(words);
    },
    /** Ends every connection as the protocol wants it: the SDK waits 30 seconds for a goodbye that does not come. */
    async close(): Promise<void> {
      clearInterval(pings);
      await Promise.all(
        [...open].map(async (socket) => {
          const late = setTimeout(() => socket.terminate(), GOODBYE_MS);
          const gone = once(socket, 'close');
          socket.close(1_001);
          await gone;
          clearTimeout(late);
        }),
      );
      sockets.close();
    },
  };
}
