/**
 * Whether Slack lets dejiren read a message of a channel again. The id of a private channel looks like a public one's,
 * so that both scopes are asked for. Source: "conversations.history", docs.slack.dev/reference/methods.
 */
export function mayReadAgain(channel: string, scopes: ReadonlySet<string>): boolean {
  if (channel.startsWith('D')) return scopes.has('im:history');
  if (channel.startsWith('G')) return scopes.has('groups:history') && scopes.has('mpim:history');
  return scopes.has('channels:history') && scopes.has('groups:history');
}
