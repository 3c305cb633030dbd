import { field } from '../../src/kit/field';
import { errorFields } from '../../src/log/error-fields';
import type { Card } from '../../src/model/card';
import type { MessageRef, TenantId } from '../../src/model/turn';
import { type AgreedQuestion, actionOf, answerAgreed, type Pressed, takePress } from '../kit/presses';
import { mayReadAgain, readAgain } from './answer-again';
import type { InvokeAnswer } from './bot';
import { adaptiveCard, CARD_ANSWER_TYPE, cardActivity } from './cards';
import { pressInput } from './inputs';
import { cardData, cardInvoke, type Envelope, type MessageActivity } from './payloads';
import { exactMembership } from './people';
import type { TeamsServices } from './services';
import { tellPrivately } from './tell-privately';
import { destinationOf, TYPED_WISHES, teamsPerson, tenantOf } from './turn';

type Carried = ReturnType<typeof cardData.parse>;

/** Takes the press of a card's button; the answer takes the card's place. Undefined for what is no press of ours. */
export async function takeInvoke(body: unknown, services: TeamsServices): Promise<InvokeAnswer | undefined> {
  const parsed = cardInvoke.safeParse(body);
  const tenant = parsed.success ? tenantOf(parsed.data) : undefined;
  if (!parsed.success || tenant === undefined) return undefined;
  const { data } = parsed.data.value.action;
  const acted = await act(parsed.data, tenant, data, services);
  if (acted === undefined) return { status: 403 };
  const { language, for: person, group } = data.dejiren;
  return {
    status: 200,
    body: { statusCode: 200, type: CARD_ANSWER_TYPE, value: adaptiveCard(acted.card, { person, group, language }) },
  };
}

/** The same from clients that send a press as a message. */
export async function takeCardMessage(
  activity: MessageActivity,
  tenant: TenantId,
  services: TeamsServices,
): Promise<'done' | 'failed'> {
  const data = pressedIn(activity);
  if (!data.success) return 'done';
  const acted = await act(activity, tenant, data.data, services);
  if (acted === undefined) return 'done';
  const { language, for: person, group } = data.data.dejiren;
  const shown = cardActivity(acted.card, { person, group, language });
  const place = destinationOf(activity);
  const replaced = activity.replyToId ? await services.api.update(place, activity.replyToId, shown) : undefined;
  const told =
    replaced?.ok === true || (await tellPrivately(services, privatePlaceOf(activity, tenant, data.data), acted.card));
  return told ? acted.end : 'failed';
}

/** Whether a message is the press of a card of ours, rather than words that some app put a value to. */
export function isPress(activity: MessageActivity): boolean {
  return pressedIn(activity).success;
}

function pressedIn({ value }: MessageActivity): ReturnType<typeof cardData.safeParse> {
  return cardData.safeParse(field(field(value, 'action'), 'data') ?? value);
}

/** Undefined where somebody else pressed than the person whom the card is for. */
async function act(
  activity: Envelope,
  tenant: TenantId,
  data: Carried,
  services: TeamsServices,
): Promise<Pressed | undefined> {
  const { dejiren } = data;
  const { for: meant, language } = dejiren;
  const membership = await exactMembership(activity, tenant, services.people);
  const person = teamsPerson(tenant, activity, membership);
  if (person.id !== meant || membership === 'bot') {
    services.log.warn('teams-press-refused', { code: 'not-for-them' });
    return undefined;
  }
  const question = dejiren.question as MessageRef | undefined;
  const action = actionOf(dejiren, question, data.training === 'true');
  const input = pressInput(activity, data);
  const origin = { surface: 'button', language, conversation: activity.conversation.id, input } as const;
  const where = privatePlaceOf(activity, tenant, data);
  const readsAgain = question !== undefined && mayReadAgain(question, where, services);
  const pressed = await takePress({ person, action, origin, readsAgain }, services.consent);
  if (pressed.agreed !== undefined) {
    const answering = {
      ...services,
      wishes: TYPED_WISHES,
      readAgain: (agreed: AgreedQuestion) => readAgain(agreed, where, services),
      tell: (card: Card) => tellPrivately(services, where, card),
    };
    // Teams waits for the card meanwhile.
    void answerAgreed(pressed.agreed, answering).catch((error: unknown) =>
      services.log.error('teams-activity-failed', { ...errorFields(error) }),
    );
  }
  return pressed;
}

function privatePlaceOf(activity: Envelope, tenant: TenantId, { dejiren }: Carried) {
  return {
    place: destinationOf(activity),
    direct: activity.conversation.conversationType === 'personal',
    targeted: activity.recipient.isTargeted === true,
    account: activity.from.id,
    person: dejiren.for,
    tenant,
    group: dejiren.group,
    language: dejiren.language,
  };
}
