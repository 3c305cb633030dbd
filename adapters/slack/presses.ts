import type { z } from 'zod';
import { within } from '../../src/kit/wait';
import { noteCard } from '../../src/language/note-card';
import { sentencesFor } from '../../src/language/sentences';
import type { ConversationId, MessageRef, TenantId, ThreadId } from '../../src/model/turn';
import { type AgreedQuestion, type AnswerParts, actionOf, answerAgreed, takePress } from '../kit/presses';
import { takeOnce } from '../kit/take-once';
import { readAgain } from './answer-again';
import { CHOICE, STOP_ACTION } from './cards';
import { type PrivateMessage, privateMessage } from './command';
import { pressInput, requestOf } from './inputs';
import { mayReadAgain } from './may-read-again';
import { exactMembership, membershipAt, type Shown } from './organisation';
import { type ActionBody, actionBody, cardAction } from './payloads';
import type { SlackServices } from './services';
import { type PrivateDestination, tellPrivately } from './tell-privately';
import { slackPerson } from './turn';
import { publishHome } from './welcome';

/** How long the place of a card may take to be written anew, before the question is answered all the same. */
const REPLACE_MS = 5_000;

/** What becomes of the message whose button was pressed: another takes its place, or nothing does. */
export type Replacement = (PrivateMessage & { readonly replace_original: true }) | { readonly delete_original: true };
export type Replace = (by: Replacement) => Promise<unknown>;

/** Takes the press of a button: a card's, or Stop below an answer that is being written. */
export async function takeButton(
  body: unknown,
  context: unknown,
  services: SlackServices,
  replace: Replace,
): Promise<void> {
  const parsed = actionBody.safeParse(body);
  if (!parsed.success) return;
  const { user, channel, container, message, actions, state, response_url } = parsed.data;
  const [pressed] = actions;
  if (pressed?.value === undefined) return;
  const { tenant, shown } = presserIn(parsed.data, services);
  if (tenant === undefined) return;
  const input = pressInput(
    {
      user: user.id,
      action: pressed.action_id,
      value: pressed.value,
      actionTs: pressed.action_ts,
      triggerId: parsed.data.trigger_id,
    },
    { request: requestOf(context), now: services.clock.now() },
  );

  const thread = container?.thread_ts ?? message?.thread_ts;
  if (pressed.action_id === STOP_ACTION) {
    const presser = slackPerson(tenant, user.id, shown.membership);
    if (channel === undefined) return;
    return takeOnce(services.inputs, { ...presser, id: input.id }, services.now(), async () => {
      if (pressed.value === user.id)
        services.inbox.stop(presser, channel.id as ConversationId, thread as ThreadId | undefined);
      else await tellNotYours({ channel: channel.id, user: user.id, thread }, services);
      return 'done';
    });
  }
  const wish = readAction(pressed.value);
  if (wish === undefined) return;
  const told = await services.people.find(user.id, tenant);
  const person = slackPerson(tenant, user.id, exactMembership(shown, told));
  const language = wish.language ?? services.language;
  const ticked = (state?.values[CHOICE]?.[CHOICE]?.selected_options ?? []).length > 0;
  const conversation = channel === undefined ? {} : { conversation: channel.id };
  const action = actionOf(wish, wish.question as MessageRef | undefined, ticked);
  const origin = { surface: 'button', language, input, ...conversation } as const;
  const readsAgain = channel !== undefined && mayReadAgain(channel.id, services.self().scopes);
  const { card, closes, agreed } = await takePress({ person, action, origin, readsAgain }, services.consent);
  if (response_url === undefined) return publishHome(person, language, services);
  const replaced = replace(
    closes ? { delete_original: true } : { ...privateMessage(card, language), replace_original: true },
  );
  if ((await within(replaced, REPLACE_MS, 'late')) === 'late') {
    services.log.warn('slack-card-not-replaced', { code: 'response-url' });
    if (channel !== undefined)
      await tellPrivately(services, { channel: channel.id, user: user.id, thread, language }, card);
  }
  if (agreed !== undefined) await answerAgreed(agreed, { ...services, ...answeringOf(agreed, services) });
}

/** Tells somebody, and nobody else, that the answer that they would stop is another's. */
export async function tellNotYours(
  place: Omit<PrivateDestination, 'language'>,
  services: Pick<SlackServices, 'api' | 'language'>,
): Promise<void> {
  const { language } = services;
  await tellPrivately(services, { ...place, language }, noteCard(sentencesFor(language).notYourAnswer));
}

/**
 * Where somebody pressed, and what they show of themselves: in shared channels people of other workspaces press as well,
 * and where dejiren is not installed all of them are strangers.
 */
function presserIn(body: ActionBody, { organisation }: SlackServices): { tenant: TenantId | undefined; shown: Shown } {
  const delivered = organisation.ofPress(body);
  const home = body.user.team_id;
  const homes = home === undefined ? [] : [home];
  if (delivered === undefined) {
    const tenant = (body.team?.id ?? home) as TenantId | undefined;
    return { tenant, shown: { membership: 'external', homes: [] } };
  }
  const membership = home === undefined ? 'unknown' : membershipAt(homes, delivered);
  // In an organisation Slack names now this workspace and now a sister as the home of one and the same person.
  const isOwn = delivered.enterprise !== undefined && organisation.wasAtHome(delivered.tenant, body.user.id);
  if (membership === 'external' && isOwn && home?.startsWith('T') === true)
    return { tenant: delivered.tenant, shown: { membership: 'member', homes } };
  return { tenant: delivered.tenant, shown: { membership, homes } };
}

/** How the question that a press agreed to is read again, and where its asker is told what cannot be. */
function answeringOf(
  { person, question, language }: AgreedQuestion,
  services: SlackServices,
): Pick<AnswerParts, 'readAgain' | 'tell'> {
  const thread = String(question.thread) === String(question.message) ? undefined : question.thread;
  const place = { channel: question.conversation, user: person.id, thread, language };
  return {
    readAgain: (agreed) => readAgain(agreed, services),
    tell: (card) => tellPrivately(services, place, card),
  };
}

function readAction(value: string): z.output<typeof cardAction> | undefined {
  try {
    return cardAction.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}
