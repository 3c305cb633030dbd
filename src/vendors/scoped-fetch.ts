import { AsyncLocalStorage } from 'node:async_hooks';

const scope = new AsyncLocalStorage<typeof fetch>();
let installed = false;

/**
 * Has the global `fetch` look for the one of {@link withFetch} first. For packages that know no other way out; the
 * rest of the process notices nothing. Once is enough.
 */
export function fetchWithin(): void {
  if (installed) return;
  installed = true;
  const outside = globalThis.fetch;
  globalThis.fetch = (input, init) => (scope.getStore() ?? outside)(input, init);
}

/** Does the work with another global `fetch`, which holds for what the work starts as well. */
export function withFetch<Result>(send: typeof fetch, work: () => Result): Result {
  return scope.run(send, work);
}
