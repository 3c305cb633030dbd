/** Questions are known for a day: whether one that was edited later was answered before nobody can tell. */
const MOST_MS = 12 * 60 * 60_000;

/**
 * Whether a message was edited soon enough to be taken for the same question: after it was said, and not long after.
 * Milliseconds; `NaN` where it is not told: then it was.
 */
export function isSoonEdited(saidAt: number, editedAt: number): boolean {
  return !(editedAt - saidAt > MOST_MS || editedAt < saidAt);
}
