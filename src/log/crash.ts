import process from 'node:process';
import { errorClassOf } from './error-class';
import type { Log } from './log';

/**
 * Ends the process on an error that nobody caught, with the error's class and nothing else: Node's own handler
 * would print its message and stack, and a message can hold text.
 */
export function installCrashGuard(log: Log): void {
  const end =
    (code: 'uncaught-exception' | 'unhandled-rejection') =>
    (error: unknown): void => {
      log.error('crashed', { code, errorClass: errorClassOf(error) });
      process.exit(1);
    };
  process.on('uncaughtException', end('uncaught-exception'));
  process.on('unhandledRejection', end('unhandled-rejection'));
}
