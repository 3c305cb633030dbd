import type { z } from 'zod';
import { within } from '../../src/kit/wait';
import { sealText, type Text } from '../../src/model/text';
import type { Membership, TenantId } from '../../src/model/turn';
import { createKnownPeople } from '../kit/people';
import type { TeamsApi } from './api';
import type { Destination } from './bot';
import { type Envelope, memberInfo } from './payloads';
import { destinationOf, shownMembership, threadless } from './turn';

export interface KnownPerson {
  /** `unknown` where Teams did not tell. */
  readonly membership: Membership;
  readonly names: readonly Text[];
}

/** Asks Teams who somebody is. */
export interface People {
  /** `account`: theirs in Teams, e.g. `29:…`, or their id in the directory. Never rejects. */
  find(place: Destination, account: string, tenant: TenantId): Promise<KnownPerson>;
  /** Forgets those of whom Teams was asked in a conversation. */
  forgetPlace(conversation: string): void;
}

/** Teams is asked about those who show to be people, and makes nobody more than they show. */
export async function exactMembership(activity: Envelope, tenant: TenantId, people: People): Promise<Membership> {
  const shown = shownMembership(activity);
  return shown === 'member' ? (await people.find(destinationOf(activity), activity.from.id, tenant)).membership : shown;
}

/** How long an answer of Teams' is waited for. */
const PATIENCE_MS = 8_000;
const LATE = { ok: false } as const;

/** Remembers what Teams told for ten minutes, in memory; what it did not tell is asked again. */
export function createPeople(api: Pick<TeamsApi, 'member'>, now: () => number): People {
  const known = createKnownPeople<KnownPerson>({ isTold: ({ membership }) => membership !== 'unknown', now });
  async function ask(place: Destination, account: string, tenant: TenantId): Promise<KnownPerson> {
    const result = await within(api.member(place, account), PATIENCE_MS, LATE);
    const told = result.ok ? memberInfo.safeParse(result.value) : undefined;
    if (told?.success !== true) return { membership: 'unknown', names: [] };
    const { name, givenName, surname, email, userPrincipalName } = told.data;
    const given = [name, givenName, surname, email, userPrincipalName].flatMap((one) => (one ? [one] : []));
    return { membership: membershipIn(told.data, tenant), names: [...new Set(given)].map(sealText) };
  }

  return {
    find: (place, account, tenant) =>
      known.find(JSON.stringify([tenant, account]), () => ask(place, account, tenant), threadless(place.conversation)),
    forgetPlace: known.forgetPlace,
  };
}

function membershipIn({ tenantId, userRole }: z.infer<typeof memberInfo>, tenant: TenantId): Membership {
  if (typeof tenantId === 'string' && tenantId.toLowerCase() !== tenant) return 'external';
  if (userRole === 'guest') return 'guest';
  if (userRole === 'anonymous') return 'external';
  return userRole === 'user' || (!userRole && typeof tenantId === 'string') ? 'member' : 'unknown';
}
