import { sentencesFor } from '../../language/sentences';
import { AT_BOT } from '../doubles/teams/activities';
import type { FakeTeams } from '../doubles/teams/fake-teams';
import type { CardAction, Shown } from '../doubles/teams/state';
import type { WebServer } from '../doubles/web-server';
import type { Canaries } from '../watch/canaries';
import { type ButtonName, labelsOf } from './buttons';
import { LAST_WORDS } from './conduct';
import type { PlatformTrouble, PressWish, Question, Seat, SeatWish } from './seat';

interface TeamsPlace {
  readonly teams: FakeTeams;
  readonly files: WebServer;
  readonly contents: Map<string, string>;
  readonly canaries: Canaries;
  /** Without the thread that it may carry. */
  readonly conversation: string;
  readonly tenant: string;
}

const KINDS = { direct: 'personal', group: 'groupChat', thread: 'channel', channel: 'channel' } as const;

const TROUBLES: Readonly<
  Record<PlatformTrouble, { readonly status: number; readonly retryAfter?: number; readonly code?: string }>
> = {
  'platform-refuses': { status: 400, code: 'BadSyntax' },
  'platform-slows': { status: 429, retryAfter: 1 },
  'platform-fails': { status: 502 },
  'platform-resets': { status: 0 },
};

/** What stands in the place of an answer that its vendor took back. */
const RETRACTED = (['en', 'ja'] as const).map((language) => sentencesFor(language).ending.retracted);
/** What stands where dejiren is at work, once that takes long: a stream's line, or a message in its place. */
const STILL = (['en', 'ja'] as const).flatMap((language) => {
  const { stillWorking } = sentencesFor(language);
  return [stillWorking, `*${stillWorking}*`];
});
/** What tells that `/new` was done. */
const STARTED_ANEW = (['en', 'ja'] as const).map((language) => sentencesFor(language).startedAnew);

export function takeTeamsSeat(
  { teams, files, contents, canaries, conversation, tenant }: TeamsPlace,
  { caseId, place, standing, personName, channelName, heard, patienceMs }: SeatWish,
): Seat {
  const user = canaries.of('person-id', caseId).word;
  const other = canaries.of('other-id', caseId).word;
  const isBot = standing === 'bot';
  const from = {
    id: `${isBot ? 28 : 29}:${user}`,
    name: personName,
    ...(!isBot && { aadObjectId: canaries.guidOf('person-id', caseId) }),
  };
  const fromOther = { id: `29:${other}`, name: `Other ${personName}` };
  if (standing === 'guest') teams.members.set(from.id, { userRole: 'guest' });
  if (standing === 'external')
    teams.members.set(from.id, { userRole: 'user', tenantId: '12345678-1234-1234-1234-123456789012' });
  const kind = KINDS[place];
  const isPersonal = kind === 'personal';
  let count = 0;
  /** In a channel each question begins a thread, whose id is the question's. */
  const messageId = (): string => String(Number(canaries.messageMarks.teams) * 1_000 + 500 + ++count);
  let asked: Parameters<FakeTeams['post']>[0] | undefined;
  const root = place === 'thread' ? messageId() : undefined;
  const placed = (id: string): string =>
    kind === 'channel' ? `${conversation};messageid=${root ?? id}` : conversation;
  const isMine = (one: Shown): boolean =>
    one.conversation === `a:personal-${from.id}` || one.conversation.split(';', 1)[0] === conversation;
  const mine = (): readonly Shown[] => teams.shown.filter(isMine);
  const cameToMe = (): number => mine().length + teams.removed.filter(isMine).length;
  /** What may be the answer to somebody else: it comes in their personal chat, or where they spoke. */
  const shownToOther = (): number =>
    cameToMe() + teams.shown.filter((one) => one.conversation === `a:personal-${fromOther.id}`).length;
  const until = (holds: () => boolean): Promise<void> => teams.until(holds, patienceMs);
  const where = { channel: { id: conversation, name: channelName }, team: { id: '19:t', name: channelName } };
  const data = { tenant: { id: tenant }, ...(kind === 'channel' && where) };

  async function say(
    what: string,
    text: string,
    more: Readonly<Record<string, unknown>> = {},
    who: object = from,
  ): Promise<void> {
    const id = messageId();
    const mention = { type: 'mention', text: AT_BOT.text, mentioned: { id: AT_BOT.mention[0], name: 'dejiren' } };
    const { activity, status, body } = await teams.say({
      id,
      user,
      kind,
      conversation: placed(id),
      text: isPersonal ? text : `${AT_BOT.text} ${text}`,
      more: { from: who, channelData: data, ...(!isPersonal && { entities: [mention] }), ...more },
    });
    asked = activity;
    heard({ what, words: `${status} ${body}` });
  }

  const sent = ({ name, content }: NonNullable<Question['files']>[number]): object => {
    const path = `/${encodeURIComponent(name)}`;
    contents.set(path, content);
    const info = { downloadUrl: files.url + path, fileType: 'txt', uniqueId: name };
    return {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name,
      contentUrl: files.url + path,
      content: info,
    };
  };
  const cardWith = (name: ButtonName, oldest = false): readonly [Shown, CardAction] | undefined => {
    const cards = mine().flatMap((card): (readonly [Shown, CardAction])[] => {
      const action = actionsOf(card).find(({ title }) => labelsOf(name).includes(title));
      return action === undefined ? [] : [[card, action]];
    });
    return oldest ? cards[0] : cards.at(-1);
  };
  const command = async (words: string): Promise<void> => {
    const before = cameToMe();
    await say('the acknowledgement of a command', `/dejiren-optin ${words}`);
    await until(() => cameToMe() > before);
  };

  return {
    door: 'teams',
    conversation,
    command,
    type: command,
    async otherCommand(words) {
      const before = shownToOther();
      await say('the acknowledgement of a command', `/dejiren-optin ${words}`, {}, fromOther);
      await until(() => shownToOther() > before);
    },
    async ask({ text, files: attached = [] }) {
      const named = {
        type: 'mention',
        text: `<at>${personName}</at>`,
        mentioned: { id: fromOther.id, name: personName },
      };
      const bot = { type: 'mention', text: AT_BOT.text, mentioned: { id: AT_BOT.mention[0], name: 'dejiren' } };
      const words = `${isPersonal ? `${AT_BOT.text} ` : ''}${text} <at>${personName}</at>`;
      const more = attached.length > 0 && isPersonal ? { attachments: attached.map(sent) } : {};
      await say('the acknowledgement of an activity', words, { entities: [bot, named], ...more });
    },
    async deliverAgain() {
      if (asked === undefined) throw new Error('nothing was asked');
      const { status, body } = await teams.post(asked);
      heard({ what: 'the acknowledgement of an activity', words: `${status} ${body}` });
    },
    shownCount: cameToMe,
    atWork() {
      const isLine = ({ activity, state }: Shown): boolean =>
        state === 'stream' && activity.channelData?.streamType === 'informative';
      if (mine().some(({ activity }) => STILL.includes(activity.text ?? ''))) return 'long';
      return mine().some(isLine) ? 'yes' : 'no';
    },
    isWhole: () => isWhole(mine().findLast(({ activity }) => (activity.text ?? '') !== '')),
    shown: () => mine().map(teams.seen).join('\n'),
    hasButton: (name) => cardWith(name) !== undefined,
    async pressButton(name, { byOther = false, ticked, oldest = false, noticeId }: PressWish = {}) {
      const [card, action] = cardWith(name, oldest) ?? [];
      if (card === undefined || action === undefined) throw new Error(`there is no button “${name}”`);
      const { dejiren } = action.data as { readonly dejiren: object };
      const { status, body } = await teams.press(card, action.title, {
        user: byOther ? other : user,
        ...(ticked !== undefined && { tick: ticked }),
        ...(noticeId !== undefined && { data: { dejiren: { ...dejiren, noticeId } } }),
        more: { from: byOther ? fromOther : from },
      });
      heard({ what: 'the answer to a press', words: `${status} ${body}` });
    },
    async readDetails() {
      const bodies = mine().flatMap(({ activity }) => JSON.stringify(activity.attachments ?? []));
      if (!bodies.some((words) => words.includes('Action.ToggleVisibility')))
        throw new Error('nothing can be unfolded');
    },
    async stop() {
      const last = mine().at(-1);
      if (last === undefined) throw new Error('there is nothing to stop');
      if (last.state === 'stream') teams.pressStop(last.conversation);
      else await say('the acknowledgement of a stop', 'stop', { conversation: conversationIn(last, kind, tenant) });
    },
    async press(words) {
      const card = mine().find(({ activity }) => activity.attachments !== undefined);
      if (card === undefined) throw new Error('there is no card to press');
      const value = {
        action: { type: 'Action.Execute', verb: 'dejiren', title: words, data: { dejiren: { do: words } } },
      };
      const activity = {
        conversation: card.conversation,
        more: { from, type: 'invoke', name: 'adaptiveCard/action', value },
      };
      const { status, body } = await teams.post(teams.activityOf({ user, ...activity }));
      heard({ what: 'the answer to a press', words: `${status} ${body}` });
    },
    trouble(what) {
      const one = { ...TROUBLES[what], method: 'POST', conversation } as const;
      teams.trouble(one, one);
    },
    async forget() {
      const anew = (): number =>
        mine().filter((one) => STARTED_ANEW.some((words) => teams.seen(one).includes(words))).length;
      const before = anew();
      await say('the acknowledgement of /new', '/new');
      await until(() => anew() > before);
    },
    until,
    leave: async () => undefined,
  };
}

function actionsOf({ activity }: Shown): readonly CardAction[] {
  return activity.attachments?.flatMap(({ content }) => content.actions ?? []) ?? [];
}

function conversationIn({ conversation: id }: Shown, conversationType: string, tenantId: string): object {
  return { id, conversationType, tenantId, isGroup: true };
}

/** What is streamed, Teams closes. Elsewhere nothing but its last words, or the sentence below, tells that it is over. */
function isWhole(last: Shown | undefined): boolean {
  if (last === undefined) return true;
  const isStreamed = last.conversation.startsWith('a:');
  const text = (last.activity.text ?? '').trimEnd();
  const isClosed = text.endsWith(LAST_WORDS) || text.endsWith('*') || RETRACTED.some((words) => text.endsWith(words));
  return last.state !== 'stream' && (isStreamed || isClosed);
}
