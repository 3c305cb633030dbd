import type { Notice } from '../consent/notice';
import { errorFields } from '../log/error-fields';
import type { Log } from '../log/log';
import { checkSources, type SourceFinding, sourceHosts } from './check-sources';

export interface WatchParts {
  readonly notices: readonly Notice[];
  /** Asks the sources alone (`sourceHosts`); undefined where they are not to be asked. */
  readonly fetch: typeof fetch | undefined;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
}

/**
 * Looks at the notices in force and their sources once a week, and tells the operator. It never changes a notice.
 * Which statements have to be read again soon is told also where no source is asked: past its date nothing goes to
 * the vendor.
 */
export interface NoticeWatch {
  /** Begins; the first look is some minutes up to an hour later, so that many servers do not ask at once. */
  start(): void;
  stop(): void;
  /** What was found last, and when (milliseconds since the epoch); nothing before the first answer. */
  findings(): { readonly at: number; readonly all: readonly SourceFinding[] } | undefined;
}

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const FIRST_LEAST_MS = 300_000;
const FIRST_MOST_MS = 3_600_000;
/** A statement whose review is due within so many days is told of every week. */
const DUE_MS = 30 * DAY_MS;

/**
 * Begins to watch. `wayOut` gives a way to the sources' hosts alone, so that nothing of anybody's goes along; without it
 * no source is asked.
 */
export function startNoticeWatch(
  notices: readonly Notice[],
  wayOut: ((hosts: readonly string[]) => typeof fetch) | undefined,
  log: Log,
): NoticeWatch {
  const hosts = sourceHosts(notices);
  const fetch = hosts.length === 0 ? undefined : wayOut?.(hosts);
  const watch = createNoticeWatch({ notices, fetch, log, now: Date.now, random: Math.random });
  watch.start();
  return watch;
}

export function createNoticeWatch({ notices, fetch, log, now, random }: WatchParts): NoticeWatch {
  let timer: NodeJS.Timeout | undefined;
  let last: ReturnType<NoticeWatch['findings']>;
  const stopping = new AbortController();

  const tellReviews = (): void => {
    for (const { vendor, statements } of notices)
      for (const { key, reviewBy } of statements)
        if (Date.parse(reviewBy) - now() < DUE_MS) log.warn('notice-review-due', { vendor, code: key });
  };

  const look = async (): Promise<void> => {
    tellReviews();
    try {
      if (fetch !== undefined) {
        const all = await checkSources(notices, { fetch, signal: stopping.signal });
        last = { at: now(), all };
        for (const { vendor, key, state } of all) {
          if (state === 'changed') log.warn('notice-source-changed', { vendor, code: key });
          if (state === 'unreachable') log.info('notice-source-unreachable', { vendor, code: key });
        }
      }
    } catch (error) {
      if (!stopping.signal.aborted) log.warn('notice-check-failed', { ...errorFields(error) });
    }
    if (!stopping.signal.aborted) wait(WEEK_MS);
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => void look(), ms);
    timer.unref();
  };

  return {
    start: () => wait(FIRST_LEAST_MS + random() * (FIRST_MOST_MS - FIRST_LEAST_MS)),
    stop() {
      stopping.abort();
      clearTimeout(timer);
    },
    findings: () => last,
  };
}
