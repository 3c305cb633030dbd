/** A Block Kit block, or any other object of Slack's JSON. */
export type Block = Record<string, unknown>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
