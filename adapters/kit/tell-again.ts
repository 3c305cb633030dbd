import { pause } from '../../src/kit/wait';

const ATTEMPTS = 3;
/** What is not known to have arrived is said again after so long. */
const UNSURE_PAUSE_MS = 500;
/** Longer pauses are not waited out: nobody expects a card by then. */
const MAX_PAUSE_MS = 30_000;

/** What came of telling: done, refused for good, to be tried later, or nobody knows. */
type Telling =
  | { readonly ok: true }
  | { readonly ok: false; readonly kind: string }
  | { readonly ok: false; readonly kind: string; readonly retryAfterMs: number };

/**
 * Tells one person something that is dejiren's own: tried again, up to {@link ATTEMPTS} times, where the platform asks
 * for time, and once where it is not known what came of it. A card twice does no harm, silence does. Never waits longer
 * than {@link MAX_PAUSE_MS} at a time.
 *
 * @example
 * const opened = await tellAgain(() => api.openPersonal(place, account, tenant));
 */
export async function tellAgain<Result extends Telling>(tell: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await tell();
    if (result.ok || attempt === ATTEMPTS) return result;
    const waitMs = pauseAfter(result, attempt);
    if (waitMs === undefined || waitMs > MAX_PAUSE_MS) return result;
    await pause(waitMs);
  }
}

function pauseAfter(result: Exclude<Telling, { readonly ok: true }>, attempt: number): number | undefined {
  if ('retryAfterMs' in result) return result.retryAfterMs;
  return result.kind === 'unreachable' && attempt === 1 ? UNSURE_PAUSE_MS : undefined;
}
