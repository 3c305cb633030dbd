import { sentencesFor } from '../../language/sentences';
import type { Delivery } from '../doubles/slack/envelope';
import type { FakeSlack } from '../doubles/slack/fake-slack';
import type { Fault } from '../doubles/slack/server';
import { BOT_USER, type Ephemeral, type FakeMessage } from '../doubles/slack/state';
import type { Canaries } from '../watch/canaries';
import { type ButtonName, labelsOf } from './buttons';
import { isEnding } from './endings';
import type { PlatformTrouble, PressWish, Seat, SeatWish } from './seat';
import { slackId } from './slack-ids';

interface SlackPlace {
  readonly slack: FakeSlack;
  readonly mode: 'http' | 'socket';
  readonly canaries: Canaries;
  readonly conversation: string;
}

type Shown = Ephemeral | FakeMessage;

/** What each kind of trouble is on Slack's side, for every method by which an answer is shown. */
const TROUBLES: Readonly<Record<PlatformTrouble, Fault>> = {
  'platform-refuses': { error: 'invalid_blocks' },
  'platform-slows': { retryAfterSeconds: 1 },
  'platform-fails': { status: 503 },
  'platform-resets': { reset: true },
};
const SHOWING = ['chat.startStream', 'chat.postMessage', 'chat.update', 'chat.stopStream'] as const;

/** What stands where dejiren is at work, once that takes long. */
const STILL = (['en', 'ja'] as const).map((language) => sentencesFor(language).stillThinking);

const OTHER_TEAM = 'T0OTHER';
/** How often something is done that Slack did not bring, and after how many milliseconds. */
const TRIES = 4;
const AGAIN_MS = 8_000;

export function takeSlackSeat({ slack, mode, canaries, conversation: channel }: SlackPlace, wish: SeatWish): Seat {
  const { caseId, place, standing } = wish;
  const user = slackId('U', canaries.of('person-id', caseId).word);
  const other = slackId('U', canaries.of('other-id', caseId).word);
  const isOutside = standing === 'external';
  slack.users.set(user, {
    id: user,
    name: wish.personName,
    isGuest: standing === 'guest',
    isBot: standing === 'bot',
    ...(isOutside && { isStranger: true, team: OTHER_TEAM }),
  });
  slack.users.set(other, { id: other, name: `Other ${wish.personName}` });
  if (place !== 'direct')
    slack.nameChannel({
      id: channel,
      kind: place === 'group' ? 'private' : 'public',
      name: wish.channelName,
      isExtShared: isOutside,
    });
  const root = place === 'thread' ? slack.put({ channel, user: other, text: wish.thread }) : undefined;
  const inThread = root === undefined ? {} : { thread: root };
  const heard = (what: string, delivery: Delivery | undefined): void =>
    wish.heard({ what, words: `${delivery?.body ?? ''}${delivery?.retried?.body ?? ''}` });
  const whispers = () => slack.ephemerals.filter((one) => one.user === user && !one.deleted);
  const answers = () => slack.answers(channel);
  const until = (holds: () => boolean): Promise<void> => slack.until(holds, wish.patienceMs);
  const everything = (): readonly Shown[] =>
    [...answers(), ...whispers()].sort((one, next) => Number(timeOf(one)) - Number(timeOf(next)));
  const shownCount = (): number => whispers().length + answers().length;

  const cardWith = (name: ButtonName, oldest = false): Shown | undefined => {
    const cards = everything().filter((one) => labelsOf(name).some((label) => hasLabel(one, label)));
    return oldest ? cards[0] : cards.at(-1);
  };

  let asked: Parameters<FakeSlack['redeliver']>[0] | undefined;
  let askedAt = '';

  async function say(text: string, files: readonly string[] = []): Promise<void> {
    const spoken = {
      channel,
      user,
      text,
      ...inThread,
      ...(isOutside && { team: OTHER_TEAM }),
      ...(files.length > 0 && { files }),
    };
    const said = await (standing === 'bot' ? slack.botSays(spoken) : slack.say(spoken));
    askedAt = said.ts;
    heard('the acknowledgement of an event', said.delivery);
    // As Slack does, which waits for minutes where nobody acknowledged an event.
    const { event, delivery } = said;
    asked = event;
    for (let taken = isTaken(delivery), tries = 1; event !== undefined && !taken && tries < TRIES; tries += 1) {
      await until(isThere);
      taken = isTaken(await slack.redeliver(event, tries));
    }
  }

  const isThere = (): boolean => mode === 'http' || slack.connected;

  /** Slack drops a command or a press whose connection goes meanwhile, and says so: people do it once more. */
  async function insist(work: () => Promise<unknown>, holds: () => boolean): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      await until(isThere);
      await work();
      const isIn = await slack.until(holds, AGAIN_MS).then(
        () => true,
        () => false,
      );
      if (isIn) return;
      if (tries === TRIES) return until(holds);
    }
  }

  const addressed = (text: string): string => (place === 'direct' ? text : `<@${BOT_USER}> ${text}`);

  async function command(who: string, words: string): Promise<void> {
    const before = slack.ephemerals.length;
    const came = (): boolean => slack.ephemerals.slice(before).some((one) => one.user === who);
    await insist(async () => {
      const shown = await slack.command(who, channel, words);
      wish.heard({ what: 'the acknowledgement of a command', words: JSON.stringify(shown?.blocks ?? '') });
    }, came);
  }

  const seat: Seat = {
    door: `slack-${mode}`,
    conversation: channel,
    command: (words) => command(user, words),
    otherCommand: (words) => command(other, words),
    async type(words) {
      const before = shownCount();
      await say(addressed(`dejiren-optin ${words}`));
      await until(() => shownCount() > before);
    },
    async ask({ text, files = [] }) {
      const ids = files.map(({ name, content }) =>
        slack.upload({ name, mimetype: 'text/plain', bytes: Buffer.from(content) }),
      );
      await say(addressed(`${text} <@${other}>`), ids);
    },
    async deliverAgain() {
      if (asked === undefined) throw new Error('nothing was asked');
      heard('the acknowledgement of an event', await slack.redeliver(asked));
    },
    shownCount,
    atWork() {
      const status = slack.statusIn(channel, root ?? askedAt);
      if (STILL.includes(status)) return 'long';
      return status !== '' || slack.sessions.get(`${channel}:${root ?? askedAt}`) === 'processing' ? 'yes' : 'no';
    },
    isWhole: () => isWhole(slack, answers().at(-1)),
    shown: () =>
      everything()
        .map((one) => slack.seen(one))
        .join('\n'),
    hasButton: (name) => cardWith(name) !== undefined,
    async pressButton(name, { byOther = false, ticked = false, oldest = false, noticeId }: PressWish = {}) {
      const card = cardWith(name, oldest);
      const label = labelsOf(name).find((one) => card !== undefined && hasLabel(card, one));
      if (card === undefined || label === undefined) throw new Error(`there is no button “${name}”`);
      const pressed = noticeId === undefined ? card : withNotice(card, noticeId);
      const standing = (): string => JSON.stringify(everything().map(({ text, blocks }) => [text, blocks]));
      const before = standing();
      const press = async (): Promise<void> => {
        const delivery = await slack.press(byOther ? other : user, label, pressed, ticked ? choicesOf(card) : []);
        heard('the acknowledgement of a press', delivery);
      };
      // What must have no effect that is seen is not waited for.
      if (byOther || noticeId !== undefined) await press();
      else await insist(press, () => standing() !== before);
    },
    async readDetails() {
      await seat.pressButton('details');
      await seat.pressButton('back');
    },
    async stop() {
      const last = answers().findLast(isAnswer);
      if (last === undefined) throw new Error('there is nothing to stop');
      const isSession = (): boolean => last.streaming || place === 'direct';
      await until(() => isSession() || JSON.stringify(last.blocks).includes('dejiren:stop'));
      if (isSession()) heard('a session’s stop', await slack.sessionStopped(channel, user, last.threadTs ?? last.ts));
      else heard('the acknowledgement of a press', await slack.press(user, { actionId: 'dejiren:stop' }, last));
    },
    async press(words) {
      const button = {
        type: 'button',
        action_id: 'dejiren:card:0',
        value: words,
        text: { type: 'plain_text', text: words },
      };
      const [card] = everything();
      if (card === undefined) throw new Error('there is no card to press');
      const strange = { ...card, blocks: [{ type: 'actions', block_id: words, elements: [button] }] };
      heard('the acknowledgement of a press', await slack.press(user, words, strange));
    },
    trouble(kind) {
      for (const method of SHOWING) slack.failIn(channel, method, TROUBLES[kind]);
    },
    forget: async () => undefined,
    until,
    leave: async () => undefined,
  };
  return seat;
}

/** Whether it shows a model's words, and is no card. */
function isAnswer({ streamed, blocks }: FakeMessage): boolean {
  return streamed === true || blocks.some(({ type }) => type === 'markdown');
}

/** An answer is over when its ending stands below it, or a note in its place; a card is whole as it is. */
function isWhole(slack: FakeSlack, last: FakeMessage | undefined): boolean {
  if (last === undefined) return true;
  const isNote = JSON.stringify(last.metadata ?? '').includes('dejiren_note');
  return !last.streaming && (!isAnswer(last) || isNote || isEnding(slack.seen(last)));
}

function timeOf(one: Shown): string {
  return 'messageTs' in one ? one.messageTs : one.ts;
}

function hasLabel(one: Shown, label: string): boolean {
  return JSON.stringify(one.blocks).includes(`"text":${JSON.stringify(label)}`);
}

function withNotice(card: Shown, noticeId: string): Shown {
  const blocks = JSON.stringify(card.blocks).replace(/(\\"noticeId\\":\\")[^"\\]*/gu, `$1${noticeId}`);
  return { ...card, blocks: JSON.parse(blocks) };
}

/** The labels of the boxes of a card. */
function choicesOf(card: Shown): readonly string[] {
  return [
    ...JSON.stringify(card.blocks).matchAll(/"options":\[\{"text":\{"type":"plain_text","text":("(?:[^"\\]|\\.)*")/gu),
  ].map(([, label = '""']) => String(JSON.parse(label)));
}

function isTaken(delivery: Delivery | undefined): boolean {
  return [delivery, delivery?.retried].some((one) => one !== undefined && one.status >= 200 && one.status < 300);
}
