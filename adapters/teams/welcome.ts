import { consentCard } from '../../src/language/cards';
import { sentencesFor } from '../../src/language/sentences';
import { sealText } from '../../src/text/text';
import { cardActivity } from './cards';
import { installationActivity, membersActivity } from './payloads';
import type { TeamsRoom } from './surface';
import { placeOf, teamsPerson, tenantOf } from './turn';

/** Meets those who install dejiren, in a personal chat or a team: what it does, and the command. */
export async function welcome(body: unknown, room: TeamsRoom): Promise<void> {
  const parsed = membersActivity.safeParse(body);
  const tenant = parsed.success ? tenantOf(parsed.data) : undefined;
  if (!parsed.success || tenant === undefined) return;
  const activity = parsed.data;
  const self = activity.recipient.id;
  if (activity.membersRemoved?.some(({ id }) => id === self)) return forget(activity.conversation.id, room);
  if (!activity.membersAdded?.some(({ id }) => id === self)) return;
  const person = teamsPerson(tenant, activity, 'unknown');
  const { language } = room;
  const view = await room.consent.run(person, sealText('help'), { surface: 'command', language });
  // In a team others read it: it has no buttons that were anybody's.
  const card = { ...consentCard(view, language), buttons: [] };
  const prompts = sentencesFor(language).suggestedPrompts;
  const direct = activity.conversation.conversationType === 'personal';
  await room.api.send(placeOf(activity), {
    ...cardActivity(card, language, person.id),
    ...(direct && {
      suggestedActions: {
        to: [activity.from.id],
        actions: prompts.map(({ title, message }) => ({ type: 'imBack', title, value: message })),
      },
    }),
  });
}

/** dejiren was taken out of a chat or a team: what was in memory of it goes. */
export async function takeInstallation(body: unknown, room: TeamsRoom): Promise<void> {
  const parsed = installationActivity.safeParse(body);
  if (parsed.success && parsed.data.action?.startsWith('remove') === true) forget(parsed.data.conversation.id, room);
}

function forget(conversation: string, room: TeamsRoom): void {
  room.log.info('teams-removed');
  room.memory.dropConversation(conversation.split(';messageid=', 1)[0] ?? conversation);
}
