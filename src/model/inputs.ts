import { within } from '../kit/wait';

/** How long the register may take to tell whether an input was taken before. */
const PATIENCE_MS = 500;

/** An act of a person's on a platform, by what identifies it there: the same in every delivery of it. */
export interface InputKey {
  readonly platform: string;
  readonly tenant: string;
  readonly id: string;
}

/**
 * Remembers which inputs were taken, over restarts and over every process on one store, as keyed hashes with an
 * expiry; nothing of what they said. Rejects with a `StoreError` where that cannot be read or written.
 *
 * An input is held while it is worked on, and done when it has had its effect. Where the process that holds it dies,
 * it may be taken again a little later: what was taken and never done is not lost.
 */
export interface InputRegister {
  /** Takes the input in one atomic step. `repeated`: it is done, or somebody holds it. */
  take(input: InputKey, nowMs: number): Promise<'taken' | 'repeated'>;
  /** Lets go of an input that was taken: it is `done`, or it `failed` and its next delivery is taken. Never rejects. */
  settle(input: InputKey, end: 'done' | 'failed'): Promise<void>;
}

/**
 * Works on an input unless it was taken before. What throws or ends as `failed` may come again. Where the register
 * cannot tell, or the platform does not tell the input from others (`id` undefined), the work is done: nothing that a
 * person does is lost for that. Nor does anything wait long: a Stop and a withdrawal are to count at once, also while
 * another program keeps the store to itself.
 *
 * @example
 * await takeOnce(inputs, { platform: 'slack', tenant, id: 'C1:1700000000.000100' }, now(), async () => {
 *   await answer();
 *   return 'done';
 * });
 */
export async function takeOnce(
  inputs: InputRegister,
  { platform, tenant, id }: Omit<InputKey, 'id'> & { readonly id: string | undefined },
  nowMs: number,
  work: () => Promise<'done' | 'failed'>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  if (id === undefined) return void (await work());
  const input = { platform, tenant, id };
  const asked = inputs.take(input, nowMs);
  const taking = await within(asked, patienceMs, 'unknown' as const);
  if (taking === 'repeated') return;
  let end: 'done' | 'failed' = 'failed';
  try {
    end = await work();
  } finally {
    const settled = asked.then((late) => (late === 'taken' ? inputs.settle(input, end) : undefined));
    if (taking === 'taken') await settled;
    else void settled.catch(() => {});
  }
}
