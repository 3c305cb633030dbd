import type { LogFields } from '../../src/log/log';
import { createNoticeWatch } from '../../src/notices/watch';
import { aNotice, statement } from '../support/consent';

const DAY = 86_400_000;
const page = (words: string): Response => new Response(`<p>${words}</p><p>${'More of it. '.repeat(40)}</p>`);

describe('the weekly look at the sources', () => {
  let told: (readonly [string, LogFields | undefined])[];
  let asked: number;
  const note = (event: string, fields?: LogFields): void => void told.push([event, fields]);
  const log = { debug: note, info: note, warn: note, error: note };
  const notices = [aNotice('one', { statements: [{ ...statement, quote: 'Not used.' }] })];
  const watchOf = (answer: () => Promise<Response>, at = Date.parse('2026-06-01'), first = 0.5) =>
    createNoticeWatch({
      notices,
      fetch: () => {
        asked += 1;
        return answer();
      },
      log,
      now: () => at,
      random: () => first,
    });

  beforeEach(() => {
    told = [];
    asked = 0;
    jest.useFakeTimers();
  });
  afterEach(() => void jest.useRealTimers());

  it.each([0, 0.5, 0.999])('is after some minutes and within the hour, by chance %d', async (chance) => {
    const watch = watchOf(async () => page('Not used.'), undefined, chance);
    watch.start();
    await jest.advanceTimersByTimeAsync(299_999);
    expect(asked).toBe(0);
    await jest.advanceTimersByTimeAsync(3_300_001);
    expect(asked).toBe(1);
    watch.stop();
  });

  it('comes back every seven days', async () => {
    const watch = watchOf(async () => page('Not used.'));
    watch.start();
    expect(watch.findings()).toBeUndefined();
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toBe(1);
    expect(watch.findings()?.all).toMatchObject([{ vendor: 'one', key: 'training', state: 'unchanged' }]);
    await jest.advanceTimersByTimeAsync(7 * DAY);
    expect(asked).toBe(2);
    expect(told).toEqual([]);
    watch.stop();
  });

  it('tells the operator what changed, by a code, and changes nothing', async () => {
    const before = JSON.stringify(notices);
    const watch = watchOf(async () => page('Used.'));
    watch.start();
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(told).toEqual([['notice-source-changed', { vendor: 'one', code: 'training' }]]);
    expect(JSON.stringify(notices)).toBe(before);
    watch.stop();
  });

  it('does not take a failure for a change', async () => {
    const watch = watchOf(() => Promise.reject(new TypeError('fetch failed')));
    watch.start();
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(told).toEqual([['notice-source-unreachable', { vendor: 'one', code: 'training' }]]);
    watch.stop();
  });

  it('tells a month ahead which statements have to be read again', async () => {
    const watch = watchOf(async () => page('Not used.'), Date.parse('2026-12-10'));
    watch.start();
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(told).toEqual([['notice-review-due', { vendor: 'one', code: 'training' }]]);
    watch.stop();
  });

  it('tells of reviews also where no source is asked: by the switch, or since dejiren itself is the source', async () => {
    const own = aNotice('own', { statements: [{ ...statement, source: { title: 'dejiren', url: '' } }] });
    const parts = { notices: [own, ...notices], log, now: () => Date.parse('2027-02-01'), random: () => 0 };
    const watch = createNoticeWatch({ ...parts, fetch: undefined });
    watch.start();
    await jest.advanceTimersByTimeAsync(3_600_000);
    expect(told).toEqual([
      ['notice-review-due', { vendor: 'own', code: 'training' }],
      ['notice-review-due', { vendor: 'one', code: 'training' }],
    ]);
    expect([asked, watch.findings()]).toEqual([0, undefined]);
    watch.stop();
  });

  it('ends with the program', async () => {
    const watch = watchOf(async () => page('Not used.'));
    watch.start();
    watch.stop();
    await jest.advanceTimersByTimeAsync(8 * DAY);
    expect(asked).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });
});
