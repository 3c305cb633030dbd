/**
 * A map of so many entries at most: where one more is put, the one that was put longest ago goes. To put an entry again
 * makes it the newest; to read it does not.
 *
 * @example
 * const known = new RecentMap<string, Person>(2_000);
 * known.set(user, person);
 */
export class RecentMap<Key, Value> extends Map<Key, Value> {
  readonly #most: number;
  /** `most`: entries, at least one. */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: Key, value: Value): this {
    this.delete(key);
    super.set(key, value);
    if (this.size <= this.#most) return this;
    // Made anew each time: an iterator that is kept leads to the table that the map had when it last grew or shrank, and so
    // to what was in it, though it was taken out since.
    const { value: oldest, done } = this.keys().next();
    if (done !== true) this.delete(oldest);
    return this;
  }
}
