import { RecentMap } from '../../src/kit/recent-map';
import type { Membership, TenantId } from '../../src/model/turn';
import type { ActionBody, CommandBody, Envelope } from './payloads';

/** The workspace that something was delivered for, and the organisation that it belongs to. */
export interface Delivered {
  readonly tenant: TenantId;
  /** Undefined outside Enterprise Grid, or where Slack did not tell. */
  readonly enterprise: string | undefined;
}

/**
 * Which workspaces and which organisation (Enterprise Grid) dejiren is installed for, as Slack tells in what it
 * delivers. People of one organisation work in several workspaces, and Slack names as somebody's home now their own
 * workspace, now the organisation. Sources: "Events API" (authorizations) and "Organization-ready apps", docs.slack.dev.
 */
export interface Organisation {
  /** Whom an event was delivered for. Its authorization is the installation's; an organisation's may name no workspace. */
  ofEvent(body: Envelope): Delivered | undefined;
  /** Where a button was pressed. Undefined where dejiren is not installed: nobody there is known. */
  ofPress(body: ActionBody): Delivered | undefined;
  /** Where a command was typed: Slack has it nowhere else than where dejiren is installed. */
  ofCommand(body: CommandBody): Delivered;
  enterpriseOf(tenant: TenantId): string | undefined;
  /** Notes that Slack showed somebody at home in the workspace, or its organisation. In memory: ids alone. */
  sawAtHome(tenant: TenantId, user: string): void;
  wasAtHome(tenant: TenantId, user: string): boolean;
}

/** Far more than the workspaces of one organisation. */
const KEPT = 1_000;
const PEOPLE_KEPT = 20_000;

/** `self` tells the workspace that the token belongs to, and its organisation. */
export function createOrganisation(
  self: () => { readonly team: string | undefined; readonly enterprise: string | undefined },
): Organisation {
  const enterprises = new RecentMap<TenantId, string | undefined>(KEPT);
  const enterpriseOf = (tenant: TenantId): string | undefined =>
    enterprises.get(tenant) ?? (tenant === self().team ? self().enterprise : undefined);

  const atHome = new RecentMap<string, true>(PEOPLE_KEPT);

  /** What is known of a workspace stays, but for what an event tells: nobody's press changes its organisation. */
  function note(tenant: TenantId, enterprise: string | undefined): Delivered {
    enterprises.set(tenant, enterprise);
    return { tenant, enterprise };
  }

  const isOurs = (enterprise: string | undefined): boolean =>
    enterprise !== undefined && [self().enterprise, ...enterprises.values()].includes(enterprise);

  return {
    ofEvent({ authorizations: [authorization], context_team_id, team_id }) {
      const tenant = (authorization?.team_id ?? context_team_id ?? team_id) as TenantId | undefined;
      if (tenant === undefined) return undefined;
      if (authorization === undefined) return { tenant, enterprise: enterpriseOf(tenant) };
      return note(tenant, authorization.enterprise_id ?? enterpriseOf(tenant));
    },
    ofPress({ team, enterprise, view, user }) {
      const tenant = (team?.id ?? view?.app_installed_team_id ?? user.team_id) as TenantId | undefined;
      // `enterprise` might be told of the person; that of the workspace is its own.
      const told = team?.enterprise_id ?? (isOurs(enterprise?.id) ? enterprise?.id : undefined);
      // The token's own workspace, one that an event was delivered for, or one of the organisation.
      const isInstalled = tenant === self().team || (tenant !== undefined && enterprises.has(tenant)) || isOurs(told);
      return tenant !== undefined && isInstalled ? note(tenant, enterpriseOf(tenant) ?? told) : undefined;
    },
    ofCommand({ team_id, enterprise_id }) {
      const tenant = team_id as TenantId;
      return note(tenant, enterpriseOf(tenant) ?? enterprise_id);
    },
    enterpriseOf,
    sawAtHome(tenant, user) {
      atHome.set(JSON.stringify([tenant, user]), true);
    },
    wasAtHome: (tenant, user) => atHome.has(JSON.stringify([tenant, user])),
  };
}

/** What a message or a press shows of somebody. */
export interface Shown {
  readonly membership: Membership;
  /** The workspaces and organisations that Slack named as theirs. */
  readonly homes: readonly string[];
}

/** What Slack told of somebody when it was asked. */
export interface Told {
  /** Undefined where Slack may not be asked, or told nothing that counts; `unknown` where it was asked in vain. */
  readonly membership: Membership | undefined;
  /** The workspaces that are theirs, and the organisation. */
  readonly homes: ReadonlySet<string>;
}

/** Somebody is a member by their homes if all of them are the workspace or its organisation. */
export function membershipAt(homes: readonly string[], { tenant, enterprise }: Delivered): 'member' | 'external' {
  return homes.every((home) => home === tenant || home === enterprise) ? 'member' : 'external';
}

/**
 * What is shown of somebody, made exact by what Slack told. Nobody is more than they show, but for one: who shows a
 * home elsewhere is a member after all where Slack, asked about them, names that home, and the workspace or its
 * organisation, as theirs: people of a sister workspace are the organisation's own.
 */
export function exactMembership({ membership, homes }: Shown, told: Told): Membership {
  if (membership === 'bot') return 'bot';
  if (membership !== 'external') return told.membership ?? membership;
  const isSister = homes.length > 0 && homes.every((home) => told.homes.has(home));
  return isSister && (told.membership === 'member' || told.membership === 'guest') ? told.membership : 'external';
}
