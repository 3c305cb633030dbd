import process from 'node:process';
import { type DestinationStream, pino } from 'pino';
import { isErrorId } from '../kit/error-id';
import { isErrorClass } from './error-class';
import { isErrorCode } from './error-fields';
import type { Log, LogEvent, LogFields } from './log';
import { isPosition } from './position';
import { createTerminalLines } from './terminal-lines';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const NUMBER = 'number';
const NAME = /^[a-z][a-z0-9-]{0,39}$/u;
/** Words of letters, joined: `vendor-timeout`, `not_in_channel`, `ContentStreamNotAllowed`. A key or a number is none. */
const CODE = /^(?=.{1,64}$)[a-z]+(?:[-_.][a-z0-9]+)*$/iu;

/** Every field of `LogFields`, and what it may hold: what is not here is dropped, whatever the types let through. */
const FIELDS: Readonly<Record<keyof LogFields, typeof NUMBER | ((value: string) => boolean)>> = {
  code: matching(CODE),
  platform: matching(NAME),
  vendor: matching(NAME),
  vendorCode: matching(CODE),
  region: matching(NAME),
  method: matching(CODE),
  path: matching(/^\/[\w./-]{0,80}$/u),
  status: NUMBER,
  requestId: matching(/^[\w.:-]{1,128}$/u),
  errorClass: isErrorClass,
  errorCode: isErrorCode,
  errorId: isErrorId,
  position: isPosition,
  durationMs: NUMBER,
  count: NUMBER,
  signal: matching(/^SIG[A-Z]{2,8}$/u),
};
const EVENT = matching(/^[a-z]+(?:-[a-z]+)*$/u);

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
      if (out.isLevelEnabled(level)) out[level](allowed(fields), EVENT(event) ? event : DROPPED);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function matching(pattern: RegExp): (value: string) => boolean {
  return (value) => pattern.test(value);
}

/** Takes the fields that it knows, by name: nothing of the object is listed, converted or called. */
function allowed(fields: LogFields = {}): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const [name, rule] of Object.entries(FIELDS)) {
    const value = read(fields, name);
    if (rule === NUMBER) {
      if (typeof value === 'number' && Number.isFinite(value)) kept[name] = Math.round(value);
    } else if (typeof value === 'string') kept[name] = rule(value) ? value : DROPPED;
  }
  return kept;
}

function read(fields: object, name: string): unknown {
  try {
    return Object.hasOwn(fields, name) ? Reflect.get(fields, name) : undefined;
  } catch {
    return DROPPED;
  }
}
