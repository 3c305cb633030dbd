import { answerWrittenOut, partsOfAnswer } from '../../../adapters/kit/links';

describe('the links of an answer', () => {
  it('are the addresses that stand there twice, and nothing else', () => {
    expect(partsOfAnswer('See [https://a.example/x](https://a.example/x), [b](https://b.example/) and c.')).toEqual([
      { words: 'See ' },
      { address: 'https://a.example/x' },
      { words: ', [b](https://b.example/) and c.' },
    ]);
  });

  it.each([
    '`[https://a.example/](https://a.example/)`',
    '```\n[https://a.example/](https://a.example/)\n```',
    '```\n[https://a.example/](https://a.example/)',
    '[https://a.example/](https://a.example/x)',
    'https://a.example/',
  ])('are none in %j', (answer) => {
    expect(partsOfAnswer(answer)).toEqual([{ words: answer }]);
  });

  it('are written out as their addresses', () => {
    const answer = '[https://a.example/x](https://a.example/x)を[https://b.example/](https://b.example/)';
    expect(answerWrittenOut(answer)).toBe('https://a.example/xをhttps://b.example/');
    expect(answerWrittenOut('')).toBe('');
  });
});
