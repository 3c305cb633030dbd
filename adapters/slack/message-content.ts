import type { Way } from '../kit/ways';
import { escapeMrkdwn, markdownBlock, type SlackBlock } from './cards';
import type { Where } from './ways';

/** Slack takes some 4,000 escaped bytes of `text` in `chat.update`; blocks hold the whole. */
const SUMMARY_BYTES = 2_900;

/** What a post or an edit says. `extra` are blocks of dejiren's own, below the text. */
export function contentOf(text: string, extra: readonly SlackBlock[], form: Way<Where>['form']) {
  if (form === 'rich') return { text: summaryOf(text), blocks: [markdownBlock(text), ...extra] };
  const lines = [escapeMrkdwn(text.trimEnd()), ...wordsIn(extra)].join('\n\n');
  // Blocks that are left out of an edit stay as they were. `parse`: no address becomes a link by itself.
  return { text: lines, blocks: [], parse: 'none' };
}

/** The beginning of the answer, for notifications, screen readers and clients without blocks. */
function summaryOf(text: string): string {
  let end = Math.min(text.length, SUMMARY_BYTES);
  while (Buffer.byteLength(escapeMrkdwn(text.slice(0, end))) > SUMMARY_BYTES) end = Math.floor(end * 0.8);
  if (/[\uD800-\uDBFF]$/u.test(text.slice(0, end))) end -= 1;
  return escapeMrkdwn(text.slice(0, end)) + (end < text.length ? '…' : '');
}

/** The sentences in blocks below an answer. A button says nothing where it cannot be pressed. */
function wordsIn(blocks: readonly SlackBlock[]): readonly string[] {
  return blocks.flatMap(({ type, elements }) =>
    type === 'context' && Array.isArray(elements) ? elements.map((one: { text?: unknown }) => String(one.text)) : [],
  );
}
