import { drawnFrom } from './drawn';

const drawn = (html: string): string => drawnFrom({ html, width: 100 });

describe('what a picture is drawn from', () => {
  it('is the same however ids are counted, and on whatever port', () => {
    expect(drawn('<p id="m-17" data-id="99">127.0.0.1:4711</p>')).toBe(
      drawn('<p id="m-4" data-id="1">127.0.0.1:9</p>'),
    );
  });

  it('is another where a word, a class, a style, a card or the size is', () => {
    const shown = drawn('<p class="a" data-card="1">word</p>');
    for (const other of [
      '<p class="a" data-card="1">words</p>',
      '<p class="b" data-card="1">word</p>',
      '<p class="a" data-card="2">word</p>',
    ])
      expect(drawn(other)).not.toBe(shown);
    expect(drawnFrom({ html: '<p class="a" data-card="1">word</p>', width: 101 })).not.toBe(shown);
  });
});
