import fc from 'fast-check';
import { wordsOfRichText } from '../../../adapters/slack/rich-text';

const section = (...elements: readonly object[]) => ({ type: 'rich_text_section', elements });
const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style !== undefined && { style }) });
const block = (...elements: readonly object[]) => ({ type: 'rich_text', elements });

describe('reading a rich text block', () => {
  it.each([
    ['words', block(section(text('plain '), text('bold', { bold: true }))), 'plain bold'],
    ['code in words', block(section(text('call '), text('f()', { code: true }))), 'call `f()`'],
    ['a code block', block({ type: 'rich_text_preformatted', elements: [text('a\nb')] }), '```\na\nb\n```'],
    ['a quote', block({ type: 'rich_text_quote', elements: [text('one\ntwo')] }), '> one\n> two'],
    [
      'a list',
      block({ type: 'rich_text_list', style: 'bullet', elements: [section(text('a')), section(text('b'))] }),
      '- a\n- b',
    ],
    [
      'a numbered list, set in',
      block({ type: 'rich_text_list', style: 'ordered', indent: 1, elements: [section(text('a'))] }),
      '1. a',
    ],
    [
      'a link',
      block(section({ type: 'link', url: 'https://a.example' }, { type: 'link', url: 'x', text: 'label' })),
      'https://a.examplelabel',
    ],
    ['an emoji', block(section({ type: 'emoji', name: 'wave' })), ':wave:'],
  ])('%s', (_name, given, words) => {
    expect(wordsOfRichText(given)).toBe(words);
  });

  it('takes anything', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('type', 'elements', 'text', 'style', 'indent') }),
        (given) => typeof wordsOfRichText(given) === 'string',
      ),
    );
    expect(wordsOfRichText({ elements: [{ type: 'rich_text_list', elements: [null, 3, {}] }] })).toBe('-');
  });
});
