import type MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

/**
 * Makes a link of `<https://…>` and of nothing else: it is what dejiren writes for an address that people may click on
 * (src/sanitise). Any other way to link shows its address in full, as code, behind its words.
 */
export function addresses(md: MarkdownIt): void {
  // The address as it is: no letters in place of `xn--`, no signs in place of `%`.
  md.normalizeLinkText = (url) => url;
  md.core.ruler.after('inline', 'addresses', ({ tokens, Token: Made }) => {
    for (const token of tokens) if (token.children !== null) token.children = token.children.flatMap(spellOut(Made));
  });
  md.renderer.rules.image = (tokens, at, _options, env) => {
    const { content = '', attrs } = tokens[at] ?? {};
    const { escapeHtml } = md.utils;
    const source = attrs?.find(([name]) => name === 'src')?.[1] ?? '';
    return `<span class="image">[${escapeHtml(env.words.image)}: ${escapeHtml(content)}] ${escapeHtml(source)}</span>`;
  };
}

/** A function for each of the tokens of a line, in their order. */
function spellOut(Made: typeof Token): (token: Token) => Token[] {
  let address: string | undefined;
  return (token) => {
    if (token.type === 'link_open') {
      const href = token.attrGet('href') ?? '';
      if (token.markup === 'autolink' && /^https?:\/\//iu.test(href)) {
        token.attrSet('target', '_blank');
        token.attrSet('rel', 'noopener noreferrer nofollow');
        return [token];
      }
      address = token.markup === 'autolink' ? '' : href;
      return [];
    }
    if (token.type !== 'link_close' || address === undefined) return [token];
    const spelt = address === '' ? [] : [textOf(' ('), codeOf(address), textOf(')')];
    address = undefined;
    return spelt;
  };
  function textOf(content: string): Token {
    return Object.assign(new Made('text', '', 0), { content });
  }
  function codeOf(content: string): Token {
    return Object.assign(new Made('code_inline', 'code', 0), { content });
  }
}
