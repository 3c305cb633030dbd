import { partsOfAnswer } from '../kit/links';
import { createRoller } from '../kit/roll';
import type { Way } from '../kit/ways';
import { escapeMrkdwn, markdownBlock, type SlackBlock } from './cards';
import type { Where } from './ways';

/** Slack takes some 4,000 escaped bytes of `text` in `chat.update`; blocks hold the whole. */
const SUMMARY_BYTES = 2_900;

/** What a post or an edit says. `extra` are blocks of dejiren's own, below the text. */
export function contentOf(text: string, extra: readonly SlackBlock[], form: Way<Where>['form']) {
  if (form === 'rich') return { text: summaryOf(text), blocks: [markdownBlock(text), ...extra] };
  const lines = [mrkdwnOf(text.trimEnd()), ...wordsIn(extra)].join('\n\n');
  // Blocks that are left out of an edit stay as they were. `parse`: no address becomes a link by itself.
  return { text: lines, blocks: [], parse: 'none' };
}

/** The beginning of the answer, for notifications, screen readers and clients without blocks. */
function summaryOf(text: string): string {
  for (let bytes = SUMMARY_BYTES; ; bytes = Math.floor(bytes * 0.8)) {
    // No address and no code is cut: half of it could be another one, or live.
    const { portion } = createRoller({ soft: bytes, hard: bytes }).next(text);
    const summary = mrkdwnOf(portion.text);
    if (Buffer.byteLength(summary) <= SUMMARY_BYTES) return summary + (portion.full ? '…' : '');
  }
}

/** Words as Slack's older format has them; a link in it shows its address. Source: as for `escapeMrkdwn`. */
function mrkdwnOf(text: string): string {
  return partsOfAnswer(text)
    .map((part) => ('address' in part ? `<${escapeMrkdwn(part.address)}>` : escapeMrkdwn(part.words)))
    .join('');
}

/** The sentences in blocks below an answer. A button says nothing where it cannot be pressed. */
function wordsIn(blocks: readonly SlackBlock[]): readonly string[] {
  return blocks.flatMap(({ type, elements }) =>
    type === 'context' && Array.isArray(elements) ? elements.map((one: { text?: unknown }) => String(one.text)) : [],
  );
}
