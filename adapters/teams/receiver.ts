import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRecord } from '../../src/kit/field';
import { readRequest } from '../../src/kit/read-body';
import type { Log } from '../../src/log/log';
import type { HttpRoute } from '../../src/model/adapter';
import { createAcksFirst } from '../kit/acks-first';
import { mayEnter } from '../kit/this-machine';
import type { InvokeAnswer } from './bot';
import { type Envelope, envelope, isAddressed } from './payloads';
import type { TokenCheck, TokenVerdict } from './token-check';
import { tenantOf } from './turn';

export interface ReceiverParts {
  /** Undefined: programs on this machine are let in. */
  readonly check: TokenCheck | undefined;
  /** Whether an address is one of Teams' own: the bot's token may go there. */
  readonly isService: (url: URL) => boolean;
  /** Tenants that may ask, in lower case; undefined: every one. */
  readonly tenants: ReadonlySet<string> | undefined;
  /** Whether activities are taken: from the start to the stop. */
  readonly taking: () => boolean;
  /** Works on an activity. Never rejects. Its answer is waited for where it is an invoke. */
  readonly take: (shape: Envelope, body: Activity) => Promise<InvokeAnswer>;
  readonly log: Log;
}

type Activity = Readonly<Record<string, unknown>>;

interface Delivered {
  /** Where it comes from, checked. */
  readonly shape: Envelope;
  /** All of it, as it was sent. */
  readonly body: Activity;
}

const CHANNEL = 'msteams';
const REFUSED = { kind: 'refused' } as const;
const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * `POST /api/messages`. Lets in activities of Teams alone: with a token that holds and speaks for the activity's own
 * service address, from an address of Teams', of a tenant that may ask. Refusals are bare; 503 asks to come again. Messages are acknowledged
 * at once, and worked on afterwards; those that do not address dejiren end here.
 */
export function createTeamsRoute(parts: ReceiverParts): HttpRoute {
  const { log } = parts;
  const activities = createAcksFirst(({ shape, body }: Delivered) => void parts.take(shape, body));

  function answer(response: ServerResponse, { status, body }: InvokeAnswer): void {
    if (body === undefined) return void response.writeHead(status, { 'content-length': 0 }).end();
    const bytes = Buffer.from(JSON.stringify(body));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  }

  function refuse(response: ServerResponse, status: number, code: string): void {
    log.warn('teams-request-refused', { status, code });
    answer(response, { status });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    activities.requestCame();
    const raw = await readRequest(request);
    if (raw === undefined) return refuse(response, 413, 'too-large');
    const body = parse(raw);
    const activity = envelope.safeParse(body);
    const verdict = await verdictOn(request);
    if (verdict.kind === 'unknown') return refuse(response, 503, 'no-keys');
    if (verdict.kind !== 'holds') return refuse(response, 401, 'token');
    if (body === undefined || !activity.success) return refuse(response, 400, 'malformed');
    const code = whyNot(activity.data, verdict.serviceUrl);
    if (code !== undefined) return refuse(response, 403, code);
    if (!parts.taking()) return refuse(response, 503, 'not-taking');
    if (activity.data.type === 'message' && !isAddressed(body)) return answer(response, { status: 202 });
    const isInvoke = activity.data.type === 'invoke';
    if (!isInvoke && activities.isFull) return refuse(response, 503, 'queue-full');
    if (isInvoke) return answer(response, await parts.take(activity.data, body));
    answer(response, { status: 202 });
    activities.add({ shape: activity.data, body });
  }

  async function verdictOn(request: IncomingMessage): Promise<TokenVerdict> {
    if (parts.check === undefined) return mayEnter(request, 'own') ? { kind: 'holds', serviceUrl: '' } : REFUSED;
    // Of two, a gateway might have looked at the other.
    const [authorization, another] = request.headersDistinct.authorization ?? [];
    return another === undefined ? parts.check.verdictOn(authorization, CHANNEL) : REFUSED;
  }

  function whyNot(activity: Envelope, claimed: string): string | undefined {
    if (activity.channelId !== CHANNEL) return 'channel';
    if (parts.check !== undefined && trimmed(claimed) !== trimmed(activity.serviceUrl)) return 'service-claim';
    if (!parts.isService(new URL(activity.serviceUrl))) return 'service';
    const tenant = tenantOf(activity);
    const told = activity.channelData?.tenant?.id;
    if (tenant === undefined) return 'no-tenant';
    if (told !== undefined && told !== tenant) return 'two-tenants';
    if (parts.tenants !== undefined && !parts.tenants.has(tenant)) return 'tenant';
    return undefined;
  }

  return { method: 'POST', path: '/api/messages', handle };
}

function parse(raw: Buffer): Activity | undefined {
  try {
    const value: unknown = JSON.parse(UTF_8.decode(raw));
    return isRecord(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function trimmed(url: string): string {
  return url.replace(/\/+$/u, '').toLowerCase();
}
