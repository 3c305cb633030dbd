/** Everything that comes, in order. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The same items, one after another. */
export async function* each<Item>(...items: readonly Item[]): AsyncIterable<Item> {
  yield* items;
}
