import { accountOf, BOT, objectIdOf, type Shown, seen, type TeamsState } from './state';

export interface SayWish {
  readonly id?: string;
  readonly user?: string;
  readonly text?: string;
  readonly kind?: 'personal' | 'groupChat' | 'channel';
  readonly conversation?: string;
  readonly tenant?: string;
  readonly mentions?: readonly (readonly [id: string, text: string])[];
  readonly more?: Readonly<Record<string, unknown>>;
}

export type PressWish = SayWish & { readonly tick?: boolean; readonly data?: Readonly<Record<string, unknown>> };

/** A mention of the bot, as it stands in a message's text and beside it. */
export const AT_BOT = { text: '<at>dejiren</at>', mention: [BOT, '<at>dejiren</at>'] as const };

/** Where activities come from. */
export interface Origin {
  readonly serviceUrl: string;
  readonly homeTenant: string;
}

/** An activity as Teams would deliver it. */
export function activityOf(
  state: TeamsState,
  { serviceUrl, homeTenant }: Origin,
  wish: SayWish,
): Record<string, unknown> {
  const { user = 'u1', kind = 'personal', tenant = homeTenant } = wish;
  return {
    type: 'message',
    id: wish.id ?? state.nextId(),
    channelId: 'msteams',
    serviceUrl,
    timestamp: state.nextTime(),
    textFormat: 'plain',
    from: { id: accountOf(user), name: `Name of ${user}`, aadObjectId: objectIdOf(user) },
    recipient: { id: BOT, name: 'dejiren' },
    conversation: {
      id: wish.conversation ?? `a:personal-${accountOf(wish.user)}`,
      conversationType: kind,
      tenantId: tenant,
      isGroup: kind !== 'personal',
    },
    channelData: { tenant: { id: tenant } },
    text: wish.text ?? '',
    entities: (wish.mentions ?? []).map(([id, text]) => ({
      type: 'mention',
      text,
      mentioned: { id, name: text.replace(/<\/?at>/gu, '') },
    })),
    ...wish.more,
  };
}

/** The press of a card's button, as Teams would deliver it. Throws where the card has no such button. */
export function pressOf(
  state: TeamsState,
  origin: Origin,
  card: Shown,
  title: string,
  wish: PressWish,
): Record<string, unknown> {
  const action = card.activity.attachments?.[0]?.content.actions?.find((one) => one.title === title);
  if (action === undefined) throw new Error(`the card has no button “${title}”: ${seen(card)}`);
  const data = { ...action.data, ...(wish.tick !== undefined && { training: String(wish.tick) }), ...wish.data };
  return activityOf(state, origin, {
    ...wish,
    conversation: wish.conversation ?? card.conversation,
    more: {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: 'dejiren', data } },
      ...wish.more,
    },
  });
}
