import type { MemoryBounds } from '../../adapters/platform-module';
import { memoryIn } from '../../adapters/registry';
import { redactionPolicyOf } from './redaction-policy';
import type { Settings } from './settings';

/** What the settings say in every notice: what goes along, what stays in memory, and what is replaced before. */
export function noticePracticeOf(settings: Settings) {
  const { context } = settings;
  return {
    context: context === 'own' ? undefined : context,
    memory: memoryIn(settings.platforms, memoryBoundsOf(settings)),
    redaction: redactionOf(settings),
  };
}

/** How much of a chat that cannot be read again stays in memory: nothing where no message goes along. */
export function memoryBoundsOf({ context, limits }: Pick<Settings, 'context' | 'limits'>): MemoryBounds {
  return { turns: context === 'none' ? 0 : limits.memoryTurns, minutes: limits.memoryMinutes };
}

/** Notices are the same for all tenants, so that they tell the least that is done for any. */
function redactionOf(settings: Settings) {
  const { least: mode, without } = redactionPolicyOf(settings);
  const { presidio } = settings.redaction;
  const detector = mode === 'off' || presidio === undefined ? undefined : new URL(presidio.url).host;
  if (mode === 'mask' && without.length === 0 && detector === undefined) return undefined;
  return { mode, without: mode === 'off' ? [] : without, detector };
}
