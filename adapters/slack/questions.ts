import { commandIn } from '../../src/consent/command';
import { endOf } from '../../src/consent/done';
import { consentCard } from '../../src/language/cards';
import { languageOf } from '../../src/language/language-of';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import { openText, sealText } from '../../src/model/text';
import { isSoonEdited } from '../kit/edits';
import { takeOnce } from '../kit/take-once';
import { readForwards } from './forwards';
import { messageInput } from './inputs';
import { exactStanding } from './organisation';
import { questionEvent } from './payloads';
import { surfaceOf } from './surface';
import { shownOf, slackPerson, turnOf } from './turn';
import type { Workspace } from './workspace';

/** Subtypes of messages that are questions all the same. */
const ASKED: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast', 'me_message']);

/**
 * Takes an `app_mention` or `message` event: a question goes to the dispatcher, an empty mention gets help, the
 * command typed as a message is run. Bots, joins, and messages that do not address dejiren end here.
 *
 * An edit of a message that mentions dejiren comes as another `app_mention`, also where the edit added the mention: it
 * is the same question, and the dispatcher takes each once. A command is taken as it was sent first, and not by an edit.
 */
export async function takeQuestion(body: unknown, workspace: Workspace): Promise<void> {
  const parsed = questionEvent.safeParse(body);
  if (!parsed.success) return;
  const { event, is_ext_shared_channel: sharedExternally } = parsed.data;
  const delivered = workspace.organisation.ofEvent(parsed.data);
  const { userId } = workspace.self();
  if (delivered === undefined || event.user === undefined || event.user === userId) return;
  if (event.subtype !== undefined && !ASKED.has(event.subtype)) return;
  // A direct message comes as `message.im`, with a mention in it as both.
  if (event.channel.startsWith('D') !== (event.type === 'message')) return;

  const { tenant } = delivered;
  const shown = shownOf(event, delivered, sharedExternally);
  if (shown.standing === 'bot') return;
  const standing = exactStanding(shown, await workspace.people.find(event.user, tenant));
  if (standing === 'bot') return;
  if (shown.standing === 'member' && shown.homes.length > 0) workspace.organisation.sawAtHome(tenant, event.user);
  const person = slackPerson(tenant, event.user, standing);
  const turn = turnOf({
    message: event,
    along: await readForwards(event, person, { ...workspace, botUserId: userId }),
    channel: event.channel,
    person,
    sharedExternally,
    botUserId: userId,
    language: workspace.language,
    receivedAt: workspace.now(),
  });

  const surface = surfaceOf(turn, workspace);
  const words = openText(turn.question.text);
  const isEmpty = words === '' && turn.files.length === 0;
  const command = isEmpty ? 'help' : commandIn(words);
  const isLate = event.edited !== undefined && !isSoonEdited(msOf(event.ts), msOf(event.edited.ts));
  const isQuestion = command === undefined && standing !== 'unknown' && !isLate;
  if (isQuestion && event.edited === undefined) return workspace.inbox.receive(turn, surface);

  const input = messageInput(event.channel, event.ts, event.edited && (event.edited.ts ?? 'edited'));
  return takeOnce(workspace.inputs, { ...person, id: input.id }, workspace.now(), async () => {
    if (isQuestion) {
      workspace.inbox.receive({ ...turn, edited: true }, surface);
      return 'done';
    }
    const say = async (sentence: string) => ((await surface.tellPrivately(noteCard(sentence))) ? 'done' : 'failed');
    const { notByEdit, noQuestion, problem } = sentencesFor(turn.language);
    if (isLate) return say(notByEdit);
    if (isEmpty && (turn.forwarded ?? []).length > 0) return say(noQuestion.forwarded);
    if (isEmpty && (turn.leftOut ?? []).length > 0) return say(noQuestion.noWords);
    if (command === undefined) {
      // Nobody is answered whose standing is not known; a person who asks is told so, as a bot would not be.
      workspace.log.warn('turn-refused', { code: 'standing-unknown', platform: 'slack' });
      return say(problem('standing-unknown'));
    }
    if (event.edited !== undefined && words !== '') return say(notByEdit);
    const language = words === '' ? turn.language : languageOf(command, workspace.language);
    const view = await workspace.consent.run(person, sealText(command), {
      surface: 'command',
      language,
      conversation: event.channel,
      input,
    });
    const told = await surface.tellPrivately(consentCard(view, language));
    return told ? endOf(view) : 'failed';
  });
}

/** Slack tells times in seconds. */
function msOf(ts: string | undefined): number {
  return Number(ts) * 1_000;
}
