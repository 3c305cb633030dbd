import type { Finding } from '../../../src/prove/judge/findings';
import { plantPlan } from '../../../src/prove/plan/plan';
import { htmlPage } from '../../../src/prove/report/html';
import { EXIT_STATUS, isUnchanged, type ReportParts, reportOf } from '../../../src/prove/report/report';
import { terminalLines } from '../../../src/prove/report/terminal';
import type { RunResult } from '../../../src/prove/run-stand';

describe('the report of a trial', () => {
  const result: RunResult = {
    plan: plantPlan('system-calls'),
    findings: [],
    troubles: [],
    settings: { OPENAI_API_KEY: 'set', DEJIREN_CONSENT_MODE: 'opt-in' },
    seen: {
      systemCalls: 12,
      permittedWrites: 3,
      vendorRequests: 2,
      filesChanged: ['/data/.dejiren/dejiren.db'],
      rows: 4,
      streamBytes: 5,
      pages: 6,
      answers: 7,
      connected: [],
      memoryBytes: 0,
    },
  };
  const finding: Finding = {
    kind: 'file',
    run: 'a run',
    place: '/tmp/<b>x</b>',
    fields: ['prompt'],
    cases: ['aaa'],
    forms: ['plain'],
  };
  const parts: ReportParts = {
    form: 'quick',
    startedAt: '2026-11-25T00:00:00.000Z',
    seconds: 1.5,
    versions: { dejiren: '0.1.0', 'dist/dejiren.js': 'ab'.repeat(32), Node: '24.0.0' },
    notWatched: ['system calls: no strace'],
    results: [result],
  };

  it.each([
    ['held', [result], 0],
    ['broken', [{ ...result, findings: [finding], troubles: ['one question was not tried'] }], 1],
    ['not-tried', [{ ...result, troubles: ['one question was not tried'] }], 2],
    ['not-tried', [], 2],
  ] as const)('says %s, and so does the exit status', (verdict, results, status) => {
    const report = reportOf({ ...parts, results });
    expect([report.verdict, EXIT_STATUS[report.verdict]]).toEqual([verdict, status]);
  });

  it('shows by its hash when a word of it was changed, in JSON read back as well', () => {
    const report = reportOf(parts);
    const read = JSON.parse(JSON.stringify(report)) as typeof report;
    expect(isUnchanged(read)).toBe(true);
    expect(isUnchanged({ ...read, verdict: 'broken' })).toBe(false);
    expect(isUnchanged({ ...read, seconds: 2 })).toBe(false);
  });

  it('has one fingerprint for the same settings, and another for others', () => {
    const of = (settings: Readonly<Record<string, string>>): string =>
      reportOf({ ...parts, results: [{ ...result, settings }] }).settingsFingerprint;
    expect(of({ A: '1', B: '2' })).toBe(of({ B: '2', A: '1' }));
    expect(of({ A: '1', B: '2' })).not.toBe(of({ A: '1', B: '3' }));
  });

  it('tells in a terminal what was found, and what was not watched', () => {
    const lines = terminalLines(reportOf({ ...parts, results: [{ ...result, findings: [finding] }] })).join('\n');
    for (const words of ['A PROMISE WAS BROKEN', 'a question lies in a file', 'NOT WATCHED: system calls', 'OpenAI'])
      expect(lines).toContain(words);
  });

  it('is one page that asks for nothing, and shows foreign signs as they are', () => {
    const page = htmlPage(reportOf({ ...parts, results: [{ ...result, findings: [finding] }] }));
    expect(page).not.toMatch(/<script|https?:\/\/|<link|@import|<b>x/u);
    expect(page).toContain('&lt;b&gt;x&lt;/b&gt;');
    expect(page).toContain('A promise was broken');
  });
});
