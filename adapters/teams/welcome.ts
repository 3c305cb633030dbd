import { consentCard } from '../../src/language/cards';
import { sentencesFor } from '../../src/language/sentences';
import { sealText } from '../../src/model/text';
import type { ConversationId } from '../../src/model/turn';
import { type Envelope, installationActivity, membersActivity } from './payloads';
import type { TeamsServices } from './services';
import { sendCard } from './tell-privately';
import { destinationOf, teamOf, teamsPerson, tenantOf, threadless } from './turn';

/** Meets those who install dejiren, in a personal chat or a team: what it does, and the command. */
export async function welcome(body: unknown, services: TeamsServices): Promise<void> {
  const parsed = membersActivity.safeParse(body);
  const tenant = parsed.success ? tenantOf(parsed.data) : undefined;
  if (!parsed.success || tenant === undefined) return;
  const activity = parsed.data;
  const self = activity.recipient.id;
  if (activity.membersRemoved?.some(({ id }) => id === self)) return leave(activity, services);
  if (activity.channelData?.eventType === 'channelDeleted')
    return forget(activity.channelData.channel?.id ?? undefined, services);
  if (activity.channelData?.eventType === 'teamDeleted') return leave(activity, services);
  if (!activity.membersAdded?.some(({ id }) => id === self)) return;
  const person = teamsPerson(tenant, activity, 'unknown');
  const { language } = services;
  const view = await services.consent.run(person, sealText('help'), { surface: 'command', language });
  // In a team others read it: it has no buttons that were anybody's.
  const card = { ...consentCard(view, language), buttons: [] };
  const prompts = sentencesFor(language).suggestedPrompts;
  const direct = activity.conversation.conversationType === 'personal';
  const suggestedActions = {
    to: [activity.from.id],
    actions: prompts.map(({ title, message }) => ({ type: 'imBack', title, value: message })),
  };
  const place = destinationOf(activity);
  await sendCard((shown) => services.api.send(place, { ...shown, ...(direct && { suggestedActions }) }), card, {
    language,
    person: person.id,
    group: undefined,
  });
}

/** dejiren was taken out of a chat or a team. An upgrade of the app takes it out of nothing. */
export async function takeInstallation(body: unknown, services: TeamsServices): Promise<void> {
  const parsed = installationActivity.safeParse(body);
  if (parsed.success && parsed.data.action === 'remove') leave(parsed.data, services);
}

function leave(activity: Envelope, services: TeamsServices): void {
  services.log.info('teams-removed');
  forget(threadless(activity.conversation.id), services);
  forget(teamOf(activity)?.id, services);
}

/**
 * Ends what is being answered in a chat, a channel or a team, and lets go of what is in memory of it. What people
 * agreed to is theirs, and stays in the ledger.
 */
function forget(place: string | undefined, services: TeamsServices): void {
  if (place === undefined) return;
  services.inbox.stopIn(place as ConversationId);
  for (const { conversation, message } of services.memory.dropPlace(place))
    services.inbox.stopIn(conversation, message);
  services.attributions.forgetPlace(place);
  services.people.forgetPlace(place);
}
