import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakePresidio = Awaited<ReturnType<typeof startFakePresidio>>;

interface Request {
  readonly text: string;
  readonly language: string;
  readonly score_threshold: number;
}

/**
 * The analyzer's `POST /analyze`, as strict as the real one: JSON, a text, a language that it has a model for. It finds
 * people called Erika, Erika Mustermann and Müller, and counts characters as Python does.
 *
 * Source: presidio-analyzer/app.py, github.com/microsoft/presidio.
 */
export async function startFakePresidio({ languages = ['en'] }: { readonly languages?: readonly string[] } = {}) {
  const requests: Request[] = [];
  let trouble: ((response: ServerResponse) => void) | undefined;
  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method !== 'POST' || request.url !== '/analyze') return send(404, { error: 'not found' });
    if (!/^application\/json/u.test(request.headers['content-type'] ?? '')) return send(415, { error: 'not JSON' });
    const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Request;
    requests.push(asked);
    if (trouble !== undefined) return trouble(response);
    if (typeof asked.text !== 'string' || asked.text === '') return send(500, { error: 'No text provided' });
    if (!languages.includes(asked.language))
      return send(500, { error: `No matching recognizers were found for ${asked.language}` });
    const characters = [...asked.text];
    const found = [...characters.entries()].flatMap(([at]) =>
      ['Erika Mustermann', 'Erika', 'Müller', 'Monday']
        .filter((name) => characters.slice(at, at + name.length).join('') === name)
        .map((name) => ({
          analysis_explanation: null,
          entity_type: name === 'Monday' ? 'DATE_TIME' : 'PERSON',
          start: at,
          end: at + name.length,
          score: 0.85,
        })),
    );
    return send(200, found);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    /** Answers so from now on; undefined: as it should. */
    fail(how: ((response: ServerResponse) => void) | undefined) {
      trouble = how;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
