import { errorClassOf } from '../log/error-class';
import { DejirenError } from '../model/errors';
import { SettingsError } from '../settings/settings';
import { faultLines } from './startup';

/** What an operator reads when the start, or another command, is refused: never a foreign error's words. */
export function refusalLines(error: unknown, command = 'serve'): readonly string[] {
  if (error instanceof SettingsError) return faultLines(error.faults);
  if (error instanceof DejirenError && error.advice !== undefined)
    return [`dejiren${command === 'serve' ? ' did not start' : ''}: ${error.advice}`];
  return [`dejiren did not start (${errorClassOf(error)}).`];
}
