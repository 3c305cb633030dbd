/**
 * A field of something that is not known: undefined where it is no object, or has none. Arrays are objects, by index.
 *
 * @example
 * const code = field(field(error, 'data'), 'error');
 * if (typeof code === 'string') …
 */
export function field(of: unknown, key: string | number): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined;
}

/**
 * Whether something has fields that can be listed: an object that is no array.
 *
 * @example
 * const value: unknown = JSON.parse(words);
 * return isRecord(value) ? value : undefined;
 */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
