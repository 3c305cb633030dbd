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
  const tell = (takes: readonly [number, Take][], { remotePort }: Socket, chunk: unknown): void => {
    for (const [port, take] of takes) if (port === remotePort) take(words(chunk));
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
