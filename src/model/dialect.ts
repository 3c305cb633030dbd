/**
 * What the clients of a chat platform bring to life in a message beyond what Markdown does. The sanitiser makes it inert
 * in every answer that goes to that platform.
 *
 * @example
 * // A platform whose clients make a mention of `<user:17>` even within code:
 * const dialect: Dialect = { codeTokens: { begins: /^user:\d/u, addresses: /^https?:/u, within: 6 } };
 */
export interface Dialect {
  /** Tokens in angle brackets that clients read even in code. Left out where code is never read. */
  readonly codeTokens?: CodeTokens;
}

/** The sanitiser looks at the characters after a `<`, and never at more than it must: answers stream. */
export interface CodeTokens {
  /** Matches the beginning of a token: a mention, say. Anchored at its start. */
  readonly begins: RegExp;
  /** Matches the beginning of an address, which makes a token where a `|` with a label follows it. */
  readonly addresses: RegExp;
  /** How many UTF-16 code units decide both. */
  readonly within: number;
}

/** The dialect of a platform whose clients read Markdown and nothing more. */
export const MARKDOWN: Dialect = {};
