import { jsonOf } from '../doubles/slack/args';
import type { Delivery } from '../doubles/slack/envelope';
import { type FakeSlack, startFakeSlack } from '../doubles/slack/fake-slack';
import type { Canaries } from '../watch/canaries';
import { hiddenIn, leavingOut, SEEN_IN_SLACK } from '../watch/hidden';
import type { Platform, Received } from './seat';
import { slackConversation, slackId, slackPlaces } from './slack-ids';
import { takeSlackSeat } from './slack-seat';

const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'users:read',
];

/** Slack on this machine, over HTTP or Socket Mode. */
export async function startSlackPlatform(
  mode: 'http' | 'socket',
  canaries: Canaries,
  secret: () => string,
): Promise<Platform> {
  const team = slackId('T', canaries.of('tenant-id', 'any').word);
  canaries.of('message-id', 'any');
  const slack = await startFakeSlack({
    botToken: `xoxb-${secret()}`,
    appToken: `xapp-${secret()}`,
    signingSecret: secret(),
    scopes: SCOPES,
    team,
    second: Number(canaries.messageMarks.slack),
    // How quick the program is, others try.
    ackWithinMs: 20_000,
  });
  const way = mode === 'http' ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken };
  return {
    doors: [`slack-${mode}`],
    env: { ...way, SLACK_BOT_TOKEN: slack.botToken, SLACK_API_URL: slack.apiUrl },
    secrets: ['SLACK_BOT_TOKEN', ...Object.keys(way)],
    ports: [Number(new URL(slack.origin).port)],
    tenant: team,
    conversationOf: (caseId, place) => slackConversation(canaries, caseId, place),
    open: (url) => slack.deliverTo(`${url}/slack/events`),
    seat: async (wish) =>
      takeSlackSeat(
        { slack, mode, canaries, conversation: slackConversation(canaries, wish.caseId, wish.place) },
        wish,
      ),
    received: () => receivedBy(slack, canaries),
    malformed: (words, heard) => sendMalformed(slack, mode, words, heard),
    close: () => slack.close(),
  };
}

/** Calls; answers to commands and presses; and the head of everything. */
function receivedBy(slack: FakeSlack, canaries: Canaries): readonly Received[] {
  const own = [slack.botToken, slack.appToken];
  const calls = slack.calls.map(({ method, args }) => ({
    seenIn: slackPlaces(canaries, args),
    words: JSON.stringify([method, args]),
    hidden: leavingOut(own, hiddenIn(args, SEEN_IN_SLACK)),
  }));
  const requests = slack.asked.map(({ url, headers, body }) => {
    const answers = url.startsWith('/response/');
    // The address of a file is Slack's own, and has its name in it.
    const head = [url.startsWith('/files-pri/') ? '' : url, JSON.stringify(headers)];
    const hidden = answers ? [...head, hiddenIn(jsonOf(body), SEEN_IN_SLACK)] : head;
    return { seenIn: undefined, words: answers ? body : '', hidden: leavingOut(own, hidden.join('\n')) };
  });
  return [...calls, ...requests];
}

async function sendMalformed(
  slack: FakeSlack,
  mode: 'http' | 'socket',
  words: string,
  heard: Parameters<Platform['malformed']>[1],
): Promise<void> {
  const json = { 'content-type': 'application/json' };
  const tell = (what: string, { status, body }: Delivery): void => heard({ what, words: `${status} ${body}` });
  if (mode === 'http') {
    const { sign, postRaw } = slack;
    tell('an unsigned event', await postRaw(`{"text":"${words}"}`, json));
    tell('a signed event that is no JSON', await postRaw(`{"${words}`, { ...json, ...sign(`{"${words}`) }));
    tell('a wrong path', await postRaw(words, json, `/slack/${words}`));
    tell('a body that is too large', await postRaw(words.repeat(60_000), { ...json, ...sign('x') }));
  }
  const event = { type: 'app_mention', text: words, channel: words, user: words };
  tell('an event that lacks what it must have', await slack.event({ type: 'event_callback', event }));
  tell('an event of no known kind', await slack.event({ type: words, event: { type: words } }));
}
