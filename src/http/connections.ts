import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../log/log';

export interface ConnectionBounds {
  /** Connections at once. */
  readonly most: number;
  /** Milliseconds for the head of a request, and for all of it. */
  readonly headMs: number;
  readonly requestMs: number;
  /** Milliseconds for which a peer may take nothing of what waits for it. */
  readonly unreadMs: number;
  /** Milliseconds that a finished answer may take to be read to its end. */
  readonly sendingMs: number;
  /** Milliseconds that a peer has to close after it was refused, so that it can read why. */
  readonly lingerMs: number;
}

export const CONNECTION_BOUNDS: ConnectionBounds = {
  most: 4_096,
  headMs: 10_000,
  requestMs: 30_000,
  unreadMs: 30_000,
  sendingMs: 120_000,
  lingerMs: 1_000,
};

/**
 * Where a connection stands: it has asked nothing yet, it sends its request, it has an answer under way, or it waits
 * between two requests. When there are too many, those go first that stand first here.
 */
const STAGES = ['new', 'sending', 'idle', 'answered'] as const;
type Stage = (typeof STAGES)[number];

export interface Connections {
  /** Follows a request from its head to the end of its answer. */
  follow(request: IncomingMessage, response: ServerResponse): void;
}

/**
 * Keeps a server's connections within bounds. Whoever is slow is let go: a half-open connection is destroyed, not only
 * ended, since its peer may never close it, and a new one is taken in place of the oldest that has asked nothing.
 */
export function boundConnections(server: Server, log: Log, bounds: ConnectionBounds): Connections {
  const stages = new Map<Socket, Stage>();
  const by: Readonly<Record<Stage, Set<Socket>>> = {
    new: new Set(),
    sending: new Set(),
    idle: new Set(),
    answered: new Set(),
  };
  const answers = new WeakMap<Socket, ServerResponse>();
  const refused = new WeakSet<Socket>();
  let isFull = false;

  const move = (socket: Socket, to: Stage | undefined): void => {
    const from = stages.get(socket);
    if (from !== undefined) by[from].delete(socket);
    if (to === undefined) stages.delete(socket);
    else {
      stages.set(socket, to);
      by[to].add(socket);
    }
  };

  /** Makes room for one more; `false` where every connection has an answer under way. */
  const makeRoom = (): boolean => {
    if (stages.size < bounds.most) {
      if (stages.size < bounds.most / 2) isFull = false;
      return true;
    }
    if (!isFull) log.warn('connections-full', { count: stages.size });
    isFull = true;
    for (const stage of STAGES) {
      if (stage === 'answered') break;
      const [oldest] = by[stage];
      if (oldest === undefined) continue;
      move(oldest, undefined);
      oldest.destroy();
      return true;
    }
    return false;
  };

  server.on('connection', (socket: Socket) => {
    if (!makeRoom()) return void socket.destroy();
    move(socket, 'new');
    socket.once('close', () => move(socket, undefined));
  });

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const answer = answers.get(socket);
    if (!socket.writable || answer?.headersSent === true || refused.has(socket)) return void socket.destroy();
    refused.add(socket);
    const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
    const lingering = setTimeout(() => socket.destroy(), bounds.lingerMs);
    socket.once('close', () => clearTimeout(lingering));
  });

  // Node tells of it also while a handler works, and for idle connections.
  server.setTimeout(bounds.unreadMs, (socket) => {
    const waitsForAnswer = stages.get(socket) === 'answered' || stages.get(socket) === 'sending';
    if (!waitsForAnswer || socket.writableLength > 0) socket.destroy();
  });

  return {
    follow(request, response) {
      const { socket } = request;
      answers.set(socket, response);
      const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
      const hasBody = coding !== undefined || Number(length) !== 0;
      move(socket, hasBody ? 'sending' : 'answered');
      if (hasBody)
        request.once('end', () => {
          if (answers.get(socket) === response) move(socket, 'answered');
        });
      response.once('prefinish', () => {
        if (socket.destroyed || socket.writableLength === 0) return;
        const sending = setTimeout(() => socket.destroy(), bounds.sendingMs);
        response.once('close', () => clearTimeout(sending));
      });
      response.once('close', () => {
        if (answers.get(socket) !== response) return;
        answers.delete(socket);
        if (!socket.destroyed) move(socket, 'idle');
      });
    },
  };
}
