/** The fields that a log line may carry. There is none for text, names, addresses or foreign errors. */
export interface LogFields {
  /** A stable code, e.g. `vendor-rate-limited`. */
  readonly code?: string;
  readonly platform?: string;
  readonly vendor?: string;
  /** The vendor's own code for a failure, from a list of ours. */
  readonly vendorCode?: string;
  readonly region?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  /** The vendor's or the platform's own id for a request. */
  readonly requestId?: string;
  readonly errorClass?: string;
  /** The code of an error: ours, Node's or the system's. */
  readonly errorCode?: string;
  /** What the person was told who met with an error that nobody foresaw: `kit/error-id.ts`. */
  readonly errorId?: string;
  /** Where in our own code an error came from: `src/…:line`. */
  readonly position?: string;
  readonly durationMs?: number;
  readonly count?: number;
  readonly signal?: string;
}

/** What happened, in kebab case, e.g. `turn-answered`. A literal in the code, never built from data. */
export type LogEvent = `${Lowercase<string>}`;

/** The one sink of the program's own words. Metadata only. */
export interface Log {
  debug(event: LogEvent, fields?: LogFields): void;
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
}
