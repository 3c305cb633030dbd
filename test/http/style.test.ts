import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN_STYLE, ARTICLE_STYLE, TOKENS } from '../../src/http/style';

const LOCAL_PAGE = join(__dirname, '../../adapters/local/page/style/base.css');
const tokensOf = (css: string): ReadonlyMap<string, string> =>
  new Map(
    [...css.matchAll(/^\s*(?<name>--[\w-]+):(?<value>[^;]+);/gmu)].map(({ groups }) => [
      groups?.name ?? '',
      (groups?.value ?? '').replace(/\s+/gu, ' ').trim(),
    ]),
  );

describe('the style of the pages beside the chat', () => {
  const own = tokensOf(TOKENS);

  it('has the colours and the type of the local page', () => {
    const theirs = tokensOf(readFileSync(LOCAL_PAGE, 'utf8'));
    expect(own.size).toBeGreaterThan(10);
    for (const [name, value] of own) expect([name, value]).toEqual([name, theirs.get(name)]);
  });

  it.each([
    ['/data-handling', ARTICLE_STYLE],
    ['/admin', ADMIN_STYLE],
  ])('of %s names no colour but by these', (_page, style) => {
    const rules = style.replace(TOKENS, '');
    for (const [, name = ''] of rules.matchAll(/var\((--[\w-]+)\)/gu)) expect([...own.keys()]).toContain(name);
    expect(rules).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(/iu);
  });
});
