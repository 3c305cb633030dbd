import { consentCard } from '../../src/language/cards';
import { languageOf } from '../../src/language/language-of';
import type { Card } from '../../src/model/card';
import { sealText } from '../../src/model/text';
import type { Language } from '../../src/model/turn';
import { blocksOfCard, summaryOfCard } from './cards';
import { commandInput, requestOf } from './inputs';
import { commandBody } from './payloads';
import type { SlackServices } from './services';
import { tellPrivately } from './tell-privately';
import { slackPerson } from './turn';

/** A message for one person's eyes: the answer to a command or a press. */
export interface PrivateMessage {
  readonly response_type: 'ephemeral';
  readonly text: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
}

/** The answer to a command. */
export interface CommandAnswer {
  readonly message: PrivateMessage;
  /** Says the same in another way, where Slack did not take the message. */
  sayOtherwise(): Promise<boolean>;
}

/**
 * Runs `/dejiren-optin`; the answer goes back with the acknowledgement. Undefined for what is no command. `context` is
 * what the receiver told of the request.
 */
export async function runCommand(
  body: unknown,
  context: unknown,
  services: SlackServices,
): Promise<CommandAnswer | undefined> {
  const parsed = commandBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { user_id, channel_id, text } = parsed.data;
  const { tenant } = services.organisation.ofCommand(parsed.data);
  // Slack has the command for the workspace's own people alone.
  services.organisation.sawAtHome(tenant, user_id);
  const { membership } = await services.people.find(user_id, tenant);
  const person = slackPerson(tenant, user_id, membership ?? 'member');
  const language = /^\s*$/u.test(text) ? services.language : languageOf(text, services.language);
  const view = await services.consent.run(person, sealText(text), {
    surface: 'command',
    language,
    conversation: channel_id,
    input: commandInput(parsed.data, { request: requestOf(context), now: services.clock.now() }),
  });
  const card = consentCard(view, language);
  const place = { channel: channel_id, user: user_id, thread: undefined, language };
  return { message: privateMessage(card, language), sayOtherwise: () => tellPrivately(services, place, card) };
}

export function privateMessage(card: Card, language: Language): PrivateMessage {
  return { response_type: 'ephemeral', text: summaryOfCard(card), blocks: blocksOfCard(card, language) };
}
