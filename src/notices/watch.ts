import type { Notice } from '../consent/notice';
import type { Log } from '../log/log';
import { checkSources, type SourceFinding } from './check-sources';

export interface WatchParts {
  readonly notices: readonly Notice[];
  readonly fetch: typeof fetch;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
}

/** Looks at the sources of the notices in force once a week, and tells the operator. It never changes a notice. */
export interface NoticeWatch {
  /** Begins; the first look is within the first hour, so that many servers do not ask at once. */
  start(): void;
  stop(): void;
  /** What was found last, and when (milliseconds since the epoch); nothing before the first look. */
  findings(): { readonly at: number; readonly all: readonly SourceFinding[] } | undefined;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const FIRST_MS = 3_600_000;
/** A statement whose review is due within so many days is told of every week. */
const DUE_MS = 30 * DAY_MS;

export function createNoticeWatch({ notices, fetch, log, now, random }: WatchParts): NoticeWatch {
  let timer: NodeJS.Timeout | undefined;
  let last: ReturnType<NoticeWatch['findings']>;
  const stopping = new AbortController();

  const look = async (): Promise<void> => {
    try {
      const all = await checkSources(notices, { fetch, signal: stopping.signal });
      last = { at: now(), all };
      for (const { vendor, key, state, reviewBy } of all) {
        if (state === 'changed') log.warn('notice-source-changed', { vendor, code: key });
        if (state === 'unreachable') log.info('notice-source-unreachable', { vendor, code: key });
        if (Date.parse(reviewBy) - now() < DUE_MS) log.warn('notice-review-due', { vendor, code: key });
      }
    } catch (error) {
      if (!stopping.signal.aborted)
        log.warn('notice-check-failed', { errorClass: error instanceof Error ? error.name : typeof error });
    }
    if (!stopping.signal.aborted) wait(WEEK_MS);
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => void look(), ms);
    timer.unref();
  };

  return {
    start: () => wait(random() * FIRST_MS),
    stop() {
      stopping.abort();
      clearTimeout(timer);
    },
    findings: () => last,
  };
}
