import fc from 'fast-check';
import type { Token } from 'marked';
import { SLACK_DIALECT } from '../../adapters/slack/dialect';
import { type Dialect, MARKDOWN } from '../../src/model/dialect';
import { openText, sealText } from '../../src/model/text';
import { createSanitiser } from '../../src/sanitise/sanitise';
import { answer } from '../dispatch/answers';
import { ATTACKS } from './attack-corpus';
import { isHarmless, LINK_HOSTS } from './harmless';

/** Its CommonJS build: the package names the other one alone, which jest cannot load. */
const { lexer }: typeof import('marked') = require('../../node_modules/marked/lib/marked.umd.js');

const DIALECTS: [string, Dialect][] = [
  ['slack', SLACK_DIALECT],
  ['teams', MARKDOWN],
  ['local', MARKDOWN],
];

function sanitise(words: string, dialect: Dialect): string {
  const sanitiser = createSanitiser({ dialect, links: 'visible', linkHosts: LINK_HOSTS, question: sealText('') });
  return openText(sanitiser.push(sealText(words))) + openText(sanitiser.flush());
}

/** Letters that nobody sees, and that are left out for it. */
const HIDDEN = /\p{Default_Ignorable_Code_Point}/u;

/** Everything that a reader of Markdown makes of words: code is code there, whatever it says. */
function* tokensOf(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if ('tokens' in token && token.tokens !== undefined) yield* tokensOf(token.tokens);
    if (token.type === 'list') for (const item of token.items) yield* tokensOf(item.tokens);
    if (token.type === 'table')
      for (const cell of [...token.header, ...token.rows.flat()]) yield* tokensOf(cell.tokens);
  }
}

const plain = (words: string): string => words.replaceAll('&amp;', '&');

/** What of it does something: loads, leads elsewhere than it says, or is no Markdown at all. */
function liveIn(words: string, options: { readonly gfm: boolean }): readonly string[] {
  const tokens = lexer(words, options);
  const live = Object.keys(tokens.links).map((name) => `a definition: ${name}`);
  for (const token of tokensOf(tokens)) {
    if (token.type === 'image' || token.type === 'html') live.push(`${token.type}: ${token.raw}`);
    if (token.type !== 'link') continue;
    const target = URL.parse(token.href);
    const isNamed = plain(token.text) === plain(token.href) || token.href === `mailto:${token.text}`;
    const isAllowed = target?.protocol === 'mailto:' || isHarmless(token.href);
    if (!isNamed || !isAllowed) live.push(`a link: ${token.raw} to ${token.href}`);
  }
  return live;
}

describe('what a reader of Markdown makes of a sanitised answer', () => {
  it('is nothing live, of any attack', () => {
    for (const attack of ATTACKS)
      for (const words of [
        attack,
        `Words. ${attack} Words.`,
        `- ${attack}`,
        `> ${attack}`,
        `| a |\n|---|\n| ${attack} |`,
      ])
        for (const gfm of [true, false])
          expect([words, liveIn(sanitise(words, MARKDOWN), { gfm })]).toEqual([words, []]);
  });

  it('would be live as it came', () => {
    expect(ATTACKS.filter((attack) => liveIn(attack, { gfm: true }).length > 0).length).toBeGreaterThan(20);
  });

  it.each(DIALECTS)('is nothing live, however the parts are joined (%s)', (_platform, dialect) => {
    fc.assert(
      fc.property(answer, fc.boolean(), (words, gfm) => {
        expect(liveIn(sanitise(words, dialect), { gfm })).toEqual([]);
      }),
      { numRuns: 1_500, seed: 20261125 },
    );
  });

  it.each(DIALECTS)('has lost no plain paragraph between them (%s)', (_platform, dialect) => {
    const plain = fc
      .stringMatching(/^[\p{L}\p{N}]{1,12}(?:[ ,;] ?[\p{L}\p{N}]{1,12}){0,6}$/u)
      .filter((words) => !HIDDEN.test(words));
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, answer), { minLength: 1, maxLength: 6 }), (parts) => {
        const given = parts.map(([words, odd]) => `${words}\n\n${odd}`).join('\n\n');
        let rest = sanitise(given, dialect);
        for (const [words] of parts) {
          const at = rest.indexOf(words);
          expect([words, at >= 0]).toEqual([words, true]);
          rest = rest.slice(at + words.length);
        }
      }),
      { numRuns: 800, seed: 20261125 },
    );
  });
});
