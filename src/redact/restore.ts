import { openText, sealText, type Text } from '../model/text';
import { BARE_LOOKS_BACK } from './bare-placeholder';
import { BEFORE_BRACKET, nextPlaceholder } from './read-placeholder';

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
  /** The last of the answer that was given out: it tells what stands before what is held. */
  let past = '';

  const restore = (more: string, ended: boolean): Text => {
    const words = past + held + more;
    let restored = '';
    let done = past.length;
    let end = words.length;
    for (let at = done; ; at = done) {
      const next = nextPlaceholder(words, at, ended);
      if (next === undefined) break;
      if (next.placeholder === undefined) {
        end = next.from;
        break;
      }
      restored += words.slice(done, next.from) + (shown.get(next.placeholder) ?? words.slice(next.from, next.to));
      done = next.to;
    }
    if (!ended && BEFORE_BRACKET.test(words.slice(done, end))) end -= 1;
    restored += words.slice(done, end);
    past = words.slice(Math.max(0, end - BARE_LOOKS_BACK), end);
    held = words.slice(end);
    return sealText(restored);
  };

  return {
    push: (piece) => restore(openText(piece), false),
    flush: () => restore('', true),
  };
}
