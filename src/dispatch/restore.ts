import { openText, sealText, type Text } from '../text/text';

/**
 * Puts names back in place of placeholders while an answer streams in. However the answer is cut into pieces, the
 * pieces that come out make up the same text.
 */
export interface Restorer {
  push(piece: Text): Text;
  /** Gives what was held back at the end of the answer. */
  flush(): Text;
}

/** Numbers in placeholders have no more digits than this: what is held back stays short. */
export const PLACEHOLDER_DIGITS = 4;

const STEMS = ['@person-', '@group-', '#channel-'] as const;
const LONGEST = Math.max(...STEMS.map((stem) => stem.length)) + PLACEHOLDER_DIGITS;
const PLACEHOLDER = /[@#](?:person|group|channel)-\d+/gi;
const NOTHING = sealText('');
const PASS_ON: Restorer = { push: (piece) => piece, flush: () => NOTHING };

/** `names` maps placeholders, in lower case, to what is shown for them. Placeholders without a name stay as they are. */
export function createRestorer(names: ReadonlyMap<string, string>): Restorer {
  if (names.size === 0) return PASS_ON;
  const restore = (words: string): Text =>
    sealText(words.replace(PLACEHOLDER, (placeholder) => names.get(placeholder.toLowerCase()) ?? placeholder));
  let held = '';

  return {
    push(piece) {
      const words = held + openText(piece);
      const end = words.length - lengthOfOpenPlaceholder(words);
      held = words.slice(end);
      return restore(words.slice(0, end));
    },
    flush() {
      const rest = restore(held);
      held = '';
      return rest;
    },
  };
}

/** How much of the end of the words may still become, or go on as, a placeholder. */
function lengthOfOpenPlaceholder(words: string): number {
  const tail = words.slice(-LONGEST).toLowerCase();
  const start = Math.max(tail.lastIndexOf('@'), tail.lastIndexOf('#'));
  if (start === -1) return 0;
  const open = tail.slice(start);
  const mayGoOn = STEMS.some((stem) =>
    open.length <= stem.length ? stem.startsWith(open) : open.startsWith(stem) && /^\d+$/.test(open.slice(stem.length)),
  );
  return mayGoOn ? open.length : 0;
}
