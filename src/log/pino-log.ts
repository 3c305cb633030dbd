import process from 'node:process';
import { type DestinationStream, pino } from 'pino';
import type { Log, LogEvent, LogFields } from './log';
import { createTerminalLines } from './terminal-lines';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every field of `LogFields`: what is not here is dropped, whatever the types let through. */
const FIELDS: Readonly<Record<keyof LogFields, 'string' | 'number'>> = {
  code: 'string',
  platform: 'string',
  vendor: 'string',
  region: 'string',
  method: 'string',
  path: 'string',
  status: 'number',
  requestId: 'string',
  errorClass: 'string',
  durationMs: 'number',
  count: 'number',
  signal: 'string',
  setting: 'string',
  host: 'string',
  port: 'number',
};

/** What a string in the log may look like: a code, an id, a host. A sentence has spaces and is not one. */
const TOKEN = /^[\w.:/@+-]{1,128}$/u;
const DROPPED = '[dropped]';

/** The one logger: JSON lines by pino on standard output (short lines where that is a terminal), metadata only. */
export function createLog(options: { readonly level: LogLevel; readonly destination?: DestinationStream }): Log {
  const out = pino(
    { level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'event' },
    options.destination ?? (process.stdout.isTTY ? createTerminalLines() : pino.destination({ fd: 1, sync: true })),
  );
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: LogEvent, fields?: LogFields): void => {
      if (out.isLevelEnabled(level)) out[level](allowed(fields), TOKEN.test(event) ? event : DROPPED);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function allowed(fields: LogFields = {}): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(fields)) {
    const type = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof LogFields] : undefined;
    if (type === 'number' && Number.isFinite(value)) kept[name] = Math.round(Number(value));
    else if (type === 'string' && typeof value === 'string') kept[name] = TOKEN.test(value) ? value : DROPPED;
  }
  return kept;
}
