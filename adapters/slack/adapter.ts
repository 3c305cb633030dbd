import type { App, Receiver } from '@slack/bolt';
import type { ChatAdapter, TurnInbox } from '../../src/chat/adapter';
import { SetupError } from '../../src/chat/setup-error';
import type { ConversationId, Language, ThreadId } from '../../src/chat/turn';
import { within } from '../../src/chat/wait';
import { withholding } from '../../src/chat/withhold';
import type { ConsentHandler } from '../../src/consent/consent';
import type { Log } from '../../src/log/log';
import { createSlackApi, type SlackApi } from './api';
import { takePress } from './buttons';
import { CHOICE } from './cards';
import { runCommand } from './command';
import { createFiles } from './files';
import { createHistory } from './history';
import { openHome } from './home';
import { createOrganisation } from './organisation';
import { revokedEvent, stopEvent } from './payloads';
import { createPeople } from './people';
import { takeQuestion } from './questions';
import { createSlackRates } from './rates';
import { createHttpReceiver } from './receiver';
import { slackPerson } from './turn';
import type { Self, Workspace } from './workspace';

export interface SlackAdapterOptions {
  readonly connection:
    | { readonly mode: 'http'; readonly signingSecret: string }
    | { readonly mode: 'socket'; readonly appToken: string };
  readonly botToken: string;
  /** With a slash at its end, e.g. `https://slack.com/api/`. */
  readonly apiUrl: string;
  /** Every request to Slack goes through it. */
  readonly fetch: typeof fetch;
  readonly inbox: TurnInbox;
  readonly consent: ConsentHandler;
  readonly language: Language;
  readonly log: Log;
  readonly now?: () => number;
}

const CALL_MS = 15_000;
/** Slack shows a command as failed after three seconds; what takes longer is answered later. */
const ACK_MS = 2_000;

const nothing = (): void => {};
/** Bolt and its clients would print whole messages at their debug level; they print nothing. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing };

/** Slack, by HTTP or Socket Mode, on Bolt. */
export function createSlackAdapter(options: SlackAdapterOptions): ChatAdapter {
  const { connection, log, now = Date.now } = options;
  const http = connection.mode === 'http' ? createHttpReceiver(connection.signingSecret, log) : undefined;
  let app: App | undefined;
  let self: Self | undefined;
  let connected = false;

  return {
    platform: 'slack',
    routes: http === undefined ? [] : [http.route],
    ready: () => connected,
    async start() {
      const bolt = await import('@slack/bolt');
      const logger = { ...SILENT, getLevel: () => bolt.LogLevel.ERROR };
      const clientOptions = {
        slackApiUrl: options.apiUrl,
        fetch: withholding(options.fetch),
        timeout: CALL_MS,
        retryConfig: { retries: 0 },
        // A 429 would otherwise hold up every other call of the workspace: the pace is kept in `rates.ts`.
        rejectRateLimitedCalls: true,
        // Nothing waits between the last look at consent and the wire; sockets are bounded in `src/egress`.
        maxRequestConcurrency: Number.POSITIVE_INFINITY,
        logger,
      };
      const receiver: Receiver =
        http ??
        new bolt.SocketModeReceiver({
          appToken: connection.mode === 'socket' ? connection.appToken : '',
          logger,
          installerOptions: { clientOptions },
        });
      const { botToken } = options;
      app = new bolt.App({
        receiver,
        logger,
        clientOptions,
        convoStore: false,
        tokenVerificationEnabled: false,
        authorize: async () => ({
          botToken,
          ...(self !== undefined && { botUserId: self.userId }),
          ...(self?.botId !== undefined && { botId: self.botId }),
        }),
      });
      app.error(async (error) => log.error('slack-listener-failed', { code: error.code }));

      const { client } = app;
      const api = createSlackApi(
        { apiCall: (method, args) => client.apiCall(method, { token: botToken, ...args }) },
        log,
      );
      self = await whoAmI(api);
      listen(
        app,
        workspaceOf(api, options, () => self, now),
        () => {
          connected = false;
        },
      );
      try {
        await app.start();
      } catch {
        throw new SetupError(
          'Slack refused Socket Mode. Check SLACK_APP_TOKEN, its scope connections:write, and Socket Mode in the app.',
        );
      }
      connected = true;
    },
    async stop() {
      connected = false;
      await app?.stop();
    },
  };
}

function workspaceOf(
  api: SlackApi,
  { inbox, consent, language, log, fetch, botToken, apiUrl }: SlackAdapterOptions,
  known: () => Self | undefined,
  now: () => number,
): Workspace {
  const self = (): Self =>
    known() ?? { userId: '', botId: undefined, scopes: new Set(), team: undefined, enterprise: undefined };
  const organisation = createOrganisation(self);
  const rates = createSlackRates(now);
  const people = createPeople({ api, rates, mayRead: () => self().scopes.has('users:read'), organisation, now });
  const history = createHistory({ api, rates, people, organisation, self });
  const files = createFiles({ api, fetch, botToken, apiUrl });
  const traffic = { streaming: 0, editing: 0 };
  return { api, rates, traffic, organisation, people, history, files, inbox, consent, log, language, self, now };
}

function listen(app: App, workspace: Workspace, onRemoved: () => void): void {
  const { api, inbox, log } = workspace;
  app.event('app_mention', ({ body }) => takeQuestion(body, workspace));
  app.event('message', ({ body }) => takeQuestion(body, workspace));
  app.event('app_home_opened', ({ body }) => openHome(body, workspace));
  app.event('agent_session_stopped', async ({ body }) => {
    const parsed = stopEvent.safeParse(body);
    const tenant = parsed.success ? workspace.organisation.ofEvent(parsed.data)?.tenant : undefined;
    if (!parsed.success || tenant === undefined) return;
    const { user, user_id, channel, thread_ts } = parsed.data.event;
    const who = user ?? user_id;
    if (who === undefined) return;
    inbox.stop(slackPerson(tenant, who, 'member'), channel as ConversationId, thread_ts as ThreadId | undefined);
    const thread = thread_ts === undefined ? {} : { thread_ts };
    await api.call('agents.sessions.setStatus', { channel_id: channel, ...thread, status: 'active' });
  });
  app.event('app_uninstalled', async () => {
    log.error('slack-removed', { code: 'app_uninstalled' });
    onRemoved();
  });
  app.event('tokens_revoked', async ({ body }) => {
    const parsed = revokedEvent.safeParse(body);
    // People's own tokens are revoked in the same way; dejiren has none of theirs.
    if (!parsed.success || parsed.data.event.tokens.bot.length === 0) return;
    log.error('slack-removed', { code: 'tokens_revoked' });
    onRemoved();
  });
  app.command('/dejiren-optin', async ({ ack, body, respond }) => {
    const answer = runCommand(body, workspace).then(
      (message) => message && { ...message, blocks: [...message.blocks] as never },
    );
    const soon = await within(answer, ACK_MS, 'late');
    if (soon !== 'late') return ack(soon);
    await ack();
    const late = await answer;
    if (late !== undefined) await respond(late);
  });
  // A box that is ticked says nothing yet: the button below it does.
  app.action(CHOICE, ({ ack }) => ack());
  app.action(/^dejiren:/u, async ({ ack, body, respond }) => {
    await ack();
    await takePress(body, workspace, (message) => respond({ ...message, blocks: [...message.blocks] as never }));
  });
}

/** Asks Slack once which bot the token belongs to. Throws a `SetupError` where it cannot tell. */
async function whoAmI(api: SlackApi): Promise<Self> {
  const result = await api.call('auth.test', {});
  if (!result.ok)
    throw new SetupError(
      result.kind === 'refused'
        ? `Slack does not accept SLACK_BOT_TOKEN (${result.code}). Copy the Bot User OAuth Token again.`
        : 'Slack cannot be reached. Check the network and SLACK_API_URL.',
    );
  const { user_id: userId, bot_id: botId, team_id: team, enterprise_id: enterprise } = result.body;
  const { response_metadata: more } = result.body;
  if (typeof userId !== 'string') throw new SetupError('Slack did not say which bot SLACK_BOT_TOKEN belongs to.');
  const scopes: unknown = typeof more === 'object' && more !== null ? Reflect.get(more, 'scopes') : undefined;
  return {
    userId,
    botId: typeof botId === 'string' ? botId : undefined,
    team: typeof team === 'string' ? team : undefined,
    enterprise: typeof enterprise === 'string' ? enterprise : undefined,
    scopes: new Set(Array.isArray(scopes) ? scopes.map(String) : []),
  };
}
