import { openText, sealText, type Text } from '../text/text';
import { PLACEHOLDER, PLACEHOLDER_DIGITS, plainForm, STEMS } from './placeholders';

/**
 * Puts names and values back in place of placeholders while an answer streams in. However the answer is cut into pieces, the
 * pieces that come out make up the same text.
 */
export interface Restorer {
  push(piece: Text): Text;
  /** Gives what was held back at the end of the answer. */
  flush(): Text;
}

/** The longest placeholder, with a backslash before each bracket. */
const LONGEST = Math.max(...[...STEMS.bare, ...STEMS.bracketed].map((stem) => stem.length)) + PLACEHOLDER_DIGITS + 2;
const NOTHING = sealText('');
const PASS_ON: Restorer = { push: (piece) => piece, flush: () => NOTHING };

/** `shown` maps placeholders, in lower case, to what is shown for them. Those that are not in it stay as they are. */
export function createRestorer(shown: ReadonlyMap<string, string>): Restorer {
  if (shown.size === 0) return PASS_ON;
  const restore = (words: string): Text =>
    sealText(words.replace(PLACEHOLDER, (placeholder) => shown.get(plainForm(placeholder)) ?? placeholder));
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
  const start = Math.max(tail.lastIndexOf('@'), tail.lastIndexOf('#'), tail.lastIndexOf('['));
  const open = start === -1 ? '' : tail.slice(start);
  if (!mayGoOn(open)) return tail.endsWith('\\') ? 1 : 0;
  return open.length + (open.startsWith('[') && tail.charAt(start - 1) === '\\' ? 1 : 0);
}

function mayGoOn(open: string): boolean {
  const begins = (stem: string, rest: RegExp): boolean =>
    open.length <= stem.length ? stem.startsWith(open) : open.startsWith(stem) && rest.test(open.slice(stem.length));
  return (
    open !== '' &&
    (STEMS.bare.some((stem) => begins(stem, /^\d+$/)) || STEMS.bracketed.some((stem) => begins(stem, /^\d+\\?$/)))
  );
}
