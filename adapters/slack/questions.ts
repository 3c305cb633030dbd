import { commandIn } from '../../src/consent/command';
import { consentCard } from '../../src/language/cards';
import { languageOf } from '../../src/language/language-of';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import { openText, sealText } from '../../src/text/text';
import { questionEvent } from './payloads';
import { surfaceOf } from './surface';
import { exactStanding, leavesOpen, standingOf, tenantOf, turnOf } from './turn';
import type { Workspace } from './workspace';

/** Subtypes of messages that are questions all the same. */
const ASKED: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast']);

/**
 * Takes an `app_mention` or `message` event: a question goes to the dispatcher, an empty mention gets help, the
 * command typed as a message is run. Bots, edits, joins, and messages that do not address dejiren end here.
 */
export async function takeQuestion(body: unknown, workspace: Workspace): Promise<void> {
  const parsed = questionEvent.safeParse(body);
  if (!parsed.success) return;
  const { event, is_ext_shared_channel: sharedExternally } = parsed.data;
  const tenant = tenantOf(parsed.data);
  const { userId } = workspace.self();
  if (tenant === undefined || event.user === undefined || event.user === userId) return;
  if (event.edited !== undefined || (event.subtype !== undefined && !ASKED.has(event.subtype))) return;
  // A direct message comes as `message.im`, with a mention in it as both.
  if (event.channel.startsWith('D') !== (event.type === 'message')) return;

  const shown = standingOf(event, tenant, sharedExternally);
  const told = leavesOpen(shown) ? (await workspace.people.find(event.user, tenant)).standing : undefined;
  const standing = exactStanding(shown, told);
  const turn = turnOf({
    message: event,
    channel: event.channel,
    tenant,
    standing,
    sharedExternally,
    botUserId: userId,
    language: workspace.language,
    receivedAt: workspace.now(),
  });
  if (turn === undefined || turn.person.standing === 'bot') return;

  const surface = surfaceOf(turn, workspace);
  const words = openText(turn.question.text);
  const command = words === '' && turn.files.length === 0 ? 'help' : commandIn(words);
  if (command === undefined) {
    if (standing !== 'unknown') return workspace.inbox.receive(turn, surface);
    // Nobody is answered whose standing is not known; a person who asks is told so, as a bot would not be.
    await surface.tellPrivately(noteCard(sentencesFor(turn.language).problem('unknown')));
    return;
  }
  const language = words === '' ? turn.language : languageOf(command, workspace.language);
  const view = await workspace.consent.run(turn.person, sealText(command), {
    surface: 'command',
    language,
    conversation: event.channel,
  });
  await surface.tellPrivately(consentCard(view, language));
}
