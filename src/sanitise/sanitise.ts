import type { Dialect } from '../model/dialect';
import { openText, type SafeText, sealSafeText, type Text } from '../model/text';
import { createClickRule, type LinkMode } from './address/click';
import { guardOf } from './code';
import { createInvisibleFilter } from './invisible';
import { Machine } from './text';

export interface SanitiserOptions {
  /** What the platform's clients read beyond Markdown. */
  readonly dialect: Dialect;
  readonly links: LinkMode;
  /** Hosts that an answer may link to, e.g. `docs.example.com`; `*.example.com` for every host under one. */
  readonly linkHosts: readonly string[];
  /** What is answered: the addresses that the asker wrote in it may come back. It is held no longer than the answer. */
  readonly question: Text;
}

/**
 * Makes a model's Markdown safe to show while it streams in: it can ping nobody, load nothing, and hide no address.
 *
 * - Mentions and tags: `<!channel>` becomes `‹!channel›`, `@here` becomes `＠here`.
 * - An address stands whole, and alone. It is a link, `[address](address)`, where it carries no data, where its host is
 *   allowed, or where the asker wrote it; any other is code, `` `address` ``, which can be read and copied. Nothing else
 *   in an answer is a link: whoever draws it makes a link of exactly these. A bare name without a path or a query
 *   (`README.md`, `example.com`) carries nothing anywhere and stays.
 * - Links show their address: `[label](url)` becomes `label (url)`, `<url|label>` becomes `(url label)`, `<a href="url">`
 *   too; link definitions and images are taken apart: `[b] : url`, `[image: alt] (url)`.
 * - Hidden characters go, unless a script or an emoji needs them.
 *
 * Everything else comes out as it went in, code above all. What was given out is never changed afterwards, so that no
 * address shows before all of it came; however an answer is cut into pieces, the same words come out; sanitising twice
 * is sanitising once. The time is linear in the length, and no more than some 1,500 characters are held back.
 */
export interface Sanitiser {
  push(piece: Text): SafeText;
  /** Gives what was held back at the end of the answer. */
  flush(): SafeText;
}

export function createSanitiser({ dialect, links, linkHosts, question }: SanitiserOptions): Sanitiser {
  const visible = createInvisibleFilter();
  const mayClick = createClickRule({ links, linkHosts, question: () => openText(question) });
  const machine = new Machine(mayClick, guardOf(dialect));
  return {
    push: (piece) => sealSafeText(machine.push(visible.push(openText(piece)))),
    flush: () => sealSafeText(machine.end(visible.flush())),
  };
}
