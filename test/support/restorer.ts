import { openText, sealText } from '../../src/model/text';
import { createRestorer } from '../../src/redact/restore';

/** What is shown for placeholders, by the placeholder. */
export const NAMES = new Map([
  ['@person-1', '@Ben'],
  ['@person-12', '@山田'],
  ['#channel-1', '#general'],
  ['@group-1', '@team'],
  ['[email-1]', 'a@example.com'],
  ['[email-12]', 'b@example.com'],
  ['[my-number-1]', '1234 5678 9018'],
]);

/** An answer that came in these pieces, as it is shown. */
export function restore(pieces: readonly string[]): string {
  const restorer = createRestorer(NAMES);
  return [...pieces.map((piece) => restorer.push(sealText(piece))), restorer.flush()].map(openText).join('');
}
