import { consentCard } from '../../src/language/cards';
import { sentencesFor } from '../../src/language/sentences';
import { sealText } from '../../src/model/text';
import type { Language, Person } from '../../src/model/turn';
import { blocksOfCard } from './cards';
import { homeEvent } from './payloads';
import type { SlackServices } from './services';
import { slackPerson } from './turn';

/** Meets somebody who opens dejiren's page in Slack: where they stand, or what they could ask. */
export async function openHome(body: unknown, services: SlackServices): Promise<void> {
  const parsed = homeEvent.safeParse(body);
  const delivered = parsed.success ? services.organisation.ofEvent(parsed.data) : undefined;
  if (!parsed.success || delivered === undefined) return;
  const { user, channel, tab } = parsed.data.event;
  if (tab === 'messages' && channel !== undefined) {
    const prompts = sentencesFor(services.language).suggestedPrompts;
    await services.api.call('assistant.threads.setSuggestedPrompts', { channel_id: channel, prompts });
    return;
  }
  const { tenant } = delivered;
  const { membership } = await services.people.find(user, tenant);
  await publishHome(slackPerson(tenant, user, membership ?? 'member'), services.language, services);
}

export async function publishHome(person: Person, language: Language, { api, consent }: SlackServices): Promise<void> {
  const origin = { surface: 'page', language } as const;
  const [status, help] = await Promise.all([
    consent.run(person, sealText('status'), origin),
    consent.run(person, sealText('help'), origin),
  ]);
  const blocks = [status, help].flatMap((view) => blocksOfCard(consentCard(view, language), language));
  const unique = blocks.map((block, index) => ({ ...block, block_id: `dejiren-home-${index}` }));
  await api.call('views.publish', { user_id: person.id, view: { type: 'home', blocks: unique } });
}
