import fc from 'fast-check';
import { SLACK_DIALECT } from '../../../adapters/slack/dialect';
import { MARKDOWN } from '../../../src/model/dialect';
import { openText, sealText } from '../../../src/model/text';
import { createSanitiser, type SanitiserOptions } from '../../../src/sanitise/sanitise';
import { type Link, linksInSlack, linksInTeams, linksOfMarkdown, linksOnPage } from './clients';
import { WITH_DATA, WORDS_ONLY } from './ordinary';
import { LEAKS, WRITINGS } from './secrets';

const PLATFORMS = [
  ['Slack', SLACK_DIALECT, linksInSlack],
  ['Teams', MARKDOWN, linksInTeams],
  ['the page', MARKDOWN, linksOnPage],
] as const;

function sanitised(pieces: readonly string[], options: Partial<SanitiserOptions> = {}): readonly string[] {
  const sanitiser = createSanitiser({
    dialect: MARKDOWN,
    links: 'visible',
    linkHosts: ['ok.example'],
    question: sealText(''),
    ...options,
  });
  return [...pieces.map((piece) => sanitiser.push(sealText(piece))), sanitiser.flush()].map(openText);
}

/** The one address that the writings bring along, and bare names, which lead nowhere but to a host. */
function isHarmless({ says, leads }: Link): boolean {
  if (leads === 'https://docs.python.org/3/') return says === leads;
  const [, name] = /^(?:http:\/\/|\/\/)?((?:ok|evil)\.(?:com|example))\/?$/u.exec(leads) ?? [];
  return name !== undefined && says.replace(/^\/\//u, '') === name;
}

describe('an address that carries something', () => {
  it.each(PLATFORMS)('is no link in %s, however it is written', (_name, dialect, linksIn) => {
    for (const leak of LEAKS)
      for (const write of WRITINGS) {
        const written = write(leak);
        const answer = sanitised([written], { dialect }).join('');
        expect([written, linksIn(answer).filter((link) => !isHarmless(link))]).toEqual([written, []]);
      }
  });

  it('would be one, were it shown as it came', () => {
    const live = LEAKS.filter((leak) => linksOfMarkdown(leak).length > 0);
    expect(live.length).toBeGreaterThan(LEAKS.length * 0.8);
  });

  it.each(PLATFORMS)('is no link in %s for a moment, however it comes', (_name, dialect, linksIn) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LEAKS),
        fc.constantFrom(...WRITINGS),
        fc.array(fc.nat(120), { maxLength: 8 }),
        (leak, write, cuts) => {
          const written = write(leak);
          const marks = [0, ...cuts.filter((cut) => cut < written.length).sort((a, b) => a - b), written.length];
          let shown = '';
          for (const piece of sanitised(
            marks.slice(1).map((mark, index) => written.slice(marks[index], mark)),
            { dialect },
          )) {
            shown += piece;
            expect(linksIn(shown).filter((link) => !isHarmless(link))).toEqual([]);
          }
        },
      ),
      { numRuns: 1_500, seed: 20261128 },
    );
  });
});

describe('an address that people want', () => {
  const wanted = WORDS_ONLY.filter((address) => !/pydata|datatracker|\/_\//u.test(address));

  it.each(PLATFORMS)(
    'is a link in %s that shows what it leads to, however it is written',
    (_name, dialect, linksIn) => {
      for (const address of wanted)
        for (const write of [WRITINGS[0], WRITINGS[1], WRITINGS[2], WRITINGS[7]]) {
          const answer = sanitised([write?.(address) ?? ''], { dialect }).join('');
          const links = linksIn(answer);
          expect(links.length).toBeGreaterThan(0);
          for (const { says, leads } of links)
            expect([decodeURI(says), decodeURI(leads)]).toEqual([decodeURI(address), decodeURI(address)]);
        }
    },
  );

  it.each(PLATFORMS)('is no link in %s before all of it came', (_name, dialect, linksIn) => {
    for (const address of wanted) {
      let shown = '';
      for (const piece of sanitised([...`See ${address} now`], { dialect })) {
        shown += piece;
        for (const { says, leads } of linksIn(shown))
          expect([says, decodeURI(leads)]).toEqual([address, decodeURI(address)]);
      }
      expect(linksIn(shown).length).toBeGreaterThan(0);
    }
  });

  it.each(PLATFORMS)('is shown whole, as code, in %s where it carries data', (_name, dialect) => {
    for (const address of WITH_DATA)
      expect(sanitised([`See ${address}.`], { dialect }).join('')).toBe(`See \`${address}\`.`);
  });

  it('is code, too, where no address may be clicked', () => {
    for (const address of WORDS_ONLY)
      expect(sanitised([`See ${address}.`], { links: 'plain' }).join('')).toBe(`See \`${address}\`.`);
  });
});
