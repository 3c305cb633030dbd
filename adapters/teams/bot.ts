import type { Activity, ConversationReference, TurnContext } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import { retryAfterOf } from '../../src/kit/retry-after';
import { DejirenError } from '../../src/model/errors';

/** Where messages of the bot go: an address of Teams, and a conversation there. */
export interface Destination {
  readonly serviceUrl: string;
  readonly conversation: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  /** The bot's account in this conversation. */
  readonly bot: string;
}

export type OutgoingActivity = Readonly<Record<string, unknown>> & { readonly type: string };

/** What a handler gives back to an invoke. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** All that dejiren asks of the Bot Framework. Nothing else imports its SDK. */
export interface Bot {
  /**
   * Runs an activity that was let in; resolves to an invoke's answer, which Teams waits for. A bare 500 where the
   * handler throws, or the SDK cannot read the activity.
   */
  run(
    activity: Readonly<Record<string, unknown>>,
    handle: () => Promise<InvokeAnswer | undefined>,
  ): Promise<InvokeAnswer>;
  /** Sends an activity and gives its id (empty where Teams gives none). Rejects with a {@link BotCallError}. */
  send(place: Destination, activity: OutgoingActivity): Promise<string>;
  /** Puts an activity in the place of one that was sent. Rejects with a {@link BotCallError}. */
  update(place: Destination, id: string, activity: OutgoingActivity): Promise<void>;
  /** Takes an activity away that was sent. Rejects with a {@link BotCallError}. */
  remove(place: Destination, id: string): Promise<void>;
}

/** Teams refused a call, or could not be reached (`status` 0). It carries nothing of the call. */
export class BotCallError extends DejirenError<'teams', 'call-failed'> {
  readonly status: number;
  /** Teams' own code, e.g. `ContentStreamNotAllowed`. */
  readonly teamsCode: string;
  /** Of a stream that may not go on: whether the person stopped it, or its time is up. */
  readonly stream: 'stopped' | 'time-up' | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(parts: Pick<BotCallError, 'status' | 'teamsCode' | 'stream' | 'retryAfterMs'>) {
    super('BotCallError', 'teams', 'call-failed');
    this.status = parts.status;
    this.teamsCode = parts.teamsCode;
    this.stream = parts.stream;
    this.retryAfterMs = parts.retryAfterMs;
  }
}

export interface BotParts {
  readonly appId: string;
  /** Undefined: nothing is signed, for a service on this machine. */
  readonly token: (() => Promise<string>) | undefined;
  readonly fetch: typeof fetch;
}

/** The SDK asks for it; the token that is sent is made for the scope of the settings. */
const AUDIENCE = 'https://api.botframework.com';
const CALL_MS = 15_000;
/** A wait that Teams asks for is no longer than this. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/**
 * The Bot Framework, with its HTTP and its tokens replaced by ours: what leaves goes through `fetch`, and a failure
 * is a {@link BotCallError}, which its retries leave alone.
 */
export async function createBot({ appId, token, fetch }: BotParts): Promise<Bot> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
  const { ClaimsIdentity } = await import('botframework-connector');
  await keepEntities();
  const identity = new ClaimsIdentity(
    [
      { type: 'aud', value: appId },
      { type: 'appid', value: appId },
    ],
    'Bearer',
  );
  const credentials = {
    async signRequest(request: { headers: { set(name: string, value: string): void } }) {
      if (token !== undefined) request.headers.set('authorization', `Bearer ${await token()}`);
      return request;
    },
  };
  /** Lets in whatever reaches it: tokens are checked before, in `token.ts`. */
  class Authentication extends ConfigurationBotFrameworkAuthentication {
    override async authenticateRequest(): Promise<AuthenticateRequestResult> {
      return {
        audience: AUDIENCE,
        claimsIdentity: identity,
        connectorFactory: this.createConnectorFactory(identity),
      };
    }
  }
  const authentication = new Authentication(
    { MicrosoftAppId: appId, MicrosoftAppType: 'MultiTenant' },
    {
      isValidAppId: async (id: string) => id === appId,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => credentials,
    } as never,
    undefined,
    undefined,
    { httpClient: { sendRequest: (request: OutgoingRequest) => sendThrough(fetch, request) } } as never,
  );
  const adapter = new CloudAdapter(authentication);
  const at = async <Result>(place: Destination, work: (context: TurnContext) => Promise<Result>): Promise<Result> => {
    const reference = {
      serviceUrl: place.serviceUrl,
      channelId: 'msteams',
      conversation: { id: place.conversation, conversationType: place.kind },
      bot: { id: place.bot },
    } as ConversationReference;
    const done: { result?: Result } = {};
    await adapter.continueConversationAsync(identity, reference, async (context: TurnContext) => {
      // It would go along as the message that is replied to.
      context.activity.id = undefined as never;
      done.result = await work(context);
    });
    return done.result as Result;
  };

  return {
    async run(activity, handle) {
      let handled = false;
      let answer: InvokeAnswer = { status: 200 };
      const response = {
        socket: undefined,
        status(status: number) {
          answer = { ...answer, status };
          return response;
        },
        header: () => response,
        send(body: unknown) {
          answer = { ...answer, body };
          return response;
        },
        end: () => response,
      };
      const request = { method: 'POST', headers: {}, body: { ...activity } };
      await adapter.process(request, response, async (context) => {
        // What a handler throws the SDK would print, and answer with.
        const given = await handle().catch(() => 'failed' as const);
        if (given === 'failed') return;
        handled = true;
        if (context.activity.type === 'invoke')
          await context.sendActivity({ type: 'invokeResponse', value: given ?? { status: 501 } });
      });
      // Its own failures come with a message of theirs.
      return handled ? answer : { status: 500 };
    },
    async send(place, activity) {
      const sent = await at(place, (context) => context.sendActivity({ ...activity } as Partial<Activity>));
      return sent?.id ?? '';
    },
    async update(place, id, activity) {
      await at(place, (context) => context.updateActivity({ ...activity, id } as Partial<Activity>));
    },
    async remove(place, id) {
      await at(place, (context) => context.deleteActivity(id));
    },
  };
}

/**
 * 4.23.3 sends of an entity only what its mapper names, which ends streams and labels.
 * Source: github.com/microsoft/botbuilder-js/issues/4902, mended after the last release.
 */
async function keepEntities(): Promise<void> {
  const { Entity } = await import('botframework-connector/lib/connectorApi/models/mappers.js');
  Object.assign(Entity.type, { additionalProperties: { type: { name: 'Object' } } });
}

interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly body?: unknown;
  readonly headers: { toJson(): Record<string, string> };
}

async function sendThrough(send: typeof fetch, request: OutgoingRequest): Promise<unknown> {
  const body = typeof request.body === 'string' ? request.body : undefined;
  const response = await callTeams(send, request.url, {
    method: request.method,
    headers: request.headers.toJson(),
    ...(body !== undefined && { body }),
  });
  const headers = Object.fromEntries(response.headers);
  return { request, status: response.status, headers: { toJson: () => headers }, bodyAsText: await response.text() };
}

/** Calls the Bot Connector. Rejects with a {@link BotCallError} for anything but a success. */
export async function callTeams(send: typeof fetch, url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await send(url, { ...init, signal: AbortSignal.timeout(CALL_MS) });
  } catch {
    throw new BotCallError({ status: 0, teamsCode: 'unreachable', stream: undefined, retryAfterMs: undefined });
  }
  if (response.ok) return response;
  const { code, message } = await errorOf(response);
  throw new BotCallError({
    status: response.status,
    teamsCode: code,
    stream: code !== 'ContentStreamNotAllowed' ? undefined : /cancel/iu.test(message) ? 'stopped' : 'time-up',
    retryAfterMs: retryAfterOf((name) => response.headers.get(name), LONGEST_RETRY_AFTER_MS),
  });
}

async function errorOf(response: Response): Promise<{ code: string; message: string }> {
  try {
    const { error = {} } = (await response.json()) as { error?: { code?: unknown; message?: unknown } };
    const code = typeof error.code === 'string' && /^[\w.-]{1,64}$/u.test(error.code) ? error.code : 'unknown';
    return { code, message: typeof error.message === 'string' ? error.message.slice(0, 1_000) : '' };
  } catch {
    return { code: 'unknown', message: '' };
  }
}
