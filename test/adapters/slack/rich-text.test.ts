import fc from 'fast-check';
import { hasMoreThanWords, textOfBlocks } from '../../../adapters/slack/rich-text';
import { readUtterance } from '../../../adapters/slack/utterance';
import { openText } from '../../../src/model/text';

const section = (...elements: readonly object[]) => ({ type: 'rich_text_section', elements });
const text = (words: string, style?: object) => ({ type: 'text', text: words, ...(style !== undefined && { style }) });
const block = (...elements: readonly object[]) => ({ type: 'rich_text', elements });
const cell = (words: string) => ({ type: 'raw_text', text: words });
/** As people's words are read. */
const read = (...blocks: readonly object[]) => readUtterance(textOfBlocks(blocks), 'U0BOT');
const words = (...blocks: readonly object[]): string => openText(read(...blocks).text);

describe('reading blocks', () => {
  it.each([
    ['words', block(section(text('plain '), text('bold', { bold: true }))), 'plain bold'],
    [
      'signs that mean something to Slack',
      block(section(text('a < b && c > d <@U1> &lt;'))),
      'a < b && c > d <@U1> &lt;',
    ],
    ['code in words', block(section(text('call '), text('f(<T>)', { code: true }))), 'call `f(<T>)`'],
    ['a code block', block({ type: 'rich_text_preformatted', elements: [text('a\nb')] }), '```\na\nb\n```'],
    ['a quote', block({ type: 'rich_text_quote', elements: [text('one\ntwo')] }), '> one\n> two'],
    [
      'a list',
      block({ type: 'rich_text_list', style: 'bullet', elements: [section(text('a')), section(text('b'))] }),
      '- a\n- b',
    ],
    [
      'a numbered list that goes on, set in',
      block(section(text('so:')), {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 1,
        offset: 2,
        elements: [section(text('a'))],
      }),
      'so:\n  3. a',
    ],
    [
      'a link',
      block(
        section({ type: 'link', url: 'https://a.example' }, text(' '), {
          type: 'link',
          url: 'https://b.example/?a=1&b=<|>',
          text: 'label',
        }),
      ),
      'https://a.example label (https://b.example/?a=1&b=%3C%7C%3E)',
    ],
    ['an emoji', block(section({ type: 'emoji', name: 'wave' })), ':wave:'],
    ['a call to everybody', block(section({ type: 'broadcast', range: 'here' }, text(' look'))), '@here look'],
    ['a date with words', block(section({ type: 'date', timestamp: 1_720_710_212, fallback: 'July 11' })), 'July 11'],
    ['a date', block(section({ type: 'date', timestamp: 1_720_710_212, format: '{date}' })), '2024-07-11 15:03'],
    ['a colour', block(section({ type: 'color', value: '#F405B3' })), '#F405B3'],
    [
      'a table',
      {
        type: 'table',
        rows: [
          [cell('a'), cell('b')],
          [block(section(text('1'))), cell('2 < 3')],
        ],
      },
      'a | b\n1 | 2 < 3',
    ],
    [
      'a section',
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'a &lt; <https://c.example|c>' },
        fields: [{ type: 'plain_text', text: 'b & c' }],
      },
      'a < c (https://c.example)\nb & c',
    ],
    ['a header', { type: 'header', text: { type: 'plain_text', text: 'title' } }, 'title'],
    ['Markdown', { type: 'markdown', text: '**a** <b>' }, '**a** <b>'],
    ['what has no words', { type: 'divider' }, ''],
  ])('%s', (_name, given, expected) => {
    expect(words(given)).toBe(expected);
  });

  it('keeps mentions as their tokens, and takes dejiren’s own out', () => {
    const { text: said, mentions } = read(
      block(
        section(
          { type: 'user', user_id: 'U0BOT' },
          text(' ask '),
          { type: 'user', user_id: 'U1' },
          { type: 'usergroup', usergroup_id: 'S1' },
          { type: 'channel', channel_id: 'C1' },
          { type: 'user', user_id: '> <!channel' },
        ),
      ),
    );
    expect(openText(said)).toBe('ask <@U1><!subteam^S1><#C1>');
    expect(mentions.map(({ kind, id }) => [kind, id])).toEqual([
      ['person', 'U1'],
      ['group', 'S1'],
      ['conversation', 'C1'],
    ]);
  });

  it('knows blocks that hold more than words', () => {
    expect(hasMoreThanWords([block(section(text('a')))])).toBe(false);
    expect(hasMoreThanWords([{ type: 'image', image_url: 'https://a.example/a.gif', alt_text: 'a' }])).toBe(true);
    expect(hasMoreThanWords(undefined)).toBe(false);
  });

  it('gives back any words of a section as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (said) => {
        expect(words(block(section(text(said))))).toBe(said.replace(/\n{3,}/gu, '\n\n').trim());
      }),
    );
  });

  it('takes anything', () => {
    fc.assert(
      fc.property(
        fc.array(fc.object({ key: fc.constantFrom('type', 'elements', 'text', 'style', 'indent', 'rows', 'fields') })),
        (given) => typeof textOfBlocks(given) === 'string',
      ),
    );
    expect(words(block({ type: 'rich_text_list', elements: [null, 3, {}] }))).toBe('-');
    let deep: object = section(text('x'));
    for (let depth = 0; depth < 50_000; depth += 1) deep = { type: 'rich_text_list', elements: [deep] };
    expect(words(block(deep))).not.toContain('x');
  });
});
