import { blocksOfCard } from '../../../adapters/slack/cards';
import { askCards, otherCards } from '../cards';
import { isFolded, showBlock } from './blocks';
import { type Names, showMrkdwn } from './mrkdwn';

const names: Names = { users: new Map([['U1', 'Aiko']]), channels: new Map([['C1', 'general']]) };
const shown = (text: string): string => String(showMrkdwn(text, names));

describe('Slack’s markup, as it is drawn', () => {
  it.each([
    ['*bold* and _slanted_, ~struck~', '<b>bold</b> and <i>slanted</i>, <s>struck</s>'],
    ['2*3*4 and snake_case_word', '2*3*4 and snake_case_word'],
    ['`a &lt;b&gt;`', '<code>a &lt;b&gt;</code>'],
    ['<@U1> in <#C1|x>', '<span class="mention">@Aiko</span> in <span class="mention">#general</span>'],
    ['<https://example.com/|Example>', '<a>Example</a>'],
    ['&lt;b&gt; &amp;amp;', '&lt;b&gt; &amp;amp;'],
    ['one\ntwo', 'one<br>two'],
    ['```\nlet x;\n```', '<pre>let x;</pre>'],
    ['&gt; quoted', '<blockquote>quoted</blockquote>'],
  ])('%s', (text, markup) => {
    expect(shown(text)).toBe(markup);
  });
});

describe('Block Kit, as it is drawn', () => {
  it('folds a long section, and one of many lines, unless it is told to show all', () => {
    const section = (text: string, more = {}): boolean =>
      isFolded({ type: 'section', text: { type: 'mrkdwn', text }, ...more });
    expect(section('short')).toBe(false);
    expect(section('x'.repeat(700))).toBe(true);
    expect(section('1\n2\n3\n4\n5\n6')).toBe(true);
    expect(section('x'.repeat(2_000), { expand: true })).toBe(false);
  });

  it('draws no block that it does not know', () => {
    expect(() => showBlock({ type: 'video' }, names)).toThrow('video');
    expect(() => showBlock({ type: 'actions', elements: [{ type: 'datepicker' }] }, names)).toThrow('datepicker');
  });

  it.each([...askCards(), ...otherCards()])(
    'shows every word of the card $name, and folds none of it away',
    ({ card, language }) => {
      const blocks = blocksOfCard(card, language);
      expect(blocks.filter(isFolded)).toEqual([]);
      const drawn = blocks.map((block) => String(showBlock(block, names))).join('');
      for (const { label } of card.buttons) expect(drawn).toContain(label);
    },
  );
});
