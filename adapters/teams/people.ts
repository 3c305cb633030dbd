import type { Standing, TenantId } from '../../src/chat/turn';
import type { TeamsApi } from './api';
import type { BotPlace } from './bot';
import { type Envelope, memberInfo } from './payloads';
import { placeOf, shownStanding } from './turn';

/** Asks Teams who somebody is. */
export interface People {
  /** `unknown` where Teams did not tell. Never rejects. */
  standingOf(place: BotPlace, account: string, tenant: TenantId): Promise<Standing>;
}

/** Teams is asked about those who show to be people, and makes nobody more than they show. */
export async function exactStanding(activity: Envelope, tenant: TenantId, people: People): Promise<Standing> {
  const shown = shownStanding(activity);
  return shown === 'member' ? people.standingOf(placeOf(activity), activity.from.id, tenant) : shown;
}

const KEPT = 2_000;
const KEPT_MS = 600_000;

/** Remembers what Teams told for ten minutes, in memory; what it did not tell is asked again. */
export function createPeople(api: Pick<TeamsApi, 'member'>, now: () => number): People {
  const known = new Map<string, { readonly until: number; readonly standing: Promise<Standing> }>();

  async function ask(place: BotPlace, account: string, tenant: TenantId): Promise<Standing> {
    const result = await api.member(place, account);
    const told = result.ok ? memberInfo.safeParse(result.value) : undefined;
    if (told?.success !== true) return 'unknown';
    const { tenantId, userRole } = told.data;
    if (typeof tenantId === 'string' && tenantId.toLowerCase() !== tenant) return 'external';
    if (userRole === 'guest') return 'guest';
    if (userRole === 'anonymous') return 'external';
    return userRole === 'user' || (!userRole && typeof tenantId === 'string') ? 'member' : 'unknown';
  }

  return {
    async standingOf(place, account, tenant) {
      const key = JSON.stringify([tenant, account]);
      const found = known.get(key);
      if (found !== undefined && found.until > now()) return found.standing;
      const standing = ask(place, account, tenant);
      known.set(key, { until: now() + KEPT_MS, standing });
      const [oldest] = known.keys();
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
      const told = await standing;
      if (told === 'unknown') known.delete(key);
      return told;
    },
  };
}
