import { key, word } from './args';
import type { Deliveries } from './delivery';
import type { Delivery, Retry } from './envelope';
import { wire } from './reading';
import { APP_ID, BOT_ID, BOT_USER, type FakeMessage, type World } from './state';

export interface Spoken {
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly thread?: string;
  /** Ids of files. */
  readonly files?: readonly string[];
  /** The home workspace of the speaker, where it is another. */
  readonly team?: string;
}

type Event = Record<string, unknown>;

/** What people and Slack itself do, told to the app as Slack tells it: "Events API", docs.slack.dev. */
export function createEvents(world: World, { deliver }: Deliveries) {
  function eventOf(event: Event, shared = false): Event {
    const number = world.next();
    return {
      token: 'legacy',
      team_id: world.team,
      context_team_id: world.team,
      context_enterprise_id: null,
      api_app_id: APP_ID,
      event: { event_ts: `${world.time()}.${String(number).padStart(6, '0')}`, ...event },
      type: 'event_callback',
      event_id: `Ev${number}`,
      event_time: world.time(),
      authorizations: [
        { enterprise_id: null, team_id: world.team, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: shared,
    };
  }

  const tell = (event: Event, retry?: Retry): Promise<Delivery> => deliver('events_api', event, retry);
  const isShared = (channel: string, team = world.team): boolean =>
    team !== world.team || world.channelOf(channel)?.isExtShared === true;

  /** The event for a message, if the app is told of it at all: direct messages and mentions are. */
  function heard(message: FakeMessage, more: Event = {}, team = world.team): Event | undefined {
    const direct = world.channelOf(message.channel)?.kind === 'im';
    if (!direct && !message.text.includes(`<@${BOT_USER}>`)) return undefined;
    const type = direct ? { type: 'message', channel_type: 'im' } : { type: 'app_mention' };
    return eventOf(
      { ...wire(message), ...filesIn(message), ...type, channel: message.channel, team, event_ts: message.ts, ...more },
      isShared(message.channel, team),
    );
  }

  /** Slack makes a message with files one of a kind of its own, in direct messages. */
  function filesIn({ files, channel }: FakeMessage): Event {
    if (files === undefined) return {};
    const subtype = world.channelOf(channel)?.kind === 'im' ? { subtype: 'file_share' } : {};
    return { files: world.files.objects(files), upload: false, ...subtype };
  }

  /** The event for what became of a message; only direct messages tell it. */
  function became(subtype: 'message_changed' | 'message_deleted', message: FakeMessage, before: Event): Event {
    const ts = world.nextTs();
    const after =
      subtype === 'message_changed'
        ? { message: { ...wire(message), edited: { user: message.user, ts } } }
        : { deleted_ts: message.ts };
    const { channel } = message;
    return eventOf(
      { type: 'message', subtype, channel, channel_type: 'im', hidden: true, ts, ...after, previous_message: before },
      isShared(channel),
    );
  }

  function store({ channel, user, text, thread, files }: Spoken, more: Partial<FakeMessage> = {}): FakeMessage {
    if (world.channelOf(channel) === undefined) throw new Error('no such channel');
    world.meet(user);
    return world.store({
      channel,
      user,
      text,
      ...(thread !== undefined && { threadTs: thread }),
      ...(files !== undefined && { files }),
      ...more,
    });
  }

  async function said(message: FakeMessage, event: Event | undefined) {
    return { ts: message.ts, event, delivery: event === undefined ? undefined : await tell(event) };
  }

  const imOf = (user: string): string => `D${user.slice(1)}`;
  const isDirect = ({ channel }: FakeMessage): boolean => world.channelOf(channel)?.kind === 'im';

  return {
    eventOf,
    /** Slack tells an app of its own direct messages too. */
    async echo(kind: 'posted' | 'changed' | 'deleted', message: FakeMessage): Promise<void> {
      if (!isDirect(message)) return;
      const own = { app_id: APP_ID };
      const event =
        kind === 'posted'
          ? heard(message, own)
          : became(kind === 'changed' ? 'message_changed' : 'message_deleted', message, wire(message));
      if (event !== undefined) await tell(event);
    },
    /** Says something and delivers what Slack would; `event` can be delivered again. */
    async say(spoken: Spoken) {
      const message = store(spoken);
      return said(message, heard(message, {}, spoken.team));
    },
    /** Says something whose event is on its way: it can be delivered by `event`. */
    write(spoken: Spoken) {
      const message = store(spoken);
      const event = heard(message, {}, spoken.team);
      if (event === undefined) throw new Error('no event tells of it');
      return { ts: message.ts, event };
    },
    /** Says something that no event tells of. */
    put: (spoken: Spoken): string => store(spoken).ts,
    /** Another app says something. */
    async botSays(spoken: Spoken) {
      const message = store(spoken, { botId: 'B0OTHER', subtype: 'bot_message' });
      return said(message, heard(message, { app_id: 'A0OTHER' }));
    },
    async join(channel: string, user: string) {
      const message = store({ channel, user, text: `<@${user}> has joined the channel` }, { subtype: 'channel_join' });
      return said(message, heard(message));
    },
    /** Delivers any event, well-formed or not. */
    event: (payload: Event, headers: Record<string, string> = {}): Promise<Delivery> =>
      deliver('events_api', payload, retryIn(headers), headers),
    /** Delivers an event once more, as Slack does when it saw no acknowledgement. `attempt` is 1 to 3. */
    redeliver: (event: Event, attempt = 1, reason = 'http_timeout'): Promise<Delivery> =>
      tell(event, { attempt, reason }),
    /** Edits a person's message. A mention is told of again in a channel, marked as edited. */
    async edit(ts: string, text: string): Promise<Delivery | undefined> {
      const message = world.byTs(ts);
      const before = wire(message);
      Object.assign(message, { text, edited: true });
      const event = isDirect(message)
        ? became('message_changed', message, before)
        : heard(message, { edited: { user: message.user, ts: world.nextTs() } });
      return event === undefined ? undefined : tell(event);
    },
    async remove(ts: string): Promise<Delivery | undefined> {
      const message = world.byTs(ts);
      message.deleted = true;
      return isDirect(message) ? tell(became('message_deleted', message, wire(message))) : undefined;
    },
    appHomeOpened(user: string, tab: 'home' | 'messages' = 'home'): Promise<Delivery> {
      world.meet(user);
      return tell(eventOf({ type: 'app_home_opened', user, channel: imOf(user), tab }));
    },
    /** Someone presses Slack's own Stop. */
    sessionStopped(channel: string, user: string, thread: string): Promise<Delivery> {
      // "agent_session_stopped", docs.slack.dev: the button is there while the session is processing.
      if (world.sessions.get(key(channel, thread)) !== 'processing') throw new Error('there is no Stop');
      const streaming = world
        .inChannel(channel)
        .filter((one) => one.user === BOT_USER && one.threadTs === thread && world.find(channel, one.ts)?.streaming)
        .map(({ ts }) => ts);
      const stopped = { channel, user, thread_ts: thread, streaming_message_ts: streaming };
      return tell(eventOf({ type: 'agent_session_stopped', ...stopped }));
    },
    /** Slack holds events back, as more came within a minute than an app is told: "Rate limits", docs.slack.dev. */
    appRateLimited: (): Promise<Delivery> =>
      tell({
        token: 'legacy',
        type: 'app_rate_limited',
        team_id: world.team,
        minute_rate_limited: world.time(),
        api_app_id: APP_ID,
      }),
    appUninstalled: (): Promise<Delivery> => tell(eventOf({ type: 'app_uninstalled' })),
    tokensRevoked: (): Promise<Delivery> =>
      tell(eventOf({ type: 'tokens_revoked', tokens: { oauth: [], bot: [BOT_USER, BOT_ID] } })),
  };
}

function retryIn(headers: Record<string, string>): Retry | undefined {
  const attempt = word(headers['x-slack-retry-num']);
  return attempt === ''
    ? undefined
    : { attempt: Number(attempt), reason: headers['x-slack-retry-reason'] ?? 'http_timeout' };
}
