import { isSoonEdited } from '../kit/edits';
import { takeMessage } from '../kit/messages';
import { requestOf } from '../kit/request';
import { takeOnce } from '../kit/take-once';
import { readForwards } from './forwards';
import { inputOf } from './inputs';
import { readWords } from './message-words';
import { messageActivity } from './payloads';
import { exactMembership } from './people';
import { isPress, takeCardMessage } from './presses';
import type { TeamsServices } from './services';
import { surfaceOf } from './surface';
import { destinationOf, TYPED_WISHES, teamOf, teamsPerson, tenantOf, turnOf } from './turn';

/**
 * Takes a message that addresses dejiren: a question goes to the dispatcher, an empty mention gets help, the command is
 * run. Bots end here.
 */
export async function takeQuestion(body: unknown, services: TeamsServices, edited = false): Promise<void> {
  const parsed = messageActivity.safeParse(body);
  const tenant = parsed.success ? tenantOf(parsed.data) : undefined;
  if (!parsed.success || tenant === undefined) return;
  const activity = parsed.data;
  // Of an edit what counts is that it is one: it has the id of its message.
  const input = inputOf(activity, edited ? 'messageUpdate' : 'message');
  const key = { platform: 'teams', tenant, id: input.id };
  const hasValue = activity.value !== undefined && activity.value !== null;
  if (hasValue && (isPress(activity) || !activity.text?.trim()))
    return takeOnce(services.inputs, key, services.now(), () => takeCardMessage(activity, tenant, services));

  const membership = await exactMembership(activity, tenant, services.people);
  if (membership === 'bot') return;
  const { language: usual, now } = services;
  const person = teamsPerson(tenant, activity, membership);
  const words = await readWords(activity);
  const along = await readForwards(activity, body, words, person, services.people);
  const { turn, files } = turnOf({
    activity,
    person,
    question: words.said,
    along,
    language: usual,
    receivedAt: now(),
  });
  const targeted = activity.recipient.isTargeted === true;
  const where = { place: destinationOf(activity), account: activity.from.id, team: teamOf(activity) };
  const request = requestOf(turn.question, TYPED_WISHES);
  const isAlone = request.kind === 'nothing' && files.length === 0;
  const isLate = !isAlone && !isSoonEdited(Number(activity.id), Date.parse(activity.timestamp ?? ''));
  return takeMessage(
    {
      turn,
      surface: surfaceOf({ turn, where, targeted, files }, services),
      request,
      input,
      edit: edited ? { isLate } : undefined,
      aside: targeted,
    },
    { ...services, emptyEdit: 'nothing', startAnew: services.memory.startAnew },
  );
}
