import type { Delivery } from '../fakes/slack/delivery';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack';
import { BOT_USER } from '../fakes/slack/state';
import { isEnding } from './endings';
import type { Platform, Seat, SeatWish } from './seat';

const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'im:history',
  'users:read',
];

/** Slack on this machine, over HTTP or Socket Mode. */
export async function startSlackPlatform(mode: 'http' | 'socket', secret: () => string): Promise<Platform> {
  const slack = await startFakeSlack({
    botToken: `xoxb-${secret()}`,
    appToken: `xapp-${secret()}`,
    signingSecret: secret(),
    scopes: SCOPES,
    // How quick the program is, others try.
    ackWithinMs: 20_000,
  });
  const way = mode === 'http' ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken };
  return {
    env: { ...way, SLACK_BOT_TOKEN: slack.botToken, SLACK_API_URL: slack.apiUrl },
    secrets: ['SLACK_BOT_TOKEN', ...Object.keys(way)],
    ports: [Number(new URL(slack.origin).port)],
    open: (url) => slack.deliverTo(`${url}/slack/events`),
    seat: async (wish) => takeSeat(slack, mode, wish),
    received: () =>
      slack.calls.map(({ method, args }) => {
        const channel = typeof args.channel === 'string' ? args.channel : undefined;
        return { caseId: channel?.slice(1).toLowerCase(), words: JSON.stringify([method, args]) };
      }),
    async malformed(words, heard) {
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
    },
    close: () => slack.close(),
  };
}

function takeSeat(slack: FakeSlack, mode: 'http' | 'socket', wish: SeatWish): Seat {
  const id = wish.caseId.toUpperCase();
  const [user, other, channel] = [`U1${id}`, `U2${id}`, `C${id}`];
  slack.users.set(user, { id: user, name: wish.personName });
  slack.users.set(other, { id: other, name: `Other ${wish.personName}` });
  slack.nameChannel({ id: channel, kind: 'public', name: wish.channelName });
  const heard = (what: string, delivery: Delivery | undefined): void =>
    wish.heard({ what, words: `${delivery?.body ?? ''}${delivery?.retried?.body ?? ''}` });
  const whispers = () => slack.ephemerals.filter((one) => one.user === user && !one.deleted);
  const answers = () => slack.answers(channel);
  const whole = (): boolean => {
    const last = answers().at(-1);
    return last === undefined || isEnding(slack.seen(last));
  };
  let asked = 0;
  return {
    door: `slack-${mode}`,
    async command(words) {
      const before = whispers().length;
      const { body } = await slack.commandAck(user, channel, words);
      wish.heard({ what: 'the acknowledgement of a command', words: body });
      await slack.until(() => body !== '' || whispers().length > before);
    },
    async ask({ text, thread, files = [] }) {
      const root = thread === undefined ? {} : { thread: slack.put({ channel, user: other, text: thread }) };
      asked = whispers().length;
      const ids = files.map(({ name, content }) =>
        slack.upload({ name, mimetype: 'text/plain', bytes: Buffer.from(content) }),
      );
      const mention = `<@${BOT_USER}> ${text} <@${other}>`;
      const said = await slack.say({ channel, user, text: mention, ...root, ...(ids.length > 0 && { files: ids }) });
      heard('the acknowledgement of an event', said.delivery);
    },
    shownCount: () => whispers().length + answers().length,
    isWhole: () => whole() || whispers().length > asked,
    shown: () => [...answers(), ...whispers()].map((one) => slack.seen(one)).join('\n'),
    async stop() {
      const last = answers().at(-1);
      if (last === undefined) throw new Error('there is nothing to stop');
      await slack.until(() => JSON.stringify(last.blocks).includes('dejiren:stop'));
      heard('the acknowledgement of a press', await slack.press(user, { actionId: 'dejiren:stop' }, last));
    },
    async press(words) {
      const button = {
        type: 'button',
        action_id: 'dejiren:card:0',
        value: words,
        text: { type: 'plain_text', text: words },
      };
      const [card] = whispers();
      if (card === undefined) throw new Error('there is no card to press');
      const strange = { ...card, blocks: [{ type: 'actions', block_id: words, elements: [button] }] };
      heard('the acknowledgement of a press', await slack.press(user, words, strange));
    },
    forget: async () => undefined,
    until: (holds) => slack.until(holds, 30_000),
    leave: async () => undefined,
  };
}
