/**
 * Milliseconds after which a server wants to be asked again: `retry-after-ms`, or `retry-after` in seconds or as a
 * date. Source: RFC 9110, section 10.2.3.
 */
export function retryAfterOf(header: (name: string) => string | null | undefined): number | undefined {
  const ms = Number(header('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const after = header('retry-after');
  if (after === null || after === undefined || after === '') return undefined;
  const seconds = Number(after);
  if (seconds >= 0) return seconds * 1_000;
  const date = Date.parse(after.slice(0, 64));
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
