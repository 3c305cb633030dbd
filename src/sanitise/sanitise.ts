import type { Dialect } from '../model/dialect';
import { openText, type SafeText, sealSafeText, type Text } from '../model/text';
import { guardOf } from './code';
import { createInvisibleFilter } from './invisible';
import { hostCheck } from './links';
import { Machine } from './text';

export interface SanitiserOptions {
  /** What the platform's clients read beyond Markdown. */
  readonly dialect: Dialect;
  /** Hosts that an answer may link to, e.g. `docs.example.com`; `*.example.com` for every host under one. */
  readonly linkHosts: readonly string[];
}

/**
 * Makes a model's Markdown safe to show while it streams in: it can ping nobody, load nothing, and hide no address.
 *
 * - Mentions and tags: `<!channel>` becomes `‹!channel›`, `@here` becomes `＠here`.
 * - Links show their address: `[label](url)` becomes `label (url)`, `<url|label>` becomes `(url label)`; link
 *   definitions and images are taken apart: `[b] : url`, `[image: alt]`.
 * - Addresses whose host is not allowed are shown so that no client makes a link of them:
 *   `https[:]//evil[.]com/x?d=1`. A bare name without a path or a query (`README.md`, `example.com`) carries nothing
 *   anywhere and stays.
 * - Hidden characters go, unless a script or an emoji needs them.
 *
 * Everything else comes out as it went in, code above all. What was given out is never changed afterwards; however an
 * answer is cut into pieces, the same words come out; sanitising twice is sanitising once. The time is linear in the
 * length, and no more than some 600 characters are held back.
 */
export interface Sanitiser {
  push(piece: Text): SafeText;
  /** Gives what was held back at the end of the answer. */
  flush(): SafeText;
}

export function createSanitiser({ dialect, linkHosts }: SanitiserOptions): Sanitiser {
  const visible = createInvisibleFilter();
  const machine = new Machine(hostCheck(linkHosts), guardOf(dialect));
  return {
    push: (piece) => sealSafeText(machine.push(visible.push(openText(piece)))),
    flush: () => sealSafeText(machine.end(visible.flush())),
  };
}
