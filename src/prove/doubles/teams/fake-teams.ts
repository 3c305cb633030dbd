import { startWebServer } from '../web-server';
import { activityOf, type PressWish, pressOf, type SayWish } from './activities';
import { BotConnector, type Refusal, type Trouble } from './connector';
import { startIssuer, type TokenWish } from './issuer';
import { APP_ID, accountOf, SECRET, type Shown, seen, TENANT, TeamsState } from './state';

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

export type FakeTeams = Awaited<ReturnType<typeof startFakeTeams>>;

/** The Bot Connector of Teams on this machine, and the people who use Teams. It refuses what Teams refuses. */
export async function startFakeTeams(options: FakeTeamsOptions = {}) {
  const { secret = SECRET, botToken = 'bot-token', authenticated = true, tenant = TENANT } = options;
  const { targeted = false, streamMs = 120_000, firstId = 1_700_000_000_000 } = options;
  const issuer = await startIssuer(APP_ID, secret, botToken);
  const state = new TeamsState(firstId);
  const connector = new BotConnector(state, {
    botToken: authenticated ? botToken : undefined,
    targeted,
    streamMs,
    homeTenant: tenant,
  });
  const web = await startWebServer((request, response) => {
    void connector.serve(request, response).finally(state.watch.changed);
  });
  const origin = { serviceUrl: `${web.url}/`, homeTenant: tenant };
  let endpoint = '';

  async function post(activity: Record<string, unknown>, wish: TokenWish & { readonly bare?: string } = {}) {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (authenticated) headers.authorization = wish.bare ?? `Bearer ${issuer.token(origin.serviceUrl, wish)}`;
    const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(activity) });
    return { status: response.status, body: await response.text() };
  }

  return {
    url: web.url,
    botToken,
    issuer,
    env: {
      MicrosoftAppId: APP_ID,
      MicrosoftAppPassword: secret,
      MicrosoftAppTenantId: tenant,
      DEJIREN_TEAMS_SERVICE_HOSTS: '127.0.0.1',
      ToBotFromChannelOpenIdMetadataUrl: issuer.openIdUrl,
      ToChannelFromBotLoginUrl: issuer.loginUrl,
    },
    shown: state.shown,
    removed: state.removed,
    calls: connector.calls,
    /** The head of every request, as it came. */
    asked: connector.asked,
    /** What the bot did that Teams refuses. */
    breaches: state.breaches,
    typing: state.typing,
    members: state.members,
    seen,
    until: state.watch.until,
    deliverTo(url: string): void {
      endpoint = url;
    },
    trouble: (...next: readonly Trouble[]): void => void connector.troubles.push(...next),
    /** Refuses every call from now on for which it gives an error. */
    refuse: (of: Refusal): void => void connector.refusals.push(of),
    activityOf: (wish: SayWish) => activityOf(state, origin, wish),
    post,
    async say(wish: SayWish) {
      const activity = activityOf(state, origin, wish);
      return { activity, ...(await post(activity)) };
    },
    /** The person presses Stop above an answer that is being streamed; without a conversation, everybody does. */
    pressStop(conversation?: string): void {
      for (const { shown: one } of state.streams.values())
        if (one.state === 'stream' && (conversation ?? one.conversation) === one.conversation) one.state = 'stopped';
    },
    /** What stands in a conversation for everybody there. */
    in: (conversation: string): readonly Shown[] =>
      state.shown.filter((one) => one.conversation === conversation && one.to === undefined),
    personal: (user = 'u1'): readonly Shown[] =>
      state.shown.filter((one) => one.conversation === `a:personal-${accountOf(user)}`),
    cards: (): readonly Shown[] => state.shown.filter(({ activity }) => activity.attachments !== undefined),
    pressOf: (card: Shown, title: string, wish: PressWish = {}) => pressOf(state, origin, card, title, wish),
    /** Presses a button of a card; the answer takes its place, as in Teams. */
    async press(card: Shown, title: string, wish: PressWish = {}) {
      const answer = await post(pressOf(state, origin, card, title, wish));
      if (answer.status === 200) {
        const { value: content, type } = JSON.parse(answer.body);
        card.activity = { type: 'message', attachments: [{ contentType: type, content }] };
        state.watch.changed();
      }
      return answer;
    },
    async close(): Promise<void> {
      await web.close();
      await issuer.close();
    },
  };
}
