import { z } from 'zod';
import { pause, within } from '../../src/kit/wait';
import { sealText, type Text } from '../../src/model/text';
import type { Membership, TenantId } from '../../src/model/turn';
import { createKnownPeople } from '../kit/people';
import type { SlackApi, SlackResult } from './api';
import type { Organisation, Told } from './organisation';
import type { SlackRates } from './rates';

/** What Slack tells about a person, where the optional `users:read` scope is granted. */
export interface KnownPerson extends Told {
  readonly names: readonly Text[];
}

export interface People {
  find(user: string, tenant: TenantId): Promise<KnownPerson>;
}

const ATTEMPTS = 3;
/** How long an answer of Slack's may be waited for, a pause that it asks for included. */
const PATIENCE_MS = 8_000;
/** Refusals that will come again for everybody. */
const NOT_ALLOWED: ReadonlySet<string> = new Set(['missing_scope', 'no_permission', 'not_allowed_token_type']);
const NOWHERE: ReadonlySet<string> = new Set();
/** Of whom Slack was not asked. */
export const NOBODY: KnownPerson = { membership: undefined, homes: NOWHERE, names: [] };
/** Of whom Slack was asked in vain. */
const NOT_TOLD: KnownPerson = { membership: 'unknown', homes: NOWHERE, names: [] };

const flag = z.boolean().nullish();
const word = z.string().nullish();

/** Source: "User object" and "enterprise_user", docs.slack.dev/reference/objects/user-object. */
const userInfo = z.object({
  user: z.object({
    id: word,
    team_id: word,
    enterprise_id: word,
    name: word,
    real_name: word,
    is_bot: flag,
    is_workflow_bot: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    profile: z.object({ display_name: word, real_name: word, team: word }).nullish(),
    enterprise_user: z
      .object({
        enterprise_id: word,
        teams: z.array(z.string()).nullish(),
        is_restricted: flag,
        is_ultra_restricted: flag,
      })
      .nullish(),
  }),
});
type UserInfo = z.infer<typeof userInfo>['user'];

export interface PeopleParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  /** Whether the token has the scope `users:read`. */
  readonly mayRead: () => boolean;
  readonly organisation: Pick<Organisation, 'enterpriseOf'>;
  readonly now: () => number;
}

/**
 * Asks Slack who somebody is, and remembers it in memory for ten minutes. Without the scope it asks nothing. It keeps
 * to the budget of calls, so that many people at once are not taken for strangers.
 */
export function createPeople({ api, rates, mayRead, organisation, now }: PeopleParts): People {
  const known = createKnownPeople<KnownPerson>({ isTold: (person) => person !== NOT_TOLD, now });
  let refused = false;

  async function info(user: string): Promise<SlackResult | undefined> {
    const until = now() + PATIENCE_MS;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const wait = rates.take('users.info', until - now());
      if (wait === Number.POSITIVE_INFINITY) return undefined;
      await pause(wait);
      const result = await api.call('users.info', { user });
      if (result.ok || result.kind === 'refused') return result;
      if (result.kind === 'rate-limited') rates.pause('users.info', result.retryAfterMs);
    }
    return undefined;
  }

  async function ask(user: string, tenant: TenantId): Promise<KnownPerson> {
    const result = await within(info(user), PATIENCE_MS, undefined);
    if (result?.ok === false && result.kind === 'refused' && NOT_ALLOWED.has(result.code)) {
      refused = true;
      known.clear();
      return NOBODY;
    }
    const parsed = result?.ok === true ? userInfo.safeParse(result.body) : undefined;
    if (parsed?.success !== true) return NOT_TOLD;
    const { user: told } = parsed.data;
    const names = [told.profile?.display_name, told.profile?.real_name, told.real_name, told.name];
    const given = [...new Set(names.flatMap((name) => (name ? [name] : [])))];
    const homes = homesOf(told);
    const membership = membershipIn(told, homes, tenant, organisation.enterpriseOf(tenant));
    return { membership, homes, names: given.map(sealText) };
  }

  return {
    find(user, tenant) {
      if (refused || !mayRead()) return Promise.resolve(NOBODY);
      const key = JSON.stringify([user, tenant, organisation.enterpriseOf(tenant)]);
      return known.find(key, () => ask(user, tenant));
    },
  };
}

function homesOf({ team_id, enterprise_id, enterprise_user }: UserInfo): ReadonlySet<string> {
  const told = [team_id, enterprise_id, enterprise_user?.enterprise_id, ...(enterprise_user?.teams ?? [])];
  return new Set(told.flatMap((home) => (home ? [home] : [])));
}

/** Who is in the workspace, or in its organisation, is no stranger. Undefined where no home is told of anybody else. */
function membershipIn(
  told: UserInfo,
  homes: ReadonlySet<string>,
  tenant: TenantId,
  enterprise: string | undefined,
): Membership | undefined {
  if (told.is_bot || told.is_workflow_bot || told.id === 'USLACKBOT') return 'bot';
  if (told.is_stranger) return 'external';
  const isOurs = homes.has(tenant) || (enterprise !== undefined && homes.has(enterprise));
  if (homes.size > 0 && !isOurs) return 'external';
  const guests = [told, told.enterprise_user];
  if (guests.some((one) => one?.is_restricted || one?.is_ultra_restricted)) return 'guest';
  return isOurs ? 'member' : undefined;
}
