import { redactionPolicyOf } from './redaction-policy';
import type { Settings } from './settings';

/** What the settings say in every notice: what goes along, what stays in memory, and what is replaced before. */
export function noticePracticeOf(settings: Settings) {
  const { context } = settings;
  return {
    context: context === 'own' ? undefined : context,
    memory: memoryOf(settings),
    redaction: redactionOf(settings),
  };
}

/** What Teams' adapter keeps in memory: nothing, where Teams is not set up or no message goes along. */
function memoryOf({ teams, context, limits }: Settings) {
  if (teams === undefined || context === 'none' || limits.memoryTurns === 0) return undefined;
  const { memoryTurns: turns, memoryMinutes: minutes } = limits;
  return teams.graphUrl === undefined ? { turns, minutes } : { turns, minutes, where: 'unreadable' as const };
}

/** Notices are the same for all tenants, so that they tell the least that is done for any. */
function redactionOf(settings: Settings) {
  const { least: mode, without } = redactionPolicyOf(settings);
  const { presidio } = settings.redaction;
  const detector = mode === 'off' || presidio === undefined ? undefined : new URL(presidio.url).host;
  if (mode === 'mask' && without.length === 0 && detector === undefined) return undefined;
  return { mode, without: mode === 'off' ? [] : without, detector };
}
