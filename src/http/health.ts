import type { ServerResponse } from 'node:http';
import type { HttpRoute } from '../model/adapter';
import type { LinkState } from '../model/link';

/** The store or a platform, as `/readyz` tells it. */
export interface Readiness {
  /** E.g. `store`, `slack`. */
  readonly name: string;
  readonly ready: boolean | Promise<boolean>;
  readonly links: readonly LinkState[];
}

/**
 * `/healthz` (the process lives) and `/readyz`: 200 where everything is ready, else 503, with each part's state in
 * codes. A platform's outage is no reason to keep another's requests out, so that each part has a path of its own as
 * well, e.g. `/readyz/teams`; it answers for that part and the store.
 */
export function healthRoutes(readiness: () => readonly Readiness[]): readonly HttpRoute[] {
  const of = (name: string): readonly Readiness[] =>
    readiness().filter((part) => part.name === name || part.name === 'store');
  return [
    { method: 'GET', path: '/healthz', handle: (_request, response) => void response.writeHead(200, EMPTY).end() },
    { method: 'GET', path: '/readyz', handle: (_request, response) => tell(response, readiness()) },
    ...readiness().map(
      ({ name }): HttpRoute => ({
        method: 'GET',
        path: `/readyz/${name}`,
        handle: (_request, response) => tell(response, of(name)),
      }),
    ),
  ];
}

const EMPTY = { 'content-length': 0 };

async function tell(response: ServerResponse, parts: readonly Readiness[]): Promise<void> {
  const known = await Promise.all(parts.map(async (part) => ({ ...part, ready: await part.ready })));
  const ready = known.every((part) => part.ready);
  const states = known.map(({ name, ready, links }) => [
    name,
    { ready, ...Object.fromEntries(links.map((link) => [link.name, link.lost ?? 'up'])) },
  ]);
  const body = Buffer.from(JSON.stringify({ ready, ...Object.fromEntries(states) }));
  response
    .writeHead(ready ? 200 : 503, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'content-length': body.length,
    })
    .end(body);
}
