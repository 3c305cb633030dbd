import type { Utterance } from '../../src/chat/turn';
import { consentCard } from '../../src/language/cards';
import { languageOf } from '../../src/language/language-of';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import { openText, sealText, type Text } from '../../src/text/text';
import { takeCardMessage } from './buttons';
import { type Request, requestOf } from './commands';
import { messageActivity } from './payloads';
import { exactStanding } from './people';
import { surfaceOf, type TeamsRoom } from './surface';
import { placeOf, teamOf, tenantOf, turnOf } from './turn';

/**
 * Takes a message that addresses dejiren: a question goes to the dispatcher, an empty mention gets help, the command is
 * run. Bots end here.
 */
export async function takeMessage(body: unknown, room: TeamsRoom): Promise<void> {
  const parsed = messageActivity.safeParse(body);
  const tenant = parsed.success ? tenantOf(parsed.data) : undefined;
  if (!parsed.success || tenant === undefined) return;
  const activity = parsed.data;
  if (activity.value !== undefined && activity.value !== null) return takeCardMessage(activity, tenant, room);

  const standing = await exactStanding(activity, tenant, room.people);
  if (standing === 'bot') return;
  const { language: usual, now } = room;
  const { turn, files } = turnOf({ activity, tenant, standing, language: usual, receivedAt: now() });
  const targeted = activity.recipient.isTargeted === true;
  const where = { place: placeOf(activity), account: activity.from.id, team: teamOf(activity) };
  const surface = surfaceOf({ turn, where, targeted, files }, room);
  const request = requestOf(turn.question);
  if (request.kind === 'new') {
    room.memory.startAnew(turn);
    await surface.tellPrivately(noteCard(sentencesFor(room.language).startedAnew));
    return;
  }
  if (request.kind === 'stop') return room.inbox.stop(turn.person, turn.conversation.id, turn.conversation.thread);
  const isQuestion = request.kind === 'question' || (request.kind === 'nothing' && files.length > 0);
  if (isQuestion && !targeted) {
    if (standing !== 'unknown') return room.inbox.receive(turn, surface);
    // Nobody is answered whose standing is not known.
    await surface.tellPrivately(noteCard(sentencesFor(turn.language).problem('unknown')));
    return;
  }
  const words = commandOf(request, turn.question);
  const language = turn.question.text.isBlank ? room.language : languageOf(openText(words), room.language);
  const view = await room.consent.run(turn.person, words, {
    surface: 'command',
    language,
    conversation: turn.conversation.id,
  });
  await surface.tellPrivately(consentCard(view, language));
}

/** What is shown to dejiren alone is a command, whatever its words. */
function commandOf(request: Request, { text }: Utterance): Text {
  if (request.kind === 'consent') return sealText(request.words);
  return text.isBlank ? sealText('help') : text;
}
