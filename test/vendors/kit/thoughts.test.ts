import fc from 'fast-check';
import { createThoughtFilter } from '../../../src/vendors/kit/thoughts';
import { createUnopenedThoughts, type UnopenedThoughts } from '../../../src/vendors/kit/thoughts-unopened';

function said(pieces: readonly string[], unopened?: UnopenedThoughts, isWhole = true): string {
  const filter = createThoughtFilter(unopened);
  return pieces.map((piece) => filter.push(piece)).join('') + filter.flush(isWhole);
}

const THOUGHT: readonly (readonly [how: string, answer: string, words: string])[] = [
  ['a tag', '<think>\nHm.\n</think>\n\nHello!', 'Hello!'],
  ['a tag after blank lines', '\n \n<think>Hm.</think>Hello!', 'Hello!'],
  ['another tag', '<thinking>Hm.</thinking> Hello!', 'Hello!'],
  ['a tag in capitals', '<THOUGHT>Hm.</Thought>Hello!', 'Hello!'],
  ['a tag in brackets', '[THINK]Hm.[/THINK]Hello!', 'Hello!'],
  ['a tag of other signs', '◁think▷Hm.◁/think▷Hello!', 'Hello!'],
  ['special tokens', '<|begin_of_thought|>Hm.<|end_of_thought|>Hello!', 'Hello!'],
  ['an empty block', '<think></think>\nHello!', 'Hello!'],
  ['two blocks', '<think>One.</think>\n<think>Two.</think>\nHello!', 'Hello!'],
  ['blocks of two kinds', '<think>One.</think>\n<reasoning>Two.</reasoning>\nHello!', 'Hello!'],
  ['a block in a block', '<think>One <think>two</think> three</think>Hello!', 'Hello!'],
  ['a block that opens twice and closes once', '<think>I write <think> now.</think>\nHello!', 'Hello!'],
  ['tags that never match', '<think>One <think> two</think> three <think> four', 'three <think> four'],
  ['a closing tag at the very beginning', '</think>\n\nHello!', 'Hello!'],
  ['a tag that nobody closes', '<think>Hm, and on, and on', ''],
  ['thoughts that speak of their own tag', '<think>I name `</think>` now.</think>Hello!', 'Hello!'],
  [
    'harmony',
    '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Hello!<|return|>',
    'Hello!',
  ],
  [
    'harmony from its start',
    '<|start|>assistant<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Hello!',
    'Hello!',
  ],
  [
    'harmony with a call',
    '<|channel|>commentary to=functions.x<|constrain|>json<|message|>{}<|call|><|channel|>final<|message|>Hello!',
    'Hello!',
  ],
  ['harmony without an answer', '<|channel|>analysis<|message|>Hm.', ''],
  ['harmony without its tokens', 'analysisThe user greets. I greet.assistantfinalHello!', 'Hello!'],
  ['harmony that says a lesser sign', '<|channel|>final<|message|>1 < 2 <|x', '1 < 2 <|x'],
];

const SAID: readonly (readonly [how: string, answer: string])[] = [
  ['no tag', 'Hello!'],
  ['a tag in mid-answer', 'Models write <think>Hm.</think> before they answer.'],
  ['a tag in code', '`<think>` opens the thoughts, and `</think>` closes them.'],
  ['a fence', '```xml\n<think>\nHm.\n</think>\n```\nThat is how.'],
  ['another tag', '<thinker>Rodin</thinker>'],
  ['what begins like a tag', '<thi'],
  ['a lesser sign', '< 3'],
  ['a bracket', '[THINKING] is a word'],
  ['a channel in mid-answer', 'The token <|channel|>analysis<|message|> begins it.'],
  ['a token of harmony that begins it', '<|channel|> is the token that names the channel.'],
  ['a token of harmony in a long answer', `<|start|>${' and on'.repeat(100)}`],
  ['the word that harmony begins with', 'analysis of the figures: none.'],
  ['that word in Japanese', 'analysisは分析です。'],
  ['that word alone', 'analysis'],
  ['that word before a name', 'analysisServer is its name.'],
  ['blank lines in it', 'One.\n\n</think>\n\nTwo.'],
];

/** However the answer is cut into pieces. */
function everyCut(answer: string, expected: string, unopened?: () => UnopenedThoughts): void {
  expect(said([answer], unopened?.())).toBe(expected);
  expect(said([...answer], unopened?.())).toBe(expected);
  fc.assert(
    fc.property(fc.array(fc.nat(answer.length), { maxLength: 6 }), (cuts) => {
      const marks = [0, ...cuts.sort((one, other) => one - other), answer.length];
      const pieces = marks.slice(1).map((mark, index) => answer.slice(marks[index], mark));
      expect(said(pieces, unopened?.())).toBe(expected);
    }),
    { numRuns: 60, seed: 20261128 },
  );
}

describe('thoughts before an answer', () => {
  it.each(THOUGHT)('are left out: %s', (_how, answer, words) => everyCut(answer, words));

  it.each(SAID)('are none, and said: %s', (_how, answer) => everyCut(answer, answer));

  it('are left out where the answer breaks off in them', () => {
    expect(said(['<think>Hm'], undefined, false)).toBe('');
    expect(said(['One', ' two'], undefined, false)).toBe('One two');
  });

  it('hold the words back no longer than they last', () => {
    const filter = createThoughtFilter();
    expect(['<think>', 'Hm.', '</think>\n', 'He', 'llo'].map((piece) => filter.push(piece))).toEqual([
      ...['', '', '', 'He', 'llo'],
    ]);
  });
});

describe('thoughts that nobody opened', () => {
  const unknown = () => createUnopenedThoughts(() => 0).of('m');

  it.each([
    ['a line of its own', 'Hm.\n</think>\n\nHello!', 'Hello!'],
    ['the end of a line', 'Hm.</think>  \nHello!', 'Hello!'],
    ['thoughts alone', 'Hm.\n</think>', ''],
    ['a block after them', 'Hm.\n</think>\n<think>Again.</think>\nHello!', 'Hello!'],
    ['no thoughts', 'Hello!\n\nHow are you?', 'Hello!\n\nHow are you?'],
    ['the tag in code', 'It is closed by `</think>`\nand that is all.', 'It is closed by `</think>`\nand that is all.'],
    ['the tag in a fence', '```\n</think>\n```\nThat is it.', '```\n</think>\n```\nThat is it.'],
    ['the tag in a sentence', 'The tag </think> ends them.', 'The tag </think> ends them.'],
    ['the tag in code, and then as such', 'I name `</think>`\nand end.\n</think>\nHello!', 'Hello!'],
    ['both tags', 'So:\n<think>\nHm.\n</think>\nThat is it.', 'So:\n<think>\nHm.\n</think>\nThat is it.'],
  ])('end as they should: %s', (_how, answer, words) => everyCut(answer, words, unknown));

  it('are learned: what comes after them streams, and so does the next answer of a model that has none', () => {
    const known = createUnopenedThoughts(() => 0);
    expect(said(['Hello', '!'], known.of('plain'))).toBe('Hello!');
    expect(createThoughtFilter(known.of('plain')).push('Hello')).toBe('Hello');
    expect(said(['Hm.\n', '</think>\n', 'Hello!'], known.of('thinker'))).toBe('Hello!');
    expect(createThoughtFilter(known.of('thinker')).push('Hm')).toBe('');
    expect(createThoughtFilter(known.of('other')).push('Hm')).toBe('');
  });

  it('are not looked for where thoughts come apart from the words', () => {
    const known = createUnopenedThoughts(() => 0);
    const filter = createThoughtFilter(known.of('m'));
    filter.comesApart();
    expect(filter.push('Hello')).toBe('Hello');
    expect(createThoughtFilter(known.of('m')).push('Hello')).toBe('Hello');
  });

  it('cost no more by the word where they are long', () => {
    const filter = createThoughtFilter(createUnopenedThoughts(() => 0).of('qwq'));
    for (let word = 0; word < 200_000; word += 1) filter.push('thought ');
    expect(filter.push('</think>\nHello!')).toBe('Hello!');
  });

  it('are waited for so long and no longer, but for models that have them by their name', () => {
    let now = 0;
    const known = createUnopenedThoughts(() => now);
    const [plain, named] = [createThoughtFilter(known.of('m')), createThoughtFilter(known.of('org/deepseek-r1:7b'))];
    expect([plain.push('One'), named.push('One')]).toEqual(['', '']);
    now = 5_000;
    expect([plain.push(''), named.push('')]).toEqual(['One', '']);
    expect(named.push('</think>\n') + named.push('Three')).toBe('Three');
  });

  it.each([
    ['none came', ' and three', false],
    ['they came to their end all the same', '</think>\nThree', true],
  ])('are learned also where they were waited for in vain: %s', (_how, rest, isHeldBack) => {
    let now = 0;
    const known = createUnopenedThoughts(() => now);
    const filter = createThoughtFilter(known.of('m'));
    filter.push('One');
    now = 5_000;
    expect(filter.push(' two') + filter.push(rest) + filter.flush(true)).toBe(`One two${rest}`);
    expect(createThoughtFilter(known.of('m')).push('Hm')).toBe(isHeldBack ? '' : 'Hm');
  });

  it('are not shown where an answer breaks off in them', () => {
    const known = createUnopenedThoughts(() => 0);
    expect(said(['Hm.'], known.of('qwq-32b'), false)).toBe('');
    expect(said(['One'], known.of('m'), false)).toBe('One');
  });
});
