import { Counter, Histogram, Registry } from 'prom-client';
import type { Log, LogEvent, LogFields } from '../log/log';
import { unfailing } from '../log/unfailing';

/** Counts of what the log tells: events and codes, never a word or a person. */
export interface Meters {
  /** Tells everything on to the log, and counts it. */
  readonly log: Log;
  /** The text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
  readonly registry: Registry;
}

/** Labels by which events are told apart. Their values are literals of the code and names of vendors and platforms. */
const LABELS = ['event', 'code', 'vendor', 'platform'] as const;
const LABEL = /^(?=.{0,64}$)(?:[a-z]+(?:[-_.][a-z0-9]+)*)?$/iu;
/** Upper bounds in seconds of an answer's duration. */
const BUCKETS = [0.5, 1, 2, 5, 10, 20, 40, 80, 160, 320];

/** Source: "Metric and label naming", prometheus.io/docs/practices/naming. */
export function createMeters(log: Log): Meters {
  const registry = new Registry();
  const events = new Counter({
    name: 'dejiren_events_total',
    help: 'Log events by name and code.',
    labelNames: LABELS,
    registers: [registry],
  });
  const redactions = new Counter({
    name: 'dejiren_redactions_total',
    help: 'Values found in questions, by kind.',
    labelNames: ['kind'],
    registers: [registry],
  });
  const turns = new Histogram({
    name: 'dejiren_turn_seconds',
    help: 'Seconds from a question to the end of its answer.',
    labelNames: ['code', 'vendor', 'platform'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const [names, codes, vendors, platforms] = [bounded(200), bounded(300), bounded(20), bounded(10)];
  const count = (told: LogEvent, fields: LogFields): void => {
    const { durationMs, count: many } = fields;
    const event = names(told);
    const [code, vendor, platform] = [codes(fields.code), vendors(fields.vendor), platforms(fields.platform)];
    events.inc({ event, code, vendor, platform });
    if (event === 'redaction-found') redactions.inc({ kind: code }, many);
    if (event === 'turn-ended' && durationMs !== undefined)
      turns.observe({ code, vendor, platform }, durationMs / 1_000);
  };
  const metered =
    (level: keyof Log) =>
    (event: LogEvent, fields: LogFields = {}): void => {
      if (level !== 'debug') count(event, fields);
      log[level](event, fields);
    };
  return {
    log: unfailing({
      debug: metered('debug'),
      info: metered('info'),
      warn: metered('warn'),
      error: metered('error'),
    }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    registry,
  };
}

/** Values of one label: words that a code is made of, and no more different ones than so many; `other` for the rest. */
function bounded(most: number): (value: string | undefined) => string {
  const known = new Set<string>();
  return (value = '') => {
    if (typeof value !== 'string' || !LABEL.test(value)) return 'other';
    if (known.size < most) known.add(value);
    return known.has(value) ? value : 'other';
  };
}
