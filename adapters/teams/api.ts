import { field } from '../../src/kit/field';
import type { Log } from '../../src/log/log';
import type { Link } from '../kit/link';
import { sendUnless } from '../kit/withhold';
import { type Bot, BotCallError, callTeams, type Destination, type OutgoingActivity } from './bot';
import { TokenRefusedError } from './bot-tokens';

/** What came of a call to the Bot Connector. */
export type TeamsResult<Value = string> = { readonly ok: true; readonly value: Value } | TeamsFailure;

/** Teams refused a call. `code` is its own word, `too-large` for 413. */
export interface TeamsRefusal {
  readonly ok: false;
  readonly kind: 'refused';
  readonly code: string;
  readonly status: number;
}

export type TeamsFailure =
  | TeamsRefusal
  | { readonly ok: false; readonly kind: 'stream-stopped' | 'stream-time-up' }
  /** Teams did not do it, and asks to come again. */
  | { readonly ok: false; readonly kind: 'later'; readonly retryAfterMs: number }
  /** It is not known whether Teams did it. */
  | { readonly ok: false; readonly kind: 'unreachable' }
  /** It was not sent, for no more may be shown. */
  | { readonly ok: false; readonly kind: 'not-allowed' };

/** Calls the Bot Connector, each failure as a value. Never rejects, and logs a failure's code alone. */
export interface TeamsApi {
  /** Gives the id of what was sent. Nothing is sent once `unless` is aborted. */
  send(place: Destination, activity: OutgoingActivity, unless?: AbortSignal): Promise<TeamsResult>;
  update(place: Destination, id: string, activity: OutgoingActivity, unless?: AbortSignal): Promise<TeamsResult>;
  /** Takes away what was sent. */
  remove(place: Destination, id: string): Promise<TeamsResult>;
  /** Shows an activity in a conversation to one account alone. */
  sendTo(place: Destination, account: string, activity: OutgoingActivity): Promise<TeamsResult>;
  /** Opens the personal chat with an account and gives its conversation's id. */
  openPersonal(place: Destination, account: string, tenant: string): Promise<TeamsResult>;
  /** What Teams tells of a member of the conversation. */
  member(place: Destination, account: string): Promise<TeamsResult<unknown>>;
  /** Reads what the Bot Connector serves at an address of its own. */
  download(url: string, signal: AbortSignal): Promise<TeamsResult<Response>>;
}

export interface ApiParts {
  readonly bot: Bot;
  readonly token: (() => Promise<string>) | undefined;
  readonly fetch: typeof fetch;
  /** Told, where there is one, whether the Bot Connector answers. */
  readonly link?: Pick<Link, 'works' | 'unanswered'>;
  readonly log: Log;
}

/** Source: "Status codes from bot conversational APIs", learn.microsoft.com/microsoftteams: these are to be retried. */
const COME_AGAIN: ReadonlySet<number> = new Set([412, 429, 502, 503, 504]);

export function createTeamsApi({ bot, token, fetch, link, log }: ApiParts): TeamsApi {
  async function tried<Value>(
    method: string,
    work: () => Promise<Value>,
    unless?: AbortSignal,
  ): Promise<TeamsResult<Value>> {
    try {
      const value = await sendUnless(unless, work);
      if (value === 'withheld') return { ok: false, kind: 'not-allowed' };
      link?.works();
      return { ok: true, value };
    } catch (error) {
      const failure = failureOf(error);
      const code = failure.kind === 'refused' ? failure.code : failure.kind;
      const status = error instanceof BotCallError || error instanceof TokenRefusedError ? error.status : 0;
      if (error instanceof BotCallError && (status === 0 || status >= 500)) link?.unanswered();
      else if (error instanceof BotCallError) link?.works();
      log.warn('teams-call-failed', { method, code, status });
      return failure;
    }
  }

  async function call(place: Destination, path: string, body?: unknown): Promise<unknown> {
    const url = `${place.serviceUrl.replace(/\/$/u, '')}/v3/conversations${path}`;
    const authorization = token === undefined ? {} : { authorization: `Bearer ${await token()}` };
    const response = await callTeams(fetch, url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return response.json();
  }

  const idIn = (body: unknown): string => {
    const id = field(body, 'id');
    return typeof id === 'string' ? id : '';
  };
  const within = ({ conversation }: Destination): string => `/${encodeURIComponent(conversation)}`;

  return {
    send: (place, activity, unless) => tried('send', () => bot.send(place, activity), unless),
    update: (place, id, activity, unless) =>
      tried('update', () => bot.update(place, id, activity).then(() => id), unless),
    remove: (place, id) => tried('remove', () => bot.remove(place, id).then(() => id)),
    // The SDK leaves `isTargeted` out. Source: "Targeted messages", learn.microsoft.com/microsoftteams.
    sendTo: (place, account, activity) =>
      tried('send-targeted', async () => {
        const body = {
          ...activity,
          from: { id: place.bot },
          conversation: { id: place.conversation },
          recipient: { id: account, isTargeted: true },
        };
        return idIn(await call(place, `${within(place)}/activities?isTargetedActivity=true`, body));
      }),
    openPersonal: (place, account, tenant) =>
      tried('open-personal', async () =>
        idIn(
          await call(place, '', {
            bot: { id: place.bot },
            members: [{ id: account }],
            isGroup: false,
            tenantId: tenant,
            channelData: { tenant: { id: tenant } },
          }),
        ),
      ),
    member: (place, account) =>
      tried('member', () => call(place, `${within(place)}/members/${encodeURIComponent(account)}`)),
    download: (url, signal) =>
      tried('download', async () => {
        const headers = token === undefined ? {} : { authorization: `Bearer ${await token()}` };
        const response = await fetch(url, { headers, signal });
        if (response.ok) return response;
        await response.body?.cancel();
        throw new BotCallError({
          status: response.status,
          teamsCode: 'download',
          stream: undefined,
          retryAfterMs: undefined,
        });
      }),
  };
}

function failureOf(error: unknown): TeamsFailure {
  if (error instanceof TokenRefusedError) return { ok: false, kind: 'refused', code: 'no-token', status: 401 };
  if (!(error instanceof BotCallError) || error.status === 0) return { ok: false, kind: 'unreachable' };
  const { status, teamsCode, stream, retryAfterMs } = error;
  if (stream !== undefined) return { ok: false, kind: `stream-${stream}` };
  if (COME_AGAIN.has(status)) return { ok: false, kind: 'later', retryAfterMs: retryAfterMs ?? 1_000 };
  // Its own trouble is no word on what was sent.
  if (status >= 500) return { ok: false, kind: 'unreachable' };
  return { ok: false, kind: 'refused', code: status === 413 ? 'too-large' : teamsCode, status };
}
