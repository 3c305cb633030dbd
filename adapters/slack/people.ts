import { z } from 'zod';
import type { Standing, TenantId } from '../../src/chat/turn';
import { pause } from '../../src/chat/wait';
import { sealText, type Text } from '../../src/text/text';
import type { SlackApi, SlackResult } from './api';
import type { SlackRates } from './rates';

/** What Slack tells about a person, where the optional `users:read` scope is granted. */
export interface KnownPerson {
  /** Undefined where Slack may not be asked; `unknown` where it was asked and did not tell. */
  readonly standing: Standing | undefined;
  readonly names: readonly Text[];
}

export interface People {
  find(user: string, tenant: TenantId): Promise<KnownPerson>;
}

const KEPT = 2_000;
const KEPT_MS = 600_000;
const ATTEMPTS = 3;
/** How long an answer of Slack's may be waited for, a pause that it asks for included. */
const PATIENCE_MS = 8_000;
/** Refusals that will come again for everybody. */
const NOT_ALLOWED: ReadonlySet<string> = new Set(['missing_scope', 'no_permission', 'not_allowed_token_type']);
const NOBODY: KnownPerson = { standing: undefined, names: [] };

const userInfo = z.object({
  user: z.object({
    team_id: z.string().optional(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    is_bot: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    is_stranger: z.boolean().default(false),
    deleted: z.boolean().default(false),
    profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).default({}),
  }),
});

export interface PeopleParts {
  readonly api: SlackApi;
  readonly rates: SlackRates;
  /** Whether the token has the scope `users:read`. */
  readonly mayRead: () => boolean;
  readonly now: () => number;
}

/**
 * Asks Slack who somebody is, and remembers it in memory for ten minutes. Without the scope it asks nothing. It keeps
 * to the budget of calls, so that many people at once are not taken for strangers.
 */
export function createPeople({ api, rates, mayRead, now }: PeopleParts): People {
  const known = new Map<string, { readonly until: number; readonly person: Promise<KnownPerson> }>();
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
    const result = await info(user);
    if (result?.ok === false && result.kind === 'refused' && NOT_ALLOWED.has(result.code)) {
      refused = true;
      known.clear();
      return NOBODY;
    }
    const parsed = result?.ok === true ? userInfo.safeParse(result.body) : undefined;
    if (parsed?.success !== true) {
      known.delete(user);
      return { standing: 'unknown', names: [] };
    }
    const { user: told } = parsed.data;
    const names = [told.profile.display_name, told.profile.real_name, told.real_name, told.name];
    const standing = ((): Standing => {
      if (told.is_bot) return 'bot';
      if (told.is_stranger || (told.team_id !== undefined && told.team_id !== tenant)) return 'external';
      return told.is_restricted || told.is_ultra_restricted ? 'guest' : 'member';
    })();
    const given = [...new Set(names.flatMap((name) => (name === undefined || name === '' ? [] : [name])))];
    return { standing, names: given.map(sealText) };
  }

  return {
    find(user, tenant) {
      if (refused || !mayRead()) return Promise.resolve(NOBODY);
      const at = now();
      const found = known.get(user);
      if (found !== undefined && found.until > at) return found.person;
      const person = ask(user, tenant);
      known.set(user, { until: at + KEPT_MS, person });
      const [oldest] = known.keys();
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
      return person;
    },
  };
}
