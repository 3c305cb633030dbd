import { carriesWordsOnly } from './plain-address';

/** Whether an address may be clicked where it stands in an answer. */
export type ClickRule = (address: string) => boolean;

/**
 * - `visible`: an address can be clicked where it carries no data, its host is allowed, or the asker wrote it.
 * - `plain`: none can be clicked.
 */
export type LinkMode = 'visible' | 'plain';

export interface ClickOptions {
  readonly links: LinkMode;
  /** Hosts that an answer may link to, e.g. `docs.example.com`; `*.example.com` for every host under one. */
  readonly linkHosts: readonly string[];
  /** What the asker wrote; read when an answer holds an address that nothing else allows. */
  readonly question: () => string;
}

/** Whoever writes more of them asks about addresses, and can copy one. */
const MOST_ASKED = 50;
const LONGEST_QUESTION = 20_000;
/** Bytes. Twice as much, as a link has it, stays below the smallest message that an answer is dealt out in. */
const LONGEST_CLICKABLE = 300;

/**
 * Characters that mean nothing to any client in the words of a link, so that it shows and leads to the same: no emoji
 * between colons, no call for everyone, no emphasis, no entity.
 */
const IS_INERT =
  /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#](?:[\p{L}\p{N}.\-/?=#%+,]|&(?!#)|@(?=\d)|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}]))*)?$/u;

/** Makes the rule for one answer. It holds what the asker wrote, and is let go with the answer. */
export function createClickRule({ links, linkHosts, question }: ClickOptions): ClickRule {
  if (links === 'plain') return () => false;
  const allows = hostCheck(linkHosts);
  let asked: ReadonlySet<string> | undefined;
  return (address) => {
    if (Buffer.byteLength(address) > LONGEST_CLICKABLE || !IS_INERT.test(address)) return false;
    if (carriesWordsOnly(address)) return true;
    const url = URL.parse(address);
    if (url === null) return false;
    if (allows(url.hostname)) return true;
    asked ??= addressesIn(question());
    return asked.has(url.href);
  };
}

/** Allows the hosts of the list, and those under `*.example.com` where an entry says so. */
function hostCheck(linkHosts: readonly string[]): (host: string) => boolean {
  const exact = new Set(linkHosts.map((host) => host.toLowerCase()));
  const under = [...exact].filter((host) => host.startsWith('*.')).map((host) => host.slice(1));
  return (host) => exact.has(host) || under.some((ending) => host.endsWith(ending));
}

/** The addresses that stand in a question, normalised. Both as far as a space and as far as Japanese are taken. */
function addressesIn(question: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [written] of question.slice(0, LONGEST_QUESTION).matchAll(/https?:\/\/[^\s<>"'`|\\^{}[\]]+/giu)) {
    for (const form of [written, written.replace(/[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef].*$/u, '')]) {
      const url = form.length > 2 * LONGEST_CLICKABLE ? null : URL.parse(form.replace(/[.,:;!?*~_)]+$/u, ''));
      if (url !== null && /^[a-z0-9.-]+$/u.test(url.hostname) && !url.hostname.includes('xn--')) found.add(url.href);
    }
    if (found.size >= MOST_ASKED) break;
  }
  return found;
}
