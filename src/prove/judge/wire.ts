import type { WirePromise } from '../doubles/wire-promise';

/** A request as it stood on a vendor's wire. */
export interface OnTheWire {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Of HTTP itself. What tells of the program, its machine or its person is not among them. */
const HEADERS =
  /^(host|connection|content-(type|length|encoding)|accept(-encoding|-language)?|user-agent|transfer-encoding|sec-fetch-mode)$/u;

/** What of a request is not as it was promised; each is named without its value. */
export function faultsOnTheWire(request: OnTheWire, promise: WirePromise): readonly string[] {
  const faults: string[] = [];
  if (request.method !== 'POST') faults.push('method');
  if (request.path !== promise.path) faults.push('path');
  for (const [name, value] of Object.entries(request.headers)) {
    if (!HEADERS.test(name) && !promise.headers.test(name)) faults.push(`head “${name}”`);
    if (name === 'host' && value !== promise.host) faults.push('host');
  }
  const { authorization = '' } = request.headers;
  if (promise.authorization?.test(String(authorization)) === false) faults.push('head “authorization”');
  const body = fieldsOf(request.body);
  if (body === undefined) return [...faults, 'body'];
  for (const [name, isRight] of Object.entries(promise.body)) {
    if (!Object.hasOwn(body, name)) {
      if (!promise.optional.includes(name)) faults.push(`no field “${name}”`);
    } else if (!isRight(body[name])) faults.push(`field “${name}”`);
  }
  for (const name of Object.keys(body)) if (!Object.hasOwn(promise.body, name)) faults.push(`field “${name}”`);
  return faults;
}

function fieldsOf(body: string): Record<string, unknown> | undefined {
  try {
    const content: unknown = JSON.parse(body);
    return typeof content === 'object' && content !== null ? { ...content } : undefined;
  } catch {
    return undefined;
  }
}

/** The words of the last turn: what is asked now, without what was said before. Turns have one of three names on all wires. */
export function lastTurn(body: string): string {
  const content = fieldsOf(body);
  const turns = content?.input ?? content?.messages ?? content?.contents;
  return Array.isArray(turns) ? JSON.stringify(turns.at(-1)) : '';
}
