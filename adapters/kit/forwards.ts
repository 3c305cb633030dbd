import type { ForwardedMessage, LeftOut, Turn } from '../../src/model/turn';

/** A message may carry a hundred others; of so many the platform is asked who wrote them. */
const MOST = 20;

/**
 * What came with a question beside its words and files: the messages that were forwarded or quoted, each read with its
 * author, at most twenty; and what goes nowhere. That there were more is told as well.
 *
 * @example
 * return alongWith(attachments.filter(isMessage), (one) => readForward(one, asker), ['preview']);
 */
export async function alongWith<Found>(
  found: readonly Found[],
  read: (one: Found) => Promise<ForwardedMessage>,
  leftOut: readonly LeftOut[],
): Promise<Pick<Turn, 'forwarded' | 'leftOut'>> {
  const forwarded = await Promise.all(found.slice(0, MOST).map(read));
  return { forwarded, leftOut: found.length > MOST ? [...leftOut, 'attachment'] : leftOut };
}
