import { within } from '../../src/kit/wait';
import type { InputKey, InputRegister } from '../../src/model/inputs';

/** How long the register may take to tell whether an input was taken before. */
const PATIENCE_MS = 500;

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
