/** Hosts that the tests allow. */
export const LINK_HOSTS = ['ok.example', '*.docs.example'];

/**
 * An address that may be clicked in the tests: its host is allowed, or it has the shape of one that carries next to
 * nothing. It is said here anew, and what is in a path is looked at elsewhere.
 */
export function isHarmless(address: string): boolean {
  const allowed = /^https?:\/\/(?:ok\.example|[a-z0-9.-]+\.docs\.example)(?=$|[/?#:])/u;
  const short =
    /^https:\/\/(?:www\.)?[a-z]{2,12}\.(?:com?|co\.jp|example)(?::443)?(?:\/[\p{L}\p{N}._-]{0,40}){0,8}\/?$/u;
  return allowed.test(address) || (short.test(address) && address.length <= 110);
}

/** Leaves out the links of an answer that show just what they lead to, where that is harmless. */
export function withoutHarmlessLinks(words: string): string {
  return words.replace(/(?<![!\\])\[([^\][\s]+)\]\(([^\s()]+)\)/gu, (link: string, label: string, address: string) =>
    label === address && isHarmless(address) ? '■' : link,
  );
}
