import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

type Take = (words: string) => void;

/** What passes through the process's own boundaries, as it stands on the wire. */
export interface Taps {
  /** A body that came in, from a platform or from anybody. */
  inbound(take: Take): void;
  /** What is sent to the vendor on this port, and what comes back. */
  toPort(port: number, take: Take): void;
  fromPort(port: number, take: Take): void;
}

/** Taps the classes of Node itself, before the program is loaded: none of its code knows. */
export function createTaps(): Taps {
  const inbound: Take[] = [];
  const to: [number, Take][] = [];
  const from: [number, Take][] = [];
  const words = (chunk: unknown): string =>
    typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8');
  const ports = new WeakMap<Socket, number>();
  /** A request that is written before the connection is there tells by its head where it goes. */
  const portOf = (socket: Socket, said: string): number | undefined => {
    const named = /\r\nhost: [^\r]*:(\d+)/iu.exec(said)?.[1];
    const port = socket.remotePort ?? ports.get(socket) ?? (named === undefined ? undefined : Number(named));
    if (port !== undefined) ports.set(socket, port);
    return port;
  };
  const tell = (takes: readonly [number, Take][], socket: Socket, chunk: unknown): void => {
    if (takes.length === 0) return;
    const said = words(chunk);
    const port = portOf(socket, said);
    for (const [wanted, take] of takes) if (wanted === port) take(said);
  };

  const push = IncomingMessage.prototype.push;
  IncomingMessage.prototype.push = function (chunk, encoding) {
    if (chunk !== null && typeof this.method === 'string') for (const take of inbound) take(words(chunk));
    return push.call(this, chunk, encoding);
  };
  const pushRaw = Socket.prototype.push;
  Socket.prototype.push = function (chunk, encoding) {
    if (chunk !== null) tell(from, this, chunk);
    return pushRaw.call(this, chunk, encoding);
  };
  const write = Socket.prototype.write as (this: Socket, ...args: unknown[]) => boolean;
  Socket.prototype.write = function (this: Socket, ...args: unknown[]): boolean {
    tell(to, this, args[0]);
    return write.apply(this, args);
  } as Socket['write'];

  return {
    inbound: (take) => void inbound.push(take),
    toPort: (port, take) => void to.push([port, take]),
    fromPort: (port, take) => void from.push([port, take]),
  };
}
