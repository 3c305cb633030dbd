/**
 * Resolves after so many milliseconds, or at once when `signal` is aborted: whoever must know which looks at it. With
 * `idle` the process does not stay for it.
 *
 * @example
 * await pause(backoffMs(attempt), closing);
 * if (closing.aborted) return;
 */
export function pause(ms: number, signal?: AbortSignal, options: { readonly idle?: boolean } = {}): Promise<void> {
  if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    if (options.idle === true) timer.unref();
    signal?.addEventListener('abort', wake, { once: true });
  });
}

/**
 * What came of the work, or `late` where it took longer than so many milliseconds, failed, or was broken off. Never
 * rejects.
 *
 * @example
 * const known = await within(askPlatform(user), 2_000, undefined, signal);
 */
export function within<Result, Late>(
  work: Promise<Result>,
  ms: number,
  late: Late,
  signal?: AbortSignal,
): Promise<Result | Late> {
  return new Promise((resolve) => {
    const give = (result: Result | Late): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      resolve(result);
    };
    const giveUp = (): void => give(late);
    const timer = setTimeout(giveUp, ms);
    if (signal?.aborted === true) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
    work.then(give, giveUp);
  });
}

/**
 * What came of the work; rejects with the signal's reason as soon as it is aborted, whatever becomes of the work.
 *
 * @example
 * const token = await untilAborted(credentials.getToken(), AbortSignal.timeout(TOKEN_MS));
 */
export function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
