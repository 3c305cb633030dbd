import { errorFields } from '../log/error-fields';
import { DejirenError } from '../model/errors';
import { SettingsError } from '../settings/settings';
import { faultLines } from './startup';

/** What an operator reads when the start, or another command, is refused: never a foreign error's words. */
export function refusalLines(error: unknown, command = 'serve'): readonly string[] {
  if (error instanceof SettingsError) return faultLines(error.faults);
  const isStart = command === 'serve';
  if (error instanceof DejirenError && error.advice !== undefined)
    return [`dejiren${isStart ? ' did not start' : ''}: ${error.advice}`];
  return [`dejiren ${isStart ? 'did not start' : `${command} failed`} (${tellError(error)}).`];
}

/** An error in a few words: `TypeError at src/main.ts:80`. */
export function tellError(error: unknown): string {
  const { errorClass, errorCode, position } = errorFields(error);
  const what = errorCode === undefined ? errorClass : `${errorClass} ${errorCode}`;
  return position === undefined ? `${what}` : `${what} at ${position}`;
}
