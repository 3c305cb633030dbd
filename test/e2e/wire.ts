import { connect } from 'node:net';

/** What a server said on one connection, and whether it let the connection go. */
export interface Heard {
  readonly statuses: readonly number[];
  /** Everything but the status lines and headers. */
  readonly bodies: string;
  readonly all: string;
  readonly hung: boolean;
}

/** Writes these bytes, piece by piece, and listens until the server closes the connection. */
export async function say(port: number, pieces: readonly (string | Uint8Array)[], patienceMs: number): Promise<Heard> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  let hung = false;
  const closed = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
  const timer = setTimeout(() => {
    hung = true;
    socket.destroy();
  }, patienceMs);
  for (const piece of pieces) if (socket.writable) socket.write(piece);
  await closed;
  clearTimeout(timer);
  const all = Buffer.concat(chunks).toString('latin1');
  const parts = all.split(/(?=HTTP\/1\.1 \d{3} )/u);
  return {
    statuses: [...all.matchAll(/HTTP\/1\.1 (\d{3}) /gu)].map(([, status]) => Number(status)),
    bodies: parts.map((part) => part.split('\r\n\r\n').slice(1).join('\r\n\r\n')).join(''),
    all,
    hung,
  };
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A whole request, after which the server is to close the connection. */
export function requestOf({ method, path, headers, body }: Asked, host: string): readonly (string | Uint8Array)[] {
  const bytes = Buffer.from(body);
  const lines = { host, connection: 'close', 'content-length': String(bytes.length), ...headers };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  return [Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1'), bytes];
}
