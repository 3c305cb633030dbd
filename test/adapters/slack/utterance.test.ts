import fc from 'fast-check';
import { readUtterance } from '../../../adapters/slack/utterance';
import { openText } from '../../../src/model/text';

const read = (text: string): string => openText(readUtterance(text, 'UBOT').text);

describe('reading what somebody wrote in Slack', () => {
  it.each([
    ['<@UBOT> what is a turn?', 'what is a turn?'],
    ['what is this, <@UBOT>', 'what is this,'],
    ['if a &lt; b &amp;&amp; c &gt; d', 'if a < b && c > d'],
    ['see <https://example.com/a|the docs>', 'see the docs (https://example.com/a)'],
    ['see <https://example.com>', 'see https://example.com'],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['<!here> look', '@here look'],
    ['<!date^1392734382^{date}|Feb 18, 2014>', 'Feb 18, 2014'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ])('%s → %s', (text, plain) => {
    expect(read(text)).toBe(plain);
  });

  it('keeps mentions as their tokens and lists them with their names', () => {
    const { text, mentions } = readUtterance('ask <@U1> in <#C1|general> or <!subteam^S1|@ops>', 'UBOT');
    expect(openText(text)).toBe('ask <@U1> in <#C1|general> or <!subteam^S1|@ops>');
    expect(mentions.map(({ kind, id, token, label }) => [kind, id, openText(token), label && openText(label)])).toEqual(
      [
        ['person', 'U1', '<@U1>', undefined],
        ['conversation', 'C1', '<#C1|general>', 'general'],
        ['group', 'S1', '<!subteam^S1|@ops>', '@ops'],
      ],
    );
  });

  it('takes any words, and leaves plain ones as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (words) => {
        const sent = words.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
        expect(read(sent)).toBe(words.trim());
      }),
    );
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => typeof read(text) === 'string'));
  });
});
