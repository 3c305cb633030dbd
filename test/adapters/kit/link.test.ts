import { createLink, type LinkParts } from '../../../adapters/kit/link';
import { allWork } from '../../../src/model/link';

describe('a way to a platform', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function open(more: Partial<LinkParts> = {}) {
    const lines: string[] = [];
    const log = (event: string, fields: object = {}): void => void lines.push(`${event} ${JSON.stringify(fields)}`);
    const parts = { platform: 'slack', name: 'socket', needed: true, now: () => Date.now() } as const;
    const link = createLink({ ...parts, log: { debug: log, info: log, warn: log, error: log }, ...more });
    return { link, lines };
  }

  it('is lost until something worked, and says nothing when that comes at once', () => {
    const { link, lines } = open();
    expect(link.lost).toBe('connecting');
    link.works();
    expect([link.lost, lines]).toEqual([undefined, []]);
  });

  it('is a line when it is lost and a line when it is back, whatever happens in between', () => {
    const { link, lines } = open();
    link.works();
    link.lose('link_disabled');
    link.lose('link_disabled');
    jest.advanceTimersByTime(5_000);
    link.works();
    link.works();
    expect(lines).toEqual([
      'platform-lost {"platform":"slack","method":"socket","code":"link_disabled"}',
      'platform-back {"platform":"slack","method":"socket","durationMs":5000}',
    ]);
    link.lose('link_disabled');
    expect(lines).toHaveLength(3);
  });

  it('is not lost by a call or two without an answer', () => {
    const { link } = open({ trusted: true });
    link.unanswered();
    link.unanswered();
    expect(link.lost).toBeUndefined();
    link.works();
    link.unanswered();
    link.unanswered();
    expect(link.lost).toBeUndefined();
    link.unanswered();
    expect(link.lost).toBe('unreachable');
  });

  it('is tried while it is lost, ever more slowly, and no more once it works or is closed', async () => {
    let tried = 0;
    let comesBack = false;
    const { link } = open({
      probe: async () => {
        tried += 1;
        if (comesBack) link.works();
        else link.lose('unreachable');
      },
    });
    link.lose('unreachable');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(tried).toBe(1);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(tried).toBeGreaterThanOrEqual(6);
    // With every pause at its shortest: four while they grow, then one in seven and a half seconds.
    expect(tried).toBeLessThanOrEqual(20);
    comesBack = true;
    await jest.advanceTimersByTimeAsync(30_000);
    const sofar = tried;
    expect(link.lost).toBeUndefined();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(tried).toBe(sofar);
    comesBack = false;
    link.lose('token_revoked');
    link.close();
    await jest.advanceTimersByTimeAsync(120_000);
    expect([tried, jest.getTimerCount()]).toEqual([sofar, 0]);
  });

  it('counts against the platform only where nobody can be answered without it', () => {
    const graph = { name: 'graph', needed: false, lost: 'unreachable' };
    expect(allWork([graph, { name: 'token', needed: true, lost: undefined }])).toBe(true);
    expect(allWork([graph, { name: 'token', needed: true, lost: 'refused' }])).toBe(false);
  });
});
