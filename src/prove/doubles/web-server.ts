import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A plain HTTP server on loopback, for tests of what goes over the wire. */
export interface WebServer {
  readonly url: string;
  readonly host: string;
  connections(): number;
  close(): Promise<void>;
}

export async function startWebServer(handle: RequestListener): Promise<WebServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server: Server = createServer(handle);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  let words = '';
  for await (const chunk of request) words += String(chunk);
  return words;
}
