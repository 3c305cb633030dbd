import { type FakeSlack, startFakeSlack } from '../../../src/prove/doubles/slack/fake-slack';
import { BOT_USER, type Ephemeral, type FakeMessage } from '../../../src/prove/doubles/slack/state';
import type { Author, Drawing, Look } from '../frame';
import type { Block } from '../slack/blocks';
import { drawSlack, type SlackMessage } from '../slack/client';
import { DEJIREN, LINES, openOffice, person } from './office';

const SCOPES = [
  'app_mentions:read',
  'assistant:write',
  'channels:history',
  'chat:write',
  'commands',
  'groups:history',
  'im:history',
  'users:read',
];
const CHANNEL = 'CLAUNCH';
const [AIKO, BEN] = ['UAIKO', 'UBEN'] as const;

/** What stands in a thread when somebody new asks in it, and what it is after each press. */
export type SlackScene = 'asked' | 'details' | 'answered';

/**
 * A thread in a channel, as Aiko sees it: Ben agreed earlier and has his answer; she asks for the first time.
 * Everything of dejiren's in it is what the real adapter sent to a Slack on this machine.
 */
export async function slackThread(scene: SlackScene, look: Look): Promise<Drawing> {
  const lines = LINES[look.language];
  const slack = await startFakeSlack({ scopes: SCOPES, team: 'TOFFICE' });
  const office = await openOffice({
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    DEJIREN_LANGUAGE: look.language,
  });
  try {
    slack.deliverTo(`${office.url}/slack/events`);
    slack.nameChannel({ id: CHANNEL, kind: 'public', name: lines.channel });
    for (const [id, name] of [
      [AIKO, lines.asker],
      [BEN, lines.earlier],
    ] as const)
      slack.users.set(id, { id, name, realName: name, displayName: name });
    const said: SlackMessage[] = [];
    const says = (author: Author, text: string): void => void said.push({ author, text, blocks: [] });
    const mention = (text: string): string => `<@${BOT_USER}> ${text}`;

    await slack.command(BEN, CHANNEL, 'on');
    office.answers(lines.firstAnswer);
    const first = mention(lines.first);
    says(person(lines.earlier, 'ben'), first);
    const { ts: thread } = await slack.say({ channel: CHANNEL, user: BEN, text: first });
    said.push(shown(await answerOf(slack, thread, 1)));

    office.answers(lines.answer);
    const question = mention(lines.question);
    says(person(lines.asker, 'aiko'), question);
    await slack.say({ channel: CHANNEL, user: AIKO, text: question, thread });
    await slack.until(() => cardsOf(slack).length > 0);
    const [card] = cardsOf(slack);
    if (card === undefined) throw new Error('nobody was asked');
    if (scene === 'details') {
      const before = card.blocks;
      await slack.press(AIKO, labelOf(card, 1), card);
      await slack.until(() => card.blocks !== before);
    }
    if (scene === 'answered') {
      await slack.press(AIKO, labelOf(card, 0), card);
      said.push(shown(await answerOf(slack, thread, 2)));
    }
    if (!card.deleted) said.splice(3, 0, { ...shown(card), onlyYou: true });
    const users = new Map([
      [BOT_USER, 'dejiren'],
      [AIKO, lines.asker],
      [BEN, lines.earlier],
    ]);
    const names = { users, channels: new Map([[CHANNEL, lines.channel]]) };
    return drawSlack({ ...look, place: `#${lines.channel}`, thread: true, messages: said, names });
  } finally {
    await office.close();
    await slack.close();
  }
}

function cardsOf(slack: FakeSlack): readonly Ephemeral[] {
  return slack.ephemerals.filter(({ user, blocks }) => user === AIKO && blocks.length > 0);
}

/** The answer of this number in the thread, once it is whole: who answered stands below it. */
async function answerOf(slack: FakeSlack, thread: string, number: number): Promise<FakeMessage> {
  const answers = (): readonly FakeMessage[] => slack.answers(CHANNEL, thread);
  const isWhole = ({ blocks, streaming }: FakeMessage): boolean =>
    !streaming && blocks.some(({ type }) => type === 'context');
  await slack.until(() => answers().filter(isWhole).length >= number);
  const answer = answers()[number - 1];
  if (answer === undefined) throw new Error('there is no answer');
  return answer;
}

function shown({ text, blocks, ...more }: FakeMessage | Ephemeral): SlackMessage {
  const isStreamed = 'streamed' in more && more.streamed === true;
  return { author: DEJIREN, text, blocks: blocks as readonly Block[], streamed: isStreamed };
}

/** The label of a card's button of this number. */
function labelOf({ blocks }: Ephemeral, number: number): string {
  const buttons = blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => elements as readonly { type: string; text: { text: string } }[])
    .filter(({ type }) => type === 'button');
  const label = buttons[number]?.text.text;
  if (label === undefined) throw new Error('the card has no such button');
  return label;
}
