/** Whether a field is put before people's eyes. `beside` is what stands next to it. */
export type Seen = (name: string, beside: Readonly<Record<string, unknown>>) => boolean;

/** Source: "Block Kit", docs.slack.dev; a title is a heading of a view, of a prompt or of a session. */
const SLACK_FIELDS: ReadonlySet<string> = new Set([
  'text',
  'markdown_text',
  'title',
  'alt_text',
  'placeholder',
  'label',
  'description',
  'status',
  'loading_messages',
  'message',
]);
/** Source: "Schema Explorer", adaptivecards.io; a summary is what a notification shows. */
const TEAMS_FIELDS: ReadonlySet<string> = new Set([
  'text',
  'title',
  'altText',
  'label',
  'placeholder',
  'summary',
  'fallbackText',
]);

export const SEEN_IN_SLACK: Seen = (name) => SLACK_FIELDS.has(name);
/** The value of a fact stands beside its title; that of a button or of a box is for the program. */
export const SEEN_IN_TEAMS: Seen = (name, beside) =>
  TEAMS_FIELDS.has(name) || (name === 'value' && 'title' in beside && !('type' in beside));

/**
 * Everything of a message that a platform keeps and nobody sees: values of buttons, metadata, ids of an app's own
 * making, the names of fields.
 */
export function hiddenIn(message: unknown, seen: Seen): string {
  const hidden: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') hidden.push(value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const fields = Object.fromEntries(Object.entries(value));
      for (const [name, field] of Object.entries(fields)) {
        hidden.push(name);
        if (!isShown(field) || !seen(name, fields)) visit(field);
      }
    }
  };
  visit(message);
  return hidden.join('\n');
}

/** Words by themselves, or a list of them: what holds further fields is looked at field by field. */
function isShown(field: unknown): boolean {
  return typeof field === 'string' || (Array.isArray(field) && field.every((one) => typeof one === 'string'));
}

/** Without what has to be there, as the app's own token in a head. */
export function leavingOut(own: readonly string[], words: string): string {
  return own.reduce((rest, one) => rest.replaceAll(one, ''), words);
}
