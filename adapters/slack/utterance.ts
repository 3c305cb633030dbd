import { sealText } from '../../src/model/text';
import type { Mention, Utterance } from '../../src/model/turn';

/** A Slack token: `<@U1>`, `<#C1|general>`, `<!subteam^S1|@team>`, `<!here>`, `<https://…|label>`. */
const TOKEN = /<([@#!]?)([^<>|\n]{1,3000})(?:\|([^<>\n]{0,3000}))?>/gu;

/**
 * Reads a message's text, as Slack sends it, into plain Markdown: dejiren's own mention is taken out, links are
 * written out, entities unescaped. Mentions stay as their tokens and are listed.
 *
 * Source: "Formatting message text", docs.slack.dev/messaging/formatting-message-text.
 */
export function readUtterance(text: string, botUserId: string): Utterance {
  const mentions: Mention[] = [];
  let words = '';
  let after = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, sign = '', target = '', label] = match;
    words += unescapeEntities(text.slice(after, match.index));
    after = match.index + token.length;
    if (sign === '@' && target === botUserId) continue;
    const mention = mentionOf(sign, target, label);
    if (mention === undefined) words += unescapeEntities(plainOf(sign, target, label));
    else {
      mentions.push(mention);
      words += token;
    }
  }
  words += unescapeEntities(text.slice(after));
  return {
    text: sealText(words.replace(/^[ \t]+|[ \t]+$/gmu, (run, at: number) => (at === 0 ? '' : run)).trim()),
    mentions,
  };
}

function mentionOf(sign: string, target: string, label: string | undefined): Mention | undefined {
  const token = label === undefined ? `<${sign}${target}>` : `<${sign}${target}|${label}>`;
  const named = label === undefined || label === '' ? {} : { label: sealText(unescapeEntities(label)) };
  if (sign === '@') return { token: sealText(token), kind: 'person', id: target, ...named };
  if (sign === '#') return { token: sealText(token), kind: 'conversation', id: target, ...named };
  if (sign === '!' && target.startsWith('subteam^'))
    return { token: sealText(token), kind: 'group', id: target.slice('subteam^'.length), ...named };
  return undefined;
}

function plainOf(sign: string, target: string, label: string | undefined): string {
  if (sign === '!') return target.startsWith('date^') ? (label ?? '') : `@${target.split('^', 1)[0]}`;
  if (label === undefined || label === '' || label === target) return target;
  if (target.replace(/^(mailto:|tel:)/u, '') === label) return label;
  return target.replace(/^https?:\/\//u, '') === label ? target : `${label} (${target})`;
}

function unescapeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/gu, (_entity, name: string) => (name === 'amp' ? '&' : name === 'lt' ? '<' : '>'));
}
