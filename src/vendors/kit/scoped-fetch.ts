import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<typeof fetch>();
let installed: typeof fetch | undefined;

/**
 * Does the work with another global `fetch`, which holds for what the work starts as well: for packages that know no
 * other way out. The rest of the process notices nothing. Whoever replaced the global `fetch` since is gone round.
 */
export function withFetch<Result>(send: typeof fetch, work: () => Result): Result {
  if (globalThis.fetch !== installed) {
    const outside = globalThis.fetch;
    installed = (input, init) => (scope.getStore() ?? outside)(input, init);
    globalThis.fetch = installed;
  }
  return scope.run(send, work);
}

/** The `fetch` of the work that this is part of, for packages that can be given one. */
export const scopedFetch: typeof fetch = (input, init) => {
  const send = scope.getStore();
  return send === undefined ? Promise.reject(new TypeError('fetch failed')) : send(input, init);
};
