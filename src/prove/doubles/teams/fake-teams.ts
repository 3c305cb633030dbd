import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createWatch } from '../slack/watch';
import { bodyOf, startWebServer } from '../web-server';
import { type Issuer, startIssuer, type TokenWish } from './issuer';

export const APP_ID = '11111111-2222-3333-4444-555555555555';
export const SECRET = 'the-secret-of-the-bot';
export const TENANT = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
export const BOT = `28:${APP_ID}`;

export interface Activity {
  readonly type: string;
  readonly text?: string;
  readonly textFormat?: string;
  readonly entities?: readonly Record<string, unknown>[];
  readonly channelData?: Record<string, unknown>;
  readonly attachments?: readonly { contentType: string; content: { body: unknown[]; actions?: CardAction[] } }[];
  readonly suggestedActions?: { readonly actions: readonly { value: string }[] };
  readonly replyToId?: string;
  readonly recipient?: { id: string; isTargeted?: boolean };
}
export interface CardAction {
  readonly title: string;
  readonly data: Record<string, unknown>;
}

/** A message of the bot as it stands in a conversation now. */
export interface Shown {
  readonly id: string;
  readonly conversation: string;
  /** The account that alone sees it; undefined: everybody there. */
  readonly to: string | undefined;
  activity: Activity;
  edits: number;
  state: 'stream' | 'stopped' | 'whole';
}

export interface Member {
  readonly userRole?: string;
  readonly tenantId?: string;
  readonly name?: string;
}

interface Stream {
  readonly shown: Shown;
  sequence: number;
  startedAt: number;
  lastAt: number;
  text: string;
}

/** What the next call is answered with, in place of what it asks for. */
export interface Trouble {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  readonly retryAfter?: number;
  /** Whether the call was done all the same. */
  readonly done?: boolean;
  readonly method?: 'POST' | 'PUT';
  /** Calls of this conversation alone, with its threads. */
  readonly conversation?: string;
}

/** The error with which a call is refused, if it is. */
export type Refusal = (
  method: string,
  path: string,
  body: Activity,
) => { readonly status: number; readonly code: string } | undefined;

const MAX_UTF16_BYTES = 100 * 1024;

export interface FakeTeamsOptions {
  /** What the bot proves itself with. */
  readonly secret?: string;
  /** What Entra ID then gives it. */
  readonly botToken?: string;
  readonly authenticated?: boolean;
  /** Whether messages to one person in a channel are taken, as they are from manifests that ask for it. */
  readonly targeted?: boolean;
  /** Milliseconds after which a stream may not go on; two minutes in Teams. */
  readonly streamMs?: number;
  /** The organisation's id in the directory. */
  readonly tenant?: string;
  /** The id of the first message: Teams counts in milliseconds. */
  readonly firstId?: number;
}

/** The Bot Connector of Teams on this machine. It refuses what Teams refuses. */
export async function startFakeTeams(options: FakeTeamsOptions = {}) {
  const {
    secret = SECRET,
    botToken = 'bot-token',
    authenticated = true,
    targeted = false,
    streamMs = 120_000,
    tenant: homeTenant = TENANT,
    firstId = 1_700_000_000_000,
  } = options;
  const issuer: Issuer = await startIssuer(APP_ID, secret, botToken);
  const watch = createWatch();
  const shown: Shown[] = [];
  const asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  const calls: { readonly method: string; readonly path: string; readonly body: Activity; readonly at: number }[] = [];
  const breaches: string[] = [];
  const troubles: Trouble[] = [];
  const refusals: Refusal[] = [];
  const streams = new Map<string, Stream>();
  const members = new Map<string, Member>();
  const typing: string[] = [];
  let endpoint = '';
  let count = 0;
  const nextId = (): string => {
    count += 1;
    return String(firstId + count);
  };

  let time = 0;
  /** Teams' clock, which its ids tell as well; no two activities are of one moment. */
  const nextTime = (): string => {
    time = Math.max(firstId + count, time + 1);
    return new Date(time).toISOString();
  };

  const web = await startWebServer((request, response) => {
    void serve(request, response).finally(watch.changed);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const raw = await bodyOf(request);
    const method = request.method ?? '';
    const body: Activity = raw === '' ? { type: '' } : JSON.parse(raw);
    const path = decodeURIComponent(url.pathname);
    calls.push({ method, path, body, at: Date.now() });
    asked.push({ url: request.url ?? '', headers: request.headers });
    const answer = (status: number, content: unknown, headers: Record<string, string> = {}): unknown =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(content));
    const refuse = (status: number, code: string, message = code): unknown => {
      breaches.push(`${status} ${code}`);
      return answer(status, { error: { code, message } });
    };
    if (authenticated && request.headers.authorization !== `Bearer ${botToken}`) return refuse(401, 'Unauthorized');

    const refused = refusals.map((of) => of(method, path, body)).find((one) => one !== undefined);
    if (refused !== undefined) return answer(refused.status, { error: { code: refused.code, message: refused.code } });

    const trouble = troubles.find(({ conversation = '' }) => path.includes(conversation));
    if (trouble !== undefined && method !== 'GET' && (trouble.method ?? method) === method) {
      troubles.splice(troubles.indexOf(trouble), 1);
      if (trouble.done === true)
        take(
          method,
          path,
          url,
          body,
          () => {},
          () => {},
        );
      if (trouble.status === 0) return response.destroy();
      const after: Record<string, string> =
        trouble.retryAfter === undefined ? {} : { 'retry-after': String(trouble.retryAfter) };
      const { code = 'ServiceError', message = code } = trouble;
      return answer(trouble.status, { error: { code, message } }, after);
    }
    return take(method, path, url, body, answer, refuse);
  }

  function take(
    method: string,
    path: string,
    url: URL,
    body: Activity,
    answer: (status: number, content: unknown) => unknown,
    refuse: (status: number, code: string, message?: string) => unknown,
  ): unknown {
    if (path === '/v3/conversations' && method === 'POST') {
      const [member] = Reflect.get(body, 'members') as { id: string }[];
      return answer(201, { id: `a:personal-${member?.id ?? ''}` });
    }
    const [, conversation = '', what, id] =
      /^\/v3\/conversations\/([^/]+)\/(activities|members)(?:\/(.+))?$/u.exec(path) ?? [];
    if (what === 'members' && method === 'GET') {
      const member = memberOf(id ?? '') ?? { userRole: 'user' };
      if (member.userRole === 'gone') return refuse(404, 'MemberNotFoundInConversation');
      return answer(200, { id, tenantId: homeTenant, ...member });
    }
    if (what !== 'activities') return refuse(404, 'NotFound');
    if (Buffer.byteLength(JSON.stringify(body), 'utf16le') > MAX_UTF16_BYTES) return refuse(413, 'MessageSizeTooBig');
    if (method === 'PUT') return edit(conversation, id ?? '', body, answer, refuse);
    if (method !== 'POST') return refuse(405, 'BadArgument');

    const info = body.entities?.find(({ type }) => type === 'streaminfo');
    if (info !== undefined) return stream(conversation, body, info, answer, refuse);
    if (body.type === 'typing') {
      typing.push(conversation);
      return answer(201, { id: nextId() });
    }
    const isTargeted = url.searchParams.get('isTargetedActivity') === 'true';
    if (isTargeted && (!targeted || body.recipient?.isTargeted !== true || isPersonal(conversation)))
      return refuse(403, 'TargetedMessageNotAllowed');
    const to = isTargeted ? body.recipient?.id : undefined;
    const one: Shown = { id: nextId(), conversation, to, activity: body, edits: 0, state: 'whole' };
    shown.push(one);
    return answer(201, { id: one.id });
  }

  /** Teams takes an account's id of its own, and the one of the directory. */
  const memberOf = (id: string): Member | undefined =>
    members.get(id) ?? [...members].find(([account]) => objectIdOf(account.slice(3)) === id)?.[1];

  function edit(
    conversation: string,
    id: string,
    body: Activity,
    answer: (status: number, content: unknown) => unknown,
    refuse: (status: number, code: string) => unknown,
  ): unknown {
    const one = shown.find((message) => message.id === id && message.conversation === conversation);
    if (one === undefined) return refuse(404, 'ActivityNotFoundInConversation');
    const open = streams.get(id);
    if (open !== undefined && one.state === 'stream' && Date.now() - open.startedAt < streamMs)
      return refuse(403, 'EditOfOpenStream');
    one.activity = body;
    one.edits += 1;
    one.state = 'whole';
    return answer(200, { id });
  }

  function stream(
    conversation: string,
    body: Activity,
    info: Record<string, unknown>,
    answer: (status: number, content: unknown) => unknown,
    refuse: (status: number, code: string, message?: string) => unknown,
  ): unknown {
    if (!isPersonal(conversation)) return refuse(405, 'BadArgument', 'Streaming is not allowed here');
    const { streamType, streamId, streamSequence } = info;
    for (const field of ['streamType', 'streamId', 'streamSequence'])
      if (body.channelData?.[field] !== info[field]) return refuse(400, 'BadArgument', `channelData.${field}`);
    const text = body.text ?? '';
    if (streamType === 'informative' && text.length > 1_000) return refuse(400, 'BadArgument', 'informative');
    if (streamId === undefined) {
      if (streamSequence !== 1 || body.type !== 'typing') return refuse(400, 'BadArgument', 'first of a stream');
      if ([...streams.values()].some((one) => one.shown.conversation === conversation && one.shown.state === 'stream'))
        return refuse(403, 'ContentStreamNotAllowed', 'another stream is open');
      const one: Shown = { id: nextId(), conversation, to: undefined, activity: body, edits: 0, state: 'stream' };
      shown.push(one);
      const written = streamType === 'informative' ? '' : text;
      streams.set(one.id, { shown: one, sequence: 1, startedAt: Date.now(), lastAt: Date.now(), text: written });
      return answer(201, { id: one.id });
    }
    const open = streams.get(String(streamId));
    if (open === undefined || open.shown.state === 'whole') return refuse(404, 'ContentStreamNotFound');
    if (open.shown.state === 'stopped')
      return answer(403, {
        error: { code: 'ContentStreamNotAllowed', message: 'Content stream was canceled by user.' },
      });
    if (Date.now() - open.startedAt > streamMs)
      return answer(403, {
        error: { code: 'ContentStreamNotAllowed', message: 'Content stream finished due to exceeded streaming time.' },
      });
    if (!text.startsWith(open.text)) return refuse(400, 'BadArgument', 'the text does not go on from before');
    if (Date.now() - open.lastAt < 1_000) return refuse(429, 'TooManyRequests');
    if (streamType === 'final') {
      if (streamSequence !== undefined || body.type !== 'message') return refuse(400, 'BadArgument', 'final');
      open.shown.activity = body;
      open.shown.state = 'whole';
      return answer(202, {});
    }
    if (body.type !== 'typing' || body.attachments !== undefined) return refuse(400, 'BadArgument', 'chunk');
    if (streamSequence !== open.sequence + 1) return refuse(202, 'ContentStreamSequenceOrderPreConditionFailed');
    Object.assign(open, { sequence: streamSequence, lastAt: Date.now(), text });
    open.shown.activity = body;
    return answer(202, {});
  }

  const conversationIdOf = (activity: SayWish): string =>
    activity.conversation ?? `a:personal-${accountOf(activity.user)}`;

  /** An activity as Teams would deliver it. */
  function activityOf(wish: SayWish): Record<string, unknown> {
    const { user = 'u1', kind = 'personal', tenant = homeTenant } = wish;
    return {
      type: 'message',
      id: wish.id ?? nextId(),
      channelId: 'msteams',
      serviceUrl: `${web.url}/`,
      timestamp: nextTime(),
      textFormat: 'plain',
      from: { id: accountOf(user), name: `Name of ${user}`, aadObjectId: objectIdOf(user) },
      recipient: { id: BOT, name: 'dejiren' },
      conversation: {
        id: conversationIdOf(wish),
        conversationType: kind,
        tenantId: tenant,
        isGroup: kind !== 'personal',
      },
      channelData: { tenant: { id: tenant } },
      text: wish.text ?? '',
      entities: (wish.mentions ?? []).map(([id, text]) => ({
        type: 'mention',
        text,
        mentioned: { id, name: text.replace(/<\/?at>/gu, '') },
      })),
      ...wish.more,
    };
  }

  async function post(activity: Record<string, unknown>, wish: TokenWish & { readonly bare?: string } = {}) {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (authenticated) headers.authorization = wish.bare ?? `Bearer ${issuer.token(`${web.url}/`, wish)}`;
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(activity) });
    return { status: response.status, body: await response.text() };
  }

  const seen = ({ activity }: Shown): string =>
    [activity.text ?? '', ...(activity.attachments ?? []).map(({ content }) => wordsOf(content))].join('\n');

  /** The press of a card's button, as Teams would deliver it. */
  function pressOf(card: Shown, title: string, wish: PressWish = {}): Record<string, unknown> {
    const action = card.activity.attachments?.[0]?.content.actions?.find((one) => one.title === title);
    if (action === undefined) throw new Error(`the card has no button “${title}”: ${seen(card)}`);
    const data = { ...action.data, ...(wish.tick !== undefined && { training: String(wish.tick) }), ...wish.data };
    return activityOf({
      ...wish,
      conversation: wish.conversation ?? card.conversation,
      more: {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb: 'dejiren', data } },
        ...wish.more,
      },
    });
  }

  return {
    url: web.url,
    botToken,
    issuer,
    env: {
      MicrosoftAppId: APP_ID,
      MicrosoftAppPassword: secret,
      MicrosoftAppTenantId: homeTenant,
      DEJIREN_TEAMS_SERVICE_HOSTS: '127.0.0.1',
      ToBotFromChannelOpenIdMetadataUrl: issuer.openIdUrl,
      ToChannelFromBotLoginUrl: issuer.loginUrl,
    },
    shown,
    calls,
    /** The head of every request, as it came. */
    asked,
    /** What the bot did that Teams refuses. */
    breaches,
    typing,
    members,
    seen,
    until: watch.until,
    deliverTo(url: string): void {
      endpoint = url;
    },
    trouble: (...next: readonly Trouble[]): void => void troubles.push(...next),
    /** Refuses every call from now on for which it gives an error. */
    refuse: (of: Refusal): void => void refusals.push(of),
    activityOf,
    post,
    async say(wish: SayWish) {
      const activity = activityOf(wish);
      return { activity, ...(await post(activity)) };
    },
    /** The person presses Stop above an answer that is being streamed; without a conversation, everybody does. */
    pressStop(conversation?: string): void {
      for (const { shown: one } of streams.values())
        if (one.state === 'stream' && (conversation ?? one.conversation) === one.conversation) one.state = 'stopped';
    },
    /** What stands in a conversation for everybody there. */
    in: (conversation: string): readonly Shown[] =>
      shown.filter((one) => one.conversation === conversation && one.to === undefined),
    personal: (user = 'u1'): readonly Shown[] =>
      shown.filter((one) => one.conversation === `a:personal-${accountOf(user)}`),
    cards: (): readonly Shown[] => shown.filter(({ activity }) => activity.attachments !== undefined),
    pressOf,
    /** Presses a button of a card; the answer takes its place, as in Teams. */
    async press(card: Shown, title: string, wish: PressWish = {}) {
      const activity = pressOf(card, title, wish);
      const answer = await post(activity);
      if (answer.status === 200) {
        const { value: content, type } = JSON.parse(answer.body);
        card.activity = { type: 'message', attachments: [{ contentType: type, content }] };
        watch.changed();
      }
      return answer;
    },
    async close(): Promise<void> {
      await web.close();
      await issuer.close();
    },
  };
}

export interface SayWish {
  readonly id?: string;
  readonly user?: string;
  readonly text?: string;
  readonly kind?: 'personal' | 'groupChat' | 'channel';
  readonly conversation?: string;
  readonly tenant?: string;
  readonly mentions?: readonly (readonly [id: string, text: string])[];
  readonly more?: Readonly<Record<string, unknown>>;
}

export type PressWish = SayWish & { readonly tick?: boolean; readonly data?: Readonly<Record<string, unknown>> };

export type FakeTeams = Awaited<ReturnType<typeof startFakeTeams>>;

export function accountOf(user = 'u1'): string {
  return `29:${user}`;
}

export function objectIdOf(user: string): string {
  return `00000000-0000-0000-0000-${Buffer.from(user).toString('hex').padStart(12, '0').slice(-12)}`;
}

/** A mention of the bot, as it stands in a message's text and beside it. */
export const AT_BOT = { text: '<at>dejiren</at>', mention: [BOT, '<at>dejiren</at>'] as const };

function isPersonal(conversation: string): boolean {
  return conversation.startsWith('a:');
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) =>
      typeof inner === 'string' ? (['text', 'title'].includes(key) ? inner : '') : wordsOf(inner),
    )
    .join('\n');
}
