import { AsyncLocalStorage } from 'node:async_hooks';

interface Held {
  readonly unless: AbortSignal;
  withheld: boolean;
}

const scope = new AsyncLocalStorage<Held>();

/**
 * Makes a call of an SDK that must not reach the wire once `unless` is aborted, whatever the SDK does before it sends:
 * gets a token, serialises, waits. A call that was sent is let be, for nobody could tell what came of it. The SDK must
 * send through {@link withholding}, and in the asynchronous context of the call. Gives `withheld` where nothing was sent.
 */
export async function sendUnless<Result>(
  unless: AbortSignal | undefined,
  call: () => Promise<Result>,
): Promise<Result | 'withheld'> {
  if (unless === undefined) return call();
  const held: Held = { unless, withheld: unless.aborted };
  if (held.withheld) return 'withheld';
  try {
    return await scope.run(held, call);
  } catch (error) {
    if (held.withheld) return 'withheld';
    throw error;
  }
}

/** A `fetch` that refuses what is to be withheld, in the tick in which it would be sent. */
export function withholding(send: typeof fetch): typeof fetch {
  return (input, init) => {
    const held = scope.getStore();
    if (held?.unless.aborted !== true) return send(input, init);
    held.withheld = true;
    return Promise.reject(new TypeError('fetch failed'));
  };
}
