/** How a model marks that it thinks. */
export interface Tag {
  readonly open: string;
  readonly close: string;
  /** Finds either, one after the other; not where the thoughts speak of it, in code. */
  readonly either: RegExp;
}

const tagOf = (open: string, close: string): Tag => {
  const token = `(?:${escaped(open)}|${escaped(close)})`;
  return { open, close, either: new RegExp(`(?<!\`)${token}|(?<=\`)${token}(?=[^\`])`, 'giu') };
};

/**
 * How models write that they think, where their server does not take it out: DeepSeek's and Qwen's `<think>` and its
 * cousins, Seed's, Magistral's, Kimi's, and OpenThinker's.
 */
export const TAGS: readonly Tag[] = [
  ...['think', 'thinking', 'thought', 'thoughts', 'reasoning', 'reason', 'reflection', 'scratchpad', 'seed:think'].map(
    (name) => tagOf(`<${name}>`, `</${name}>`),
  ),
  tagOf('[THINK]', '[/THINK]'),
  tagOf('◁think▷', '◁/think▷'),
  tagOf('<|begin_of_thought|>', '<|end_of_thought|>'),
];

/** Characters. */
export const LONGEST_TAG = Math.max(...TAGS.map(({ open, close }) => Math.max(open.length, close.length)));

export const anyOf = (kind: 'open' | 'close'): string => `(?:${TAGS.map((tag) => escaped(tag[kind])).join('|')})`;

function escaped(token: string): string {
  return token.replace(/[[\]|/\\^$.*+?(){}]/gu, '\\$&');
}
