import type MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

/**
 * Makes a link of `[https://…](https://…)`, where words and address are the same, and of nothing else: it is what dejiren
 * writes for an address that people may click on (src/sanitise). Any other way to link shows its address in full, as
 * code, behind its words.
 */
export function addresses(md: MarkdownIt): void {
  // The address as it is: no letters in place of `xn--`, no signs in place of `%`.
  md.normalizeLinkText = (url) => url;
  md.core.ruler.after('inline', 'addresses', ({ tokens, Token: Made }) => {
    for (const token of tokens) if (token.children !== null) token.children = spelt(token.children, md, Made);
  });
  md.renderer.rules.image = (tokens, at, _options, env) => {
    const { content = '', attrs } = tokens[at] ?? {};
    const { escapeHtml } = md.utils;
    const source = attrs?.find(([name]) => name === 'src')?.[1] ?? '';
    return `<span class="image">[${escapeHtml(env.words.image)}: ${escapeHtml(content)}] ${escapeHtml(source)}</span>`;
  };
}

/** The tokens of a line, links among them as they may be. No link stands within another. */
function spelt(tokens: readonly Token[], md: MarkdownIt, Made: typeof Token): Token[] {
  const made = (type: string, tag: string, content: string): Token =>
    Object.assign(new Made(type, tag, 0), { content });
  const shown: Token[] = [];
  let open: Token | undefined;
  let words: Token[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open') [open, words] = [token, []];
    else if (open === undefined) shown.push(token);
    else if (token.type !== 'link_close') words.push(token);
    else {
      const address = open.attrGet('href') ?? '';
      const says = words.every(({ type }) => type === 'text') ? words.map(({ content }) => content).join('') : '';
      if (open.markup !== 'autolink' && /^https?:\/\//u.test(address) && md.normalizeLink(says) === address) {
        open.attrSet('target', '_blank');
        open.attrSet('rel', 'noopener noreferrer nofollow');
        shown.push(open, ...words, token);
      } else if (open.markup === 'autolink') shown.push(made('code_inline', 'code', says));
      else shown.push(...words, made('text', '', ' ('), made('code_inline', 'code', address), made('text', '', ')'));
      open = undefined;
    }
  }
  return shown;
}
