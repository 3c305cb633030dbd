import type { Card } from '../../src/model/card';
import { everyNotice, labelsOf } from '../support/label-variants';

/** All that is read on a card before anything is pressed. */
const wordsOn = ({ title, paragraphs, lines = [], choice, buttons, footnote }: Card): readonly string[] => [
  title,
  ...paragraphs,
  ...lines.flatMap(({ label, value }) => [label, value]),
  ...(choice === undefined ? [] : [choice]),
  ...buttons.map(({ label }) => label),
  ...(footnote === undefined ? [] : [footnote]),
];

const MOST = { en: 65, ja: 170 } as const;
const COUNTS = {
  en: (words: readonly string[]) => words.join(' ').split(/\s+/u).length,
  ja: (words: readonly string[]) => [...words.join('')].length,
} as const;

const notices = everyNotice();

describe.each(['en', 'ja'] as const)('the label (%s)', (language) => {
  const variants = notices.flatMap((notice) => labelsOf(notice, language));

  it(`is read in one glance, whatever stands on it: at most ${MOST[language]} ${language === 'en' ? 'words' : 'characters'}`, () => {
    const counted = variants.map(({ name, card }) => ({
      name,
      count: COUNTS[language](wordsOn(card)),
      words: wordsOn(card),
    }));
    const tooLong = counted.filter(({ count }) => count > MOST[language]).sort((one, other) => other.count - one.count);
    expect(tooLong.slice(0, 3)).toEqual([]);
    expect(counted.length).toBeGreaterThan(5_000);
  });
});
