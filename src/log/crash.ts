import process from 'node:process';
import { errorFields } from './error-fields';
import type { Log } from './log';

/** Of Node, its TLS and undici, where a connection broke: nothing of ours is in doubt after it. */
const OF_A_CONNECTION =
  /^(?:E(?:CONN(?:RESET|REFUSED|ABORTED)|PIPE|TIMEDOUT|HOSTUNREACH|HOSTDOWN|NETUNREACH|NETDOWN|NETRESET|NOTFOUND|AI_AGAIN|PROTO)|ERR_(?:SSL|TLS|HTTP2)_\w+|ERR_STREAM_(?:PREMATURE_CLOSE|DESTROYED|WRITE_AFTER_END)|UND_ERR_\w+|HPE_\w+)$/u;

/**
 * Meets what nobody caught, and tells its class, its code and its place in our code: Node's own handler would print message and stack,
 * and a message can hold text. A promise that nobody handled ends nothing but what waited for it, and a connection that
 * broke nothing but itself: answers on every platform go on. Any other exception leaves the program in a state that
 * nobody knows, and ends it.
 */
export function installCrashGuard(log: Log): void {
  process.on('unhandledRejection', (error) =>
    log.error('uncaught', { code: 'unhandled-rejection', ...errorFields(error) }),
  );
  process.on('uncaughtException', (error) => {
    if (isOfAConnection(error)) return log.error('uncaught', { code: 'connection', ...errorFields(error) });
    log.error('crashed', { code: 'uncaught-exception', ...errorFields(error) });
    process.exit(1);
  });
}

function isOfAConnection(error: unknown): boolean {
  try {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return typeof code === 'string' && OF_A_CONNECTION.test(code);
  } catch {
    return false;
  }
}
