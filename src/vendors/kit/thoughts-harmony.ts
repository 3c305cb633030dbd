/** How an answer begins that came with the tokens of OpenAI's open models. */
export const HARMONY = ['<|channel|>', '<|start|>', '<|message|>'] as const;

/** The same without its tokens, as servers hand it on that drop them: `analysisThe user asks…assistantfinalHello!`. */
export const BARE = { begins: /^analysis(?=[A-Z])/u, name: 'analysis', ends: 'assistantfinal' } as const;

const HEADER_ENDS = '<|message|>';
/** What ends a message, or begins the next one where the end was left out. */
const MESSAGE_ENDS = /<\|(?:end|return|call|start|channel)\|>/u;
const LONGEST_TOKEN = HEADER_ENDS.length;
/** Characters of a message's header. What is longer, or has no end, only began like one. */
const MAX_HEADER = 500;

/**
 * Reads an answer in the "harmony" format, which servers should take apart and some do not: messages on channels, of
 * which `final` alone is said. Source: "OpenAI harmony response format", developers.openai.com/cookbook.
 */
export function createHarmonyReader(): { push(words: string): string; flush(): string } {
  let held = '';
  let isInMessage = false;
  let isSaid = false;
  /** `undefined` until the first header is whole. */
  let isHarmony: boolean | undefined;

  function read(isOver: boolean): string {
    let said = '';
    for (;;) {
      if (!isInMessage) {
        const at = held.indexOf(HEADER_ENDS);
        if (at < 0) {
          if (isHarmony === undefined && (isOver || held.length > MAX_HEADER)) isHarmony = false;
          if (isHarmony !== false) return said;
          const words = held;
          held = '';
          return said + words;
        }
        isHarmony = true;
        const header = held.slice(0, at);
        const channel = /<\|channel\|>\s*(\w+)/u.exec(header)?.[1];
        isSaid = channel === 'final' || (channel === undefined && !/<\|start\|>(?!assistant)/u.test(header));
        isInMessage = true;
        held = held.slice(at + HEADER_ENDS.length);
        continue;
      }
      const end = MESSAGE_ENDS.exec(held);
      // A token may be cut in two.
      const tail =
        end !== null || isOver ? 0 : (/<(?:\|\w{0,7}\|?)?$/u.exec(held.slice(-LONGEST_TOKEN))?.[0].length ?? 0);
      const upTo = end?.index ?? held.length - tail;
      if (isSaid) said += held.slice(0, upTo);
      held = held.slice(upTo);
      if (end === null) return said;
      isInMessage = false;
      // The one that begins the next message is part of its header.
      if (!/^<\|(?:start|channel)\|>/u.test(held)) held = held.slice(end[0].length);
    }
  }

  return {
    push(words) {
      held += words;
      return read(false);
    },
    flush: () => read(true),
  };
}
