import { openText, sealText, type Text } from '../model/text';
import { nextOpening, readPlaceholder } from './read-placeholder';

/**
 * Puts names and values back in place of placeholders while an answer streams in. However the answer is cut into pieces, the
 * pieces that come out make up the same text.
 */
export interface Restorer {
  push(piece: Text): Text;
  /** Gives what was held back at the end of the answer. */
  flush(): Text;
}

const NOTHING = sealText('');
const PASS_ON: Restorer = { push: (piece) => piece, flush: () => NOTHING };

/**
 * `shown` maps placeholders, as they were given out, to what is shown for them, however the model writes them. Those
 * that are not in it stay as they are. No more is held back than one placeholder takes up.
 */
export function createRestorer(shown: ReadonlyMap<string, string>): Restorer {
  if (shown.size === 0) return PASS_ON;
  let held = '';

  const restore = (words: string, ended: boolean): Text => {
    let restored = '';
    let done = 0;
    let end = words.length;
    for (let at = nextOpening(words, 0); at !== -1; at = nextOpening(words, Math.max(at + 1, done))) {
      const read = readPlaceholder(words, at, ended);
      if (read === 'open') {
        end = at;
        break;
      }
      const value = read === undefined ? undefined : shown.get(read.placeholder);
      if (read === undefined || value === undefined) continue;
      restored += words.slice(done, read.from) + value;
      done = read.to;
    }
    // A backslash belongs to the bracket that may follow it.
    if (!ended && end > done && words.charAt(end - 1) === '\\') end -= 1;
    held = words.slice(end);
    return sealText(restored + words.slice(done, end));
  };

  return {
    push: (piece) => restore(held + openText(piece), false),
    flush: () => restore(held, true),
  };
}
