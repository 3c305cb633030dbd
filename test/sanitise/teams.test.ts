import { join } from 'node:path';
import fc from 'fast-check';
import type { Token, Tokens } from 'marked';
import { createRoller } from '../../adapters/kit/roll';
import { MARKDOWN } from '../../src/model/dialect';
import { openText, sealText } from '../../src/model/text';
import { createSanitiser } from '../../src/sanitise/sanitise';
import { ATTACKS } from './attack-corpus';
import { isHarmless, LINK_HOSTS } from './harmless';

/** Its main file is an ES module, which Jest cannot load; this is the same for scripts. */
const { marked } = jest.requireActual<typeof import('marked')>(
  join(__dirname, '../../node_modules/marked/lib/marked.umd.js'),
);

/** What Teams could make live of an answer, seen by a Markdown parser that is not ours. */
function liveIn(markdown: string): readonly string[] {
  const live: string[] = [];
  const tokens = marked.lexer(markdown, { gfm: true });
  if (Object.keys(tokens.links).length > 0) live.push('a link definition');
  marked.walkTokens(tokens, (token: Token) => {
    if (token.type === 'image') live.push('an image');
    if (token.type === 'html') live.push(`raw HTML: ${token.raw}`);
    if (token.type === 'link' && !isAllowed(token as Tokens.Link)) live.push(`a link: ${token.raw}`);
  });
  if (/<\/?at\b/iu.test(withoutCode(tokens))) live.push('a mention');
  return live;
}

function isAllowed({ href, text }: Tokens.Link): boolean {
  return isHarmless(href) && text === href;
}

function withoutCode(tokens: readonly Token[]): string {
  const words: string[] = [];
  marked.walkTokens([...tokens], (token: Token) => {
    if (token.type === 'text' && !('tokens' in token && token.tokens)) words.push(token.raw);
  });
  return words.join('\n');
}

/** Every chunk of a stream in Teams, each holding the whole text so far. */
function chunksOf(pieces: readonly string[]): readonly string[] {
  const sanitiser = createSanitiser({
    dialect: MARKDOWN,
    links: 'visible',
    linkHosts: LINK_HOSTS,
    question: sealText(''),
  });
  let said = '';
  const grow = (more: string): string => {
    said += more;
    return said;
  };
  return [...pieces.map((piece) => grow(openText(sanitiser.push(sealText(piece))))), grow(openText(sanitiser.flush()))];
}

function messagesOf(words: string, soft: number): readonly string[] {
  const roller = createRoller({ soft, hard: soft + 20 });
  const messages: string[] = [];
  for (let rest = words; rest !== ''; ) {
    const next = roller.next(rest);
    messages.push(next.portion.text);
    rest = next.rest;
  }
  return messages;
}

describe('an answer in Teams, as a Markdown parser reads it', () => {
  it('the checker finds attacks live as they come', () => {
    expect(ATTACKS.filter((attack) => liveIn(attack).length > 0).length).toBeGreaterThan(ATTACKS.length / 3);
  });

  it.each(ATTACKS.flatMap((attack) => [[attack], [`Some words. ${attack} More words.`]]))(
    'holds nothing live, in any chunk, however it is cut: %j',
    (attack) => {
      const [whole] = chunksOf([attack]).slice(-1);
      for (let cut = 0; cut <= attack.length; cut += 1) {
        const chunks = chunksOf([attack.slice(0, cut), attack.slice(cut)]);
        expect(chunks.at(-1)).toBe(whole);
        for (const chunk of chunks) expect(liveIn(chunk)).toEqual([]);
      }
      for (const chunk of chunksOf([...attack])) {
        expect(whole?.startsWith(chunk)).toBe(true);
        expect(liveIn(chunk)).toEqual([]);
      }
    },
  );

  const joint = fc.constantFrom(
    ...['<', '>', '[', ']', '(', ')', '![', '](', ']:', '`', '```', '\n', '\n\n', '~~~', ' ', '    ', '\\', '|', '\t'],
    ...[
      '*',
      '_',
      '- ',
      '> ',
      '1. ',
      '# ',
      '://',
      '//',
      '.',
      'https',
      'evil.com/x',
      'ok.example',
      '<at>',
      '</at>',
      '&lt;',
    ],
  );
  const answer = fc.array(fc.oneof(joint, joint, fc.constantFrom(...ATTACKS)), { maxLength: 20 });

  it('holds nothing live, whatever attacks are joined to', () => {
    fc.assert(
      fc.property(answer, (parts) => {
        expect(liveIn(chunksOf(parts).at(-1) ?? '')).toEqual([]);
      }),
      { numRuns: 3000, seed: 20261125 },
    );
  });

  it('holds nothing live in any chunk, each the beginning of the next', () => {
    fc.assert(
      fc.property(answer, (parts) => {
        const chunks = chunksOf([...parts.join('')]);
        for (const [index, chunk] of chunks.entries()) {
          expect(chunk.startsWith(chunks[index - 1] ?? '')).toBe(true);
          expect(liveIn(chunk)).toEqual([]);
        }
      }),
      { numRuns: 200, seed: 20261125 },
    );
  });

  it('holds nothing live in any of the messages that a long answer goes on in', () => {
    fc.assert(
      fc.property(answer, fc.integer({ min: 900, max: 1_000 }), (parts, length) => {
        // The smallest messages that an answer is ever dealt out in end about where the parts are.
        const words = `${'word '.repeat(length / 5)}${parts.join('')}`;
        for (const message of messagesOf(chunksOf([words]).at(-1) ?? '', 980)) expect(liveIn(message)).toEqual([]);
      }),
      { numRuns: 3000, seed: 20261125 },
    );
  });
});
