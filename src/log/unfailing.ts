import type { Log } from './log';

/** A log that never throws: where a line cannot be written, as on a full disk, what it tells of goes on without it. */
export function unfailing(log: Log): Log {
  const at =
    (level: keyof Log): Log[keyof Log] =>
    (event, fields) => {
      try {
        log[level](event, fields);
      } catch {
        // There is nowhere left to tell of it.
      }
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
