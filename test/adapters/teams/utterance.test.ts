import fc from 'fast-check';
import type { MentionEntity } from '../../../adapters/teams/payloads';
import { readUtterance } from '../../../adapters/teams/utterance';
import { openText } from '../../../src/model/text';

const BOT = '28:bot';
const AT = '<at>dejiren</at>';
const at = (id: string, text: string): MentionEntity => ({
  type: 'mention',
  text,
  mentioned: { id, name: text.replace(/<\/?at>/gu, '') },
});
const read = (text: string, entities: readonly MentionEntity[] = [at(BOT, AT)]) => {
  const { text: words, mentions } = readUtterance(text, entities, BOT);
  return { words: openText(words), mentions: mentions.map(({ token, id }) => [openText(token), id]) };
};

describe('what somebody wrote in Teams', () => {
  it.each([
    [`${AT} hello`, 'hello'],
    [`${AT}&nbsp;hello`, 'hello'],
    [`hello ${AT}`, 'hello'],
    [`${AT} ${AT} hello ${AT}`, 'hello'],
    [`${AT}\r\n/dejiren-optin off`, '/dejiren-optin off'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
    ['&amp;lt;', '&lt;'],
    [`<quoted messageId="1700000000000"/>${AT} I agree`, 'I agree'],
    ['&lt;quoted messageId="1"/&gt; is what it says', '<quoted messageId="1"/> is what it says'],
    [AT, ''],
  ])('%j is read as %j', (text, words) => {
    expect(read(text).words).toBe(words);
  });

  it('keeps mentions of others as they stand, and lists each once', () => {
    const ben = at('29:ben', '<at>Ben &amp; Co</at>');
    const text = `${AT} is <at>Ben &amp; Co</at> right? And <at>Ben &amp; Co</at>?`;
    expect(read(text, [at(BOT, AT), ben, ben])).toEqual({
      words: 'is <at>Ben & Co</at> right? And <at>Ben & Co</at>?',
      mentions: [['<at>Ben & Co</at>', '29:ben']],
    });
  });

  it('never fails, and never leaves its own mention, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(AT, '&nbsp;', '&', '<at>', '\r\n'))), (parts) => {
        expect(read(parts.join(' ')).words).not.toContain(AT);
      }),
    );
  });
});
