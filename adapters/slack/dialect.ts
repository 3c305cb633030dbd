import type { Dialect } from '../../src/model/dialect';

/**
 * Slack's Markdown reads none of its tokens in code, its older format reads all. Source: "Formatting message text",
 * docs.slack.dev/messaging/formatting-message-text.
 */
export const SLACK_DIALECT: Dialect = {
  codeTokens: {
    begins: /^(?:!(?:channel|here|everyone|subteam|date)|@[UWB][A-Z0-9]{2}|#[CGD][A-Z0-9]{2})/i,
    addresses: /^(?:https?|mailto|tel|slack):/i,
    within: 10,
  },
};
