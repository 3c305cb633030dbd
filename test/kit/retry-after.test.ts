import { retryAfterOf } from '../../src/kit/retry-after';

const asked = (headers: Readonly<Record<string, string>>, mostMs?: number): number | undefined =>
  retryAfterOf((name) => new Headers(headers).get(name), mostMs);

describe('when a server wants to be asked again', () => {
  beforeEach(() => jest.useFakeTimers({ now: Date.UTC(2026, 10, 28, 12, 0, 0) }));
  afterEach(() => jest.useRealTimers());

  it.each<[Readonly<Record<string, string>>, number | undefined]>([
    [{}, undefined],
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    [{ 'retry-after': 'Sat, 28 Nov 2026 12:00:09 GMT' }, 9_000],
    [{ 'retry-after': 'Sat, 28 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-3' }, undefined],
    [{ 'retry-after-ms': 'soon', 'retry-after': '7' }, 7_000],
  ])('%j is %j ms', (headers, ms) => {
    expect(asked(headers)).toBe(ms);
  });

  it('is no later than a bound that is given', () => {
    expect(asked({ 'retry-after': '86400' }, 300_000)).toBe(300_000);
    expect(asked({ 'retry-after': '7' }, 300_000)).toBe(7_000);
    expect(asked({}, 300_000)).toBeUndefined();
  });
});
