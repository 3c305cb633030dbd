import { z } from 'zod';
import type { Standing, TenantId } from '../../src/chat/turn';
import { sealText, type Text } from '../../src/text/text';
import type { SlackApi } from './api';

/** What Slack tells about a person, where the optional `users:read` scope is granted. */
export interface KnownPerson {
  /** Undefined where Slack does not tell more than the message did. */
  readonly standing: Standing | undefined;
  readonly names: readonly Text[];
}

export interface People {
  find(user: string, tenant: TenantId): Promise<KnownPerson>;
}

const KEPT = 2_000;
const KEPT_MS = 600_000;
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

/** Asks Slack who somebody is, and remembers it in memory for ten minutes. Without the scope it asks nothing. */
export function createPeople(api: SlackApi, mayRead: () => boolean, now: () => number): People {
  const known = new Map<string, { readonly until: number; readonly person: Promise<KnownPerson> }>();

  async function ask(user: string, tenant: TenantId): Promise<KnownPerson> {
    const result = await api.call('users.info', { user });
    const parsed = result.ok ? userInfo.safeParse(result.body) : undefined;
    if (parsed?.success !== true) {
      known.delete(user);
      return { standing: 'unknown', names: [] };
    }
    const { user: info } = parsed.data;
    const names = [info.profile.display_name, info.profile.real_name, info.real_name, info.name];
    const standing = ((): Standing => {
      if (info.is_bot) return 'bot';
      if (info.is_stranger || (info.team_id !== undefined && info.team_id !== tenant)) return 'external';
      return info.is_restricted || info.is_ultra_restricted ? 'guest' : 'member';
    })();
    const given = [...new Set(names.flatMap((name) => (name === undefined || name === '' ? [] : [name])))];
    return { standing, names: given.map(sealText) };
  }

  return {
    find(user, tenant) {
      if (!mayRead()) return Promise.resolve(NOBODY);
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
