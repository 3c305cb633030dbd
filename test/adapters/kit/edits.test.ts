import { isSoonEdited } from '../../../adapters/kit/edits';

const HOUR = 3_600_000;

describe('isSoonEdited', () => {
  it.each([
    ['at once', 5 * HOUR, 5 * HOUR, true],
    ['an hour later', 5 * HOUR, 6 * HOUR, true],
    ['a day later', 5 * HOUR, 29 * HOUR, false],
    ['before it was said, as no platform tells it', 5 * HOUR, 5 * HOUR - 1, false],
    ['at a time that is not told', 5 * HOUR, Number.NaN, true],
    ['where it is not told when it was said', Number.NaN, 5 * HOUR, true],
  ])('a message edited %s', (_when, saidAt, editedAt, soon) => {
    expect(isSoonEdited(saidAt, editedAt)).toBe(soon);
  });
});
