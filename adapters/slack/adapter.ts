import type { App } from '@slack/bolt';
import type { Dispatcher } from 'undici';
import type { ConsentHandler } from '../../src/consent/consent';
import { within } from '../../src/kit/wait';
import type { Log } from '../../src/log/log';
import type { ChatAdapter, TurnInbox } from '../../src/model/adapter';
import type { InputRegister } from '../../src/model/inputs';
import type { ConversationId, Language, ThreadId } from '../../src/model/turn';
import { takeOnce } from '../kit/take-once';
import { TIMERS, type Timers } from '../kit/timers';
import type { SlackApi } from './api';
import { CHOICE } from './cards';
import { createSlackClock } from './clock';
import { type PrivateMessage, runCommand } from './command';
import { createConnection } from './connection';
import { createFiles } from './files';
import { createHistory } from './history';
import { stopInput } from './inputs';
import { createOrganisation } from './organisation';
import { revokedEvent, stopEvent } from './payloads';
import { createPeople } from './people';
import { takeButton, tellNotYours } from './presses';
import { takeQuestion } from './questions';
import { createSlackRates } from './rates';
import { createHttpReceiver } from './receiver';
import type { Self, SlackServices } from './services';
import { SlackSigns } from './sign';
import { slackPerson } from './turn';
import { openHome } from './welcome';

export interface SlackAdapterOptions {
  readonly connection:
    | { readonly mode: 'http'; readonly signingSecret: string }
    | { readonly mode: 'socket'; readonly appToken: string };
  readonly botToken: string;
  /** With a slash at its end, e.g. `https://slack.com/api/`. */
  readonly apiUrl: string;
  /** Every request to Slack goes through it. */
  readonly fetch: typeof fetch;
  /** And Slack's WebSocket, where there is one. */
  readonly sockets: () => Promise<Dispatcher>;
  readonly inbox: TurnInbox;
  /** What people did, to be taken once. */
  readonly inputs: InputRegister;
  readonly consent: ConsentHandler;
  readonly language: Language;
  readonly log: Log;
  readonly now?: () => number;
  readonly timers?: Timers;
}

/** Slack shows a command as failed after three seconds; what takes longer is answered later. */
const ACK_MS = 2_000;

/** Slack, by HTTP or Socket Mode, on Bolt. */
export function createSlackAdapter(options: SlackAdapterOptions): ChatAdapter {
  const { connection: by, log, now = Date.now } = options;
  const door = by.mode === 'http' ? { http: createHttpReceiver(by.signingSecret, log) } : by;
  const clock = createSlackClock();
  const connection = createConnection({ ...options, fetch: clock.heeding(options.fetch), door, now });
  const parts = { ...options, clock };
  return {
    platform: 'slack',
    routes: 'http' in door ? [door.http.route] : [],
    links: connection.links,
    ready: connection.isUp,
    start: () =>
      connection.open((app, api) => listen(app, servicesOf(api, parts, connection.self, now), connection.removed)),
    stop: connection.close,
  };
}

function servicesOf(
  api: SlackApi,
  {
    inbox,
    inputs,
    consent,
    language,
    log,
    fetch,
    botToken,
    apiUrl,
    clock,
    timers = TIMERS,
  }: SlackAdapterOptions & Pick<SlackServices, 'clock'>,
  known: () => Self | undefined,
  now: () => number,
): SlackServices {
  const self = (): Self =>
    known() ?? { userId: '', botId: undefined, scopes: new Set(), team: undefined, enterprise: undefined };
  const organisation = createOrganisation(self);
  const rates = createSlackRates(now);
  const people = createPeople({ api, rates, mayRead: () => self().scopes.has('users:read'), organisation, now });
  const history = createHistory({ api, rates, people, organisation, self });
  const files = createFiles({ api, fetch, botToken, apiUrl });
  const traffic = { streaming: 0, editing: 0 };
  const signs = new SlackSigns({ api, rates, timers, now });
  return {
    api,
    rates,
    traffic,
    signs,
    organisation,
    people,
    history,
    files,
    inbox,
    inputs,
    clock,
    consent,
    log,
    language,
    self,
    now,
  };
}

function listen(app: App, services: SlackServices, onRemoved: (code: string) => void): void {
  const { api, inbox, inputs, log } = services;
  app.event('app_mention', ({ body }) => takeQuestion(body, services));
  app.event('message', ({ body }) => takeQuestion(body, services));
  app.event('app_home_opened', ({ body }) => openHome(body, services));
  app.event('agent_session_stopped', async ({ body }) => {
    const parsed = stopEvent.safeParse(body);
    const tenant = parsed.success ? services.organisation.ofEvent(parsed.data)?.tenant : undefined;
    if (!parsed.success || tenant === undefined) return;
    const { user, user_id, channel, thread_ts } = parsed.data.event;
    const who = user ?? user_id;
    if (who === undefined) return;
    const person = slackPerson(tenant, who, 'member');
    await takeOnce(inputs, { ...person, id: stopInput(parsed.data) }, services.now(), async () => {
      const stopped = inbox.stop(person, channel as ConversationId, thread_ts as ThreadId | undefined);
      const thread = thread_ts === undefined ? {} : { thread_ts };
      if (stopped === 'anothers') await tellNotYours({ channel, user: who, thread: thread_ts }, services);
      // An answer that was stopped ends its session itself; this one was left behind.
      if (stopped === 'nothing')
        await api.call('agents.sessions.setStatus', { channel_id: channel, ...thread, status: 'active' });
      return 'done';
    });
  });
  app.event('app_uninstalled', async () => {
    log.error('slack-removed', { code: 'app_uninstalled' });
    onRemoved('app_uninstalled');
  });
  app.event('tokens_revoked', async ({ body }) => {
    const parsed = revokedEvent.safeParse(body);
    // People's own tokens are revoked in the same way; dejiren has none of theirs.
    if (!parsed.success || parsed.data.event.tokens.bot.length === 0) return;
    log.error('slack-removed', { code: 'tokens_revoked' });
    onRemoved('tokens_revoked');
  });
  app.command('/dejiren-optin', async ({ ack, body, context, respond }) => {
    const answer = runCommand(body, context, services);
    const soon = await within(answer, ACK_MS, 'late' as const);
    if (soon !== 'late') return ack(soon && wireOf(soon.message));
    await ack();
    const late = await answer;
    if (late !== undefined) await respond(wireOf(late.message)).catch(late.sayOtherwise);
  });
  // A box that is ticked says nothing yet: the button below it does.
  app.action(CHOICE, ({ ack }) => ack());
  app.action(/^dejiren:/u, async ({ ack, body, context, respond }) => {
    await ack();
    await takeButton(body, context, services, (by) => respond('blocks' in by ? wireOf(by) : by));
  });
}

/** Bolt's types want lists that may be changed. */
function wireOf<Message extends PrivateMessage>(message: Message) {
  return { ...message, blocks: [...message.blocks] as never };
}
