type Values<Dimensions extends readonly (readonly unknown[])[]> = {
  [Index in keyof Dimensions]: Dimensions[Index][number];
};

/**
 * Rows in which every pair of values of two dimensions occurs that `fits` allows in any row. `fits` is told the values
 * chosen so far, the others undefined, and allows whatever does not contradict. Greedy: each row begins with a pair that
 * is missing, and takes of each further dimension the value by which most missing pairs are met.
 */
export function pairwise<const Dimensions extends readonly (readonly unknown[])[]>(
  dimensions: Dimensions,
  fits: (row: Partial<Values<Dimensions>>) => boolean,
): readonly Values<Dimensions>[] {
  const width = dimensions.length;
  const sizes = dimensions.map((values) => values.length);
  const keyOf = (one: number, value: number, other: number, otherValue: number): string =>
    one < other ? `${one}.${value}-${other}.${otherValue}` : `${other}.${otherValue}-${one}.${value}`;
  const missing = new Map<string, readonly [number, number, number, number]>();
  for (let one = 0; one < width; one += 1)
    for (let other = one + 1; other < width; other += 1)
      for (let value = 0; value < (sizes[one] ?? 0); value += 1)
        for (let otherValue = 0; otherValue < (sizes[other] ?? 0); otherValue += 1)
          missing.set(keyOf(one, value, other, otherValue), [one, value, other, otherValue]);

  type Draft = (number | undefined)[];
  const isAllowed = (draft: Draft): boolean =>
    fits(
      draft.map((value, index) => (value === undefined ? undefined : dimensions[index]?.[value])) as Partial<
        Values<Dimensions>
      >,
    );
  const met = (draft: Draft, at: number, value: number): number =>
    draft.filter((other, index) => other !== undefined && index !== at && missing.has(keyOf(at, value, index, other)))
      .length;

  /** Fills what is open, the best value first; undefined where nothing fits. */
  function filled(draft: Draft): Draft | undefined {
    const at = draft.indexOf(undefined);
    if (at < 0) return draft;
    const values = Array.from({ length: sizes[at] ?? 0 }, (_, value) => value)
      .map((value) => ({ value, gain: met(draft, at, value), used: used[at]?.[value] ?? 0 }))
      .sort((first, second) => second.gain - first.gain || first.used - second.used);
    for (const { value } of values) {
      const next = draft.with(at, value);
      const whole = isAllowed(next) ? filled(next) : undefined;
      if (whole !== undefined) return whole;
    }
    return undefined;
  }

  const rows: Values<Dimensions>[] = [];
  /** How often each value was taken: where nothing is gained, they take turns. */
  const used = sizes.map((size) => Array.from({ length: size }, () => 0));
  for (const [key, [one, value, other, otherValue]] of missing) {
    const seed: Draft = Array.from({ length: width }, (_, index) =>
      index === one ? value : index === other ? otherValue : undefined,
    );
    const draft = isAllowed(seed) ? filled(seed) : undefined;
    missing.delete(key);
    if (draft === undefined) continue;
    draft.forEach((left, index) => {
      const counts = used[index];
      if (counts !== undefined && left !== undefined) counts[left] = (counts[left] ?? 0) + 1;
      draft.slice(index + 1).forEach((right, step) => {
        missing.delete(keyOf(index, left ?? 0, index + 1 + step, right ?? 0));
      });
    });
    rows.push(draft.map((chosen, index) => dimensions[index]?.[chosen ?? 0]) as Values<Dimensions>);
  }
  return rows;
}
