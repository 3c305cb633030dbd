import { commandIn } from '../../src/consent/command';
import { consentCard } from '../../src/language/cards';
import { languageOf } from '../../src/language/language-of';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import { openText, sealText } from '../../src/text/text';
import { readForwards } from './forwards';
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
  const say = (sentence: string): Promise<boolean> => surface.tellPrivately(noteCard(sentence));
  const { commandByEdit, noQuestion, problem } = sentencesFor(turn.language);
  const words = openText(turn.question.text);
  if (words === '' && turn.files.length === 0) {
    if ((turn.forwarded ?? []).length > 0) return void (await say(noQuestion.forwarded));
    if ((turn.leftOut ?? []).length > 0) return void (await say(noQuestion.noWords));
  }
  const command = words === '' && turn.files.length === 0 ? 'help' : commandIn(words);
  if (command === undefined) {
    if (standing !== 'unknown') return workspace.inbox.receive(turn, surface);
    // Nobody is answered whose standing is not known; a person who asks is told so, as a bot would not be.
    workspace.log.warn('turn-refused', { code: 'standing-unknown', platform: 'slack' });
    return void (await say(problem('standing-unknown')));
  }
  if (event.edited !== undefined && words !== '') return void (await say(commandByEdit));
  const language = words === '' ? turn.language : languageOf(command, workspace.language);
  const view = await workspace.consent.run(turn.person, sealText(command), {
    surface: 'command',
    language,
    conversation: event.channel,
  });
  await surface.tellPrivately(consentCard(view, language));
}
