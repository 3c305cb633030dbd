import { isSoonEdited } from '../kit/edits';
import { takeMessage } from '../kit/messages';
import { requestOf } from '../kit/request';
import { readForwards } from './forwards';
import { messageInput } from './inputs';
import { exactMembership } from './organisation';
import { changedEvent, questionEvent } from './payloads';
import type { SlackServices } from './services';
import { surfaceOf } from './surface';
import { shownOf, slackPerson, turnOf } from './turn';

/** Subtypes of messages that are questions all the same. */
const ASKED: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast', 'me_message']);

/**
 * Takes an `app_mention` or `message` event: a question goes to the dispatcher, an empty mention gets help, the
 * command typed as a message is run. Bots, joins, and messages that do not address dejiren end here.
 *
 * An edit of a message that mentions dejiren comes as another `app_mention`, also where the edit added the mention; that
 * of a direct message as a change of it. It is the same question.
 */
export async function takeQuestion(body: unknown, services: SlackServices): Promise<void> {
  const parsed = questionEvent.safeParse(editedIn(body) ?? body);
  if (!parsed.success) return;
  const { event, is_ext_shared_channel: sharedExternally } = parsed.data;
  const delivered = services.organisation.ofEvent(parsed.data);
  const { userId } = services.self();
  if (delivered === undefined || event.user === undefined || event.user === userId) return;
  if (event.subtype !== undefined && !ASKED.has(event.subtype)) return;
  // A direct message comes as `message.im`, with a mention in it as both.
  if (event.channel.startsWith('D') !== (event.type === 'message')) return;

  const { tenant } = delivered;
  const shown = shownOf(event, delivered, sharedExternally);
  if (shown.membership === 'bot') return;
  const membership = exactMembership(shown, await services.people.find(event.user, tenant));
  if (membership === 'bot') return;
  if (shown.membership === 'member' && shown.homes.length > 0) services.organisation.sawAtHome(tenant, event.user);
  const person = slackPerson(tenant, event.user, membership);
  const turn = turnOf({
    message: event,
    along: await readForwards(event, person, { ...services, botUserId: userId }),
    channel: event.channel,
    person,
    sharedExternally,
    botUserId: userId,
    language: services.language,
    receivedAt: services.now(),
  });

  const isLate = event.edited !== undefined && !isSoonEdited(msOf(event.ts), msOf(event.edited.ts));
  return takeMessage(
    {
      turn,
      surface: surfaceOf(turn, services),
      request: requestOf(turn.question),
      input: messageInput(event.channel, event.ts, event.edited && (event.edited.ts ?? 'edited')),
      edit: event.edited && { isLate },
    },
    { ...services, emptyEdit: 'help' },
  );
}

/**
 * The edit of a direct message, which Slack tells as a change of it, as the message itself. Undefined for every other
 * event: also where no word was changed, as when a preview came.
 */
function editedIn(body: unknown): unknown {
  const changed = changedEvent.safeParse(body);
  if (!changed.success) return undefined;
  const { channel, message, previous_message: before } = changed.data.event;
  if (message.edited === undefined || (before !== undefined && before.text === message.text)) return undefined;
  return { ...changed.data, event: { ...message, type: 'message', channel, channel_type: 'im' } };
}

/** Slack tells times in seconds. */
function msOf(ts: string | undefined): number {
  return Number(ts) * 1_000;
}
