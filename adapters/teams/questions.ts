import { endOf } from '../../src/consent/done';
import { consentCard } from '../../src/language/cards';
import { languageOf } from '../../src/language/language-of';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import { openText, sealText, type Text } from '../../src/model/text';
import type { Utterance } from '../../src/model/turn';
import { isSoonEdited } from '../kit/edits';
import { takeOnce } from '../kit/take-once';
import { isPress, takeCardMessage } from './buttons';
import { type Request, requestOf } from './commands';
import { readForwards } from './forwards';
import { inputOf } from './inputs';
import { readWords } from './message-words';
import { messageActivity } from './payloads';
import { exactStanding } from './people';
import { surfaceOf, type TeamsRoom } from './surface';
import { placeOf, teamOf, teamsPerson, tenantOf, turnOf } from './turn';

/**
 * Takes a message that addresses dejiren: a question goes to the dispatcher, an empty mention gets help, the command is
 * run. Bots end here. An edited message is the same question, which the dispatcher takes once; a command is taken as it
 * was sent first.
 */
export async function takeMessage(body: unknown, room: TeamsRoom, edited = false): Promise<void> {
  const parsed = messageActivity.safeParse(body);
  const tenant = parsed.success ? tenantOf(parsed.data) : undefined;
  if (!parsed.success || tenant === undefined) return;
  const activity = parsed.data;
  // Of an edit what counts is that it is one: it has the id of its message.
  const input = inputOf(activity, edited ? 'messageUpdate' : 'message');
  const key = { platform: 'teams', tenant, id: input.id };
  const hasValue = activity.value !== undefined && activity.value !== null;
  if (hasValue && (isPress(activity) || !activity.text?.trim()))
    return takeOnce(room.inputs, key, room.now(), () => takeCardMessage(activity, tenant, room));

  const standing = await exactStanding(activity, tenant, room.people);
  if (standing === 'bot') return;
  const { language: usual, now } = room;
  const person = teamsPerson(tenant, activity, standing);
  const words = await readWords(activity);
  const along = await readForwards(activity, body, words, person, room.people);
  const { turn, files } = turnOf({
    activity,
    person,
    question: words.said,
    along,
    language: usual,
    receivedAt: now(),
  });
  const targeted = activity.recipient.isTargeted === true;
  const where = { place: placeOf(activity), account: activity.from.id, team: teamOf(activity) };
  const surface = surfaceOf({ turn, where, targeted, files }, room);
  const request = requestOf(turn.question);
  const isQuestion = request.kind === 'question' || (request.kind === 'nothing' && files.length > 0);
  const isLate = edited && !isSoonEdited(Number(activity.id), Date.parse(activity.timestamp ?? ''));
  const mayGo = isQuestion && !targeted && standing !== 'unknown' && !isLate;
  if (mayGo && !edited) return room.inbox.receive(turn, surface);

  return takeOnce(room.inputs, key, room.now(), async () => {
    if (mayGo) {
      room.inbox.receive({ ...turn, edited }, surface);
      return 'done';
    }
    const say = async (sentence: string) => ((await surface.tellPrivately(noteCard(sentence))) ? 'done' : 'failed');
    const { notByEdit, noQuestion, problem } = sentencesFor(turn.language);
    const isAlone = request.kind === 'nothing' && files.length === 0;
    if (isAlone && (turn.forwarded ?? []).length > 0) return say(noQuestion.forwarded);
    if (isAlone && (turn.leftOut ?? []).length > 0) return say(noQuestion.noWords);
    if (edited && isAlone) return 'done';
    if (edited && (!isQuestion || isLate)) return say(notByEdit);
    if (request.kind === 'new') {
      room.memory.startAnew(turn);
      return say(sentencesFor(room.language).startedAnew);
    }
    if (request.kind === 'stop') {
      room.inbox.stop(turn.person, turn.conversation.id, turn.conversation.thread);
      return 'done';
    }
    if (isQuestion && !targeted) {
      // Nobody is answered whose standing is not known.
      room.log.warn('turn-refused', { code: 'standing-unknown', platform: 'teams' });
      return say(problem('standing-unknown'));
    }
    const command = commandOf(request, turn.question);
    const language = turn.question.text.isBlank ? room.language : languageOf(openText(command), room.language);
    const view = await room.consent.run(turn.person, command, {
      surface: 'command',
      language,
      conversation: turn.conversation.id,
      input,
    });
    const told = await surface.tellPrivately(consentCard(view, language));
    return told ? endOf(view) : 'failed';
  });
}

/** What is shown to dejiren alone is a command, whatever its words. */
function commandOf(request: Request, { text }: Utterance): Text {
  if (request.kind === 'consent') return sealText(request.words);
  return text.isBlank ? sealText('help') : text;
}
