import type { App, Receiver } from '@slack/bolt';
import type { Dispatcher } from 'undici';
import { field } from '../../src/kit/field';
import type { Log } from '../../src/log/log';
import { allWork, type LinkState } from '../../src/model/link';
import { SetupError } from '../../src/model/setup-error';
import { createLink } from '../kit/link';
import { withholding } from '../kit/withhold';
import { createSlackApi, type SlackApi, type SlackClient } from './api';
import { codeOf, isWrongToken } from './failures';
import type { HttpReceiver } from './receiver';
import type { Self } from './services';
import { createSocketReceiver } from './socket';

export interface ConnectionParts {
  /** Where Slack's requests come in; or the token of Socket Mode, by which dejiren goes and gets them. */
  readonly door: { readonly http: HttpReceiver } | { readonly appToken: string };
  readonly botToken: string;
  /** With a slash at its end, e.g. `https://slack.com/api/`. */
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  /** The WebSocket of Socket Mode goes through it. */
  readonly sockets: () => Promise<Dispatcher>;
  readonly log: Log;
  readonly now: () => number;
}

/** dejiren's connection to one workspace, by HTTP or Socket Mode, on Bolt: opened once, and kept whatever befalls it. */
export interface Connection {
  readonly links: readonly LinkState[];
  /** Whether questions come in and can be answered. */
  isUp(): boolean;
  /** Which bot dejiren is, once Slack has told. */
  self(): Self | undefined;
  /**
   * Lets `listen` put its listeners on, and connects for the first time. Where Slack cannot be reached it resolves all
   * the same, and goes on trying. Rejects with a `SetupError` where Slack refuses a token.
   */
  open(listen: (app: App, api: SlackApi) => void): Promise<void>;
  /** The workspace took dejiren out. It may come back: that is looked at now and then. */
  removed(code: string): void;
  close(): Promise<void>;
}

const CALL_MS = 15_000;

const nothing = (): void => {};
/** Bolt and its clients would print whole messages at their debug level; they print nothing. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing };

export function createConnection(parts: ConnectionParts): Connection {
  const { door, botToken, apiUrl, fetch, sockets, log, now } = parts;
  const about = { platform: 'slack', needed: true, log, now } as const;
  const web = createLink({ ...about, name: 'web-api', probe: () => introduce() });
  const socket = 'http' in door ? undefined : createLink({ ...about, name: 'socket' });
  const links = socket === undefined ? [web] : [web, socket];
  let api: SlackApi | undefined;
  let app: App | undefined;
  let self: Self | undefined;
  let taking: Promise<unknown> | undefined;
  let closed = false;

  /** Asks Slack which bot the token belongs to. Once it has told, questions are taken. */
  async function introduce(): Promise<void> {
    const result = await api?.call('auth.test', {});
    if (result === undefined || closed) return;
    const told = result.ok ? selfOf(result.body) : undefined;
    if (told === undefined) return web.lose(result.ok ? 'no-bot' : codeOf(result));
    self = told;
    web.works();
    taking ??= Promise.resolve(app?.start());
  }

  async function close(): Promise<void> {
    closed = true;
    for (const link of [web, socket]) link?.close();
    await app?.stop();
  }

  return {
    links,
    isUp: () => !closed && taking !== undefined && allWork(links),
    self: () => self,
    async open(listen) {
      const bolt = await import('@slack/bolt');
      const logger = { ...SILENT, getLevel: () => bolt.LogLevel.ERROR };
      const clientOptions = {
        slackApiUrl: apiUrl,
        fetch: withholding(fetch),
        timeout: CALL_MS,
        // Whether to try again, and when, is for those who call: `calls.ts`, `socket.ts`, `link.ts`.
        retryConfig: { retries: 0 },
        // A 429 would otherwise hold up every other call of the workspace: the pace is kept in `rates.ts`.
        rejectRateLimitedCalls: true,
        // Nothing waits between the last look at consent and the wire; sockets are bounded in `src/egress`.
        maxRequestConcurrency: Number.POSITIVE_INFINITY,
        logger,
      };
      const socketReceiver = (appToken: string, link: typeof web, dispatcher: Dispatcher): Receiver =>
        createSocketReceiver({
          make: () =>
            new bolt.SocketModeReceiver({
              appToken,
              dispatcher,
              logger,
              autoReconnectEnabled: false,
              installerOptions: { clientOptions },
              async processEventErrorHandler() {
                log.error('slack-event-failed', { code: 'sdk' });
                return false;
              },
            }),
          link,
          log,
          now,
        });
      app = new bolt.App({
        receiver: 'http' in door ? door.http : socketReceiver(door.appToken, socket ?? web, await sockets()),
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
      const bot = app.client;
      const client: SlackClient = { apiCall: (method, args) => bot.apiCall(method, { token: botToken, ...args }) };
      // Of these calls the link tells, once.
      api = createSlackApi(client, { ...log, warn: log.debug });
      listen(app, createSlackApi(client, log, web));

      await introduce();
      await taking;
      const fault = faultOf(web, socket);
      if (fault === undefined) return;
      await close();
      throw new SetupError(fault);
    },
    removed: (code) => web.lose(code),
    close,
  };
}

/** What only another setting helps against, in a sentence for the operator. */
function faultOf(web: LinkState, socket: LinkState | undefined): string | undefined {
  if (web.lost === 'no-bot') return 'Slack did not say which bot SLACK_BOT_TOKEN belongs to.';
  if (isWrongToken(web.lost))
    return `Slack does not accept SLACK_BOT_TOKEN (${web.lost}). Copy the Bot User OAuth Token again.`;
  if (isWrongToken(socket?.lost))
    return `Slack refused Socket Mode (${socket?.lost}). Check SLACK_APP_TOKEN, its scope connections:write, and Socket Mode in the app.`;
  return undefined;
}

function selfOf(told: Readonly<Record<string, unknown>>): Self | undefined {
  const { user_id: userId, bot_id: botId, team_id: team, enterprise_id: enterprise, response_metadata: more } = told;
  if (typeof userId !== 'string') return undefined;
  const scopes = field(more, 'scopes');
  return {
    userId,
    botId: typeof botId === 'string' ? botId : undefined,
    team: typeof team === 'string' ? team : undefined,
    enterprise: typeof enterprise === 'string' ? enterprise : undefined,
    scopes: new Set(Array.isArray(scopes) ? scopes.map(String) : []),
  };
}
