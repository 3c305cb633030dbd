import type { LogFields } from '../../src/log/log';
import { createMeters } from '../../src/metrics/metered-log';
import { registerNoticeGauge } from '../../src/metrics/notice-gauge';

describe('the metrics', () => {
  let told: (readonly [string, LogFields | undefined])[];
  const note = (event: string, fields?: LogFields): void => void told.push([event, fields]);
  const meters = () => createMeters({ debug: note, info: note, warn: note, error: note });
  beforeEach(() => {
    told = [];
  });

  it('count what the log tells, and tell it on', async () => {
    const { log, text } = meters();
    log.info('turn-ended', { code: 'answered', vendor: 'openai', platform: 'slack', durationMs: 1_500, count: 3 });
    log.warn('vendor-failed', { code: 'overloaded', vendor: 'openai', requestId: 'req_canary', status: 503 });
    log.debug('first-words-visible', { durationMs: 3 });
    const page = await text();
    expect(page).toContain(
      'dejiren_events_total{event="turn-ended",code="answered",vendor="openai",platform="slack"} 1',
    );
    expect(page).toContain(
      'dejiren_events_total{event="vendor-failed",code="overloaded",vendor="openai",platform=""} 1',
    );
    expect(page).toContain('dejiren_turn_seconds_bucket{le="2",code="answered",vendor="openai",platform="slack"} 1');
    expect(page).not.toContain('first-words-visible');
    expect(told.map(([event]) => event)).toEqual(['turn-ended', 'vendor-failed', 'first-words-visible']);
  });

  it('count values that were found in questions, by kind', async () => {
    const { log, text } = meters();
    log.info('redaction-found', { code: 'email', count: 2, platform: 'slack' });
    log.info('redaction-found', { code: 'email', count: 1, platform: 'teams' });
    expect(await text()).toContain('dejiren_redactions_total{kind="email"} 3');
  });

  it('have labels of a fixed list, and no request id, no host and no odd code among their values', async () => {
    const { log, text } = meters();
    log.error('slack-removed', { code: 'odd "code" \n canary', requestId: 'canary', path: '/canary' });
    const page = await text();
    expect(page).not.toContain('canary');
    const labels = [...page.matchAll(/[{,](\w+)="/gu)].map(([, name]) => name ?? '');
    expect([...new Set(labels)].sort()).toEqual(['code', 'event', 'platform', 'vendor']);
  });

  it('have no more different values than so many, whatever comes in', async () => {
    const { log, text } = meters();
    const letters = (at: number): string => [...String(at)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
    for (let at = 0; at < 5_000; at += 1)
      log.info('turn-ended', {
        code: `code-${letters(at)}`,
        vendor: `v-${letters(at)}`,
        platform: letters(at),
        durationMs: 1,
      });
    log.info('turn-ended', { code: 'hunter2-canary', vendor: 'canary 1', platform: '__proto__' });
    const page = await text();
    expect(page).not.toContain('canary');
    for (const [label, most] of [
      ['code', 301],
      ['vendor', 22],
      ['platform', 12],
    ] as const)
      expect(
        new Set([...page.matchAll(new RegExp(`[{,]${label}="([^"]*)"`, 'gu'))].map(([, value]) => value)).size,
      ).toBeLessThanOrEqual(most);
  });

  it('tell in which state the sources of the notices were found', async () => {
    const { registry, text } = meters();
    const finding = { vendor: 'one', key: 'training', url: 'https://v.example/', reviewBy: '2027-01-01' } as const;
    let state: 'unchanged' | 'changed' = 'unchanged';
    registerNoticeGauge(registry, () => [{ ...finding, state }]);
    expect(await text()).toContain('dejiren_notice_source{vendor="one",statement="training",state="unchanged"} 1');
    state = 'changed';
    const page = await text();
    expect(page).toContain('state="changed"} 1');
    expect(page).not.toContain('state="unchanged"} 1');
  });

  it('goes on where a line cannot be written', () => {
    const full = (): never => {
      throw new Error('ENOSPC');
    };
    const { log } = createMeters({ debug: full, info: full, warn: full, error: full });
    for (const level of ['debug', 'info', 'warn', 'error'] as const)
      expect(() => log[level]('turn-ended')).not.toThrow();
  });
});
