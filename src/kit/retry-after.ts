/**
 * Milliseconds after which a server wants to be asked again: `retry-after-ms`, or `retry-after` in seconds or as a
 * date. Undefined where it says nothing of the kind; at most `mostMs`, where that is given. Source: RFC 9110, section
 * 10.2.3; `retry-after-ms` is OpenAI's and Azure's.
 *
 * @example
 * const retryAfterMs = retryAfterOf((name) => response.headers.get(name), 300_000);
 */
export function retryAfterOf(
  header: (name: string) => string | null | undefined,
  mostMs = Number.POSITIVE_INFINITY,
): number | undefined {
  const asked = askedBy(header);
  return asked === undefined ? undefined : Math.min(asked, mostMs);
}

function askedBy(header: (name: string) => string | null | undefined): number | undefined {
  const ms = Number(header('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const after = header('retry-after');
  if (after === null || after === undefined || after === '') return undefined;
  const seconds = Number(after);
  if (seconds >= 0) return seconds * 1_000;
  // A date begins with its weekday; `Date.parse` would take nearly anything for one.
  const date = /^[a-z]{3}/iu.test(after) ? Date.parse(after.slice(0, 64)) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
