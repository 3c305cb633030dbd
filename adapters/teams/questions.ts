import { commandIn } from '../../src/consent/command';
import { consentCard } from '../../src/language/cards';
import { languageOf } from '../../src/language/language-of';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import { openText, sealText } from '../../src/text/text';
import { takeCardMessage } from './buttons';
import { messageActivity } from './payloads';
import { exactStanding } from './people';
import { surfaceOf, type TeamsRoom } from './surface';
import { placeOf, tenantOf, turnOf } from './turn';

const NEW = /^[/／]new$/iu;
/** Teams has a Stop of its own in personal chats alone. */
const STOP = /^(?:[/／]?stop|停止|中止|ストップ|止めて)$/iu;

/**
 * Takes a message: a question goes to the dispatcher, an empty mention gets help, the command is run. Bots, and
 * messages of groups and channels that do not mention dejiren, end here.
 */
export async function takeMessage(body: unknown, room: TeamsRoom): Promise<void> {
  const parsed = messageActivity.safeParse(body);
  const tenant = parsed.success ? tenantOf(parsed.data) : undefined;
  if (!parsed.success || tenant === undefined) return;
  const activity = parsed.data;
  if (activity.value !== undefined && activity.value !== null) return takeCardMessage(activity, tenant, room);
  const { recipient, conversation, entities } = activity;
  const addressed =
    conversation.conversationType === 'personal' ||
    recipient.isTargeted === true ||
    entities.some(({ mentioned }) => mentioned.id === recipient.id);
  if (!addressed) return;

  const standing = await exactStanding(activity, tenant, room.people);
  if (standing === 'bot') return;
  const { language: usual, now } = room;
  const { turn, files } = turnOf({ activity, tenant, standing, language: usual, receivedAt: now() });
  const targeted = recipient.isTargeted === true;
  const surface = surfaceOf({ turn, place: placeOf(activity), account: activity.from.id, targeted, files }, room);
  const words = openText(turn.question.text);
  if (NEW.test(words)) {
    room.memory.startAnew(turn);
    await surface.tellPrivately(noteCard(sentencesFor(room.language).startedAnew));
    return;
  }
  if (STOP.test(words)) return room.inbox.stop(turn.person, turn.conversation.id, turn.conversation.thread);
  const typed = words === '' && files.length === 0 ? 'help' : commandIn(words);
  if (typed === undefined && !targeted) {
    if (standing !== 'unknown') return room.inbox.receive(turn, surface);
    // Nobody is answered whose standing is not known.
    await surface.tellPrivately(noteCard(sentencesFor(turn.language).problem('unknown')));
    return;
  }
  const command = typed ?? words;
  const language = words === '' ? room.language : languageOf(command, room.language);
  const view = await room.consent.run(turn.person, sealText(command), {
    surface: 'command',
    language,
    conversation: turn.conversation.id,
  });
  await surface.tellPrivately(consentCard(view, language));
}
