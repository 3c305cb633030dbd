import { KINDS, type Kind, REDACTION_MODES, type RedactionMode } from '../redact/kinds';
import type { Settings } from './settings';

/** What the settings say about redaction, in the form that the redactor and the notices ask for. */
export interface RedactionPolicy {
  mode(tenant: string): RedactionMode;
  /** The least that is done for anybody: what notices promise. */
  readonly least: RedactionMode;
  readonly kinds: ReadonlySet<Kind>;
  readonly without: readonly Kind[];
}

export function redactionPolicyOf({ redaction, tenants }: Pick<Settings, 'redaction' | 'tenants'>): RedactionPolicy {
  const { mode, without } = redaction;
  const modes = new Set([mode, ...Object.values(tenants).map((tenant) => tenant.redaction ?? mode)]);
  return {
    mode: (tenant) => (Object.hasOwn(tenants, tenant) ? tenants[tenant]?.redaction : undefined) ?? mode,
    least: REDACTION_MODES.find((one) => modes.has(one)) ?? mode,
    kinds: new Set(KINDS.filter((kind) => !without.includes(kind))),
    without: KINDS.filter((kind) => without.includes(kind)),
  };
}
