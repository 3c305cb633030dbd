import { checkJson, checkLines, checkStatus, diffLines, overdueLines, servedSince } from '../../src/cli/notices';
import type { SourceFinding, SourceState } from '../../src/notices/check-sources';
import { aNotice, statement } from '../support/consent';

const found = (state: SourceState, reviewBy = '2027-01-01'): SourceFinding => {
  return { vendor: 'one', key: 'training', url: 'https://vendor.example/privacy', state, reviewBy };
};

describe('dejiren notices check', () => {
  it('shows what changed first, with its address, and counts', () => {
    const lines = checkLines([found('unchanged'), found('no-quote'), found('changed', '2026-01-01')], '2026-06-01');
    expect(lines[0]).toContain('✗ changed');
    expect(lines[0]).toContain('review was due on 1 Jan 2026');
    expect(lines[1]).toContain('https://vendor.example/privacy');
    expect(lines.at(-1)).toBe('1 unchanged, 1 changed, 0 not checked, 1 without a quote.');
  });

  it('tells programs the same, with what is past its review date', () => {
    const told: unknown = JSON.parse(checkJson([found('changed', '2026-01-01'), found('unchanged')], '2026-06-01'));
    expect(told).toMatchObject([
      { vendor: 'one', key: 'training', state: 'changed', pastReview: true },
      { state: 'unchanged', pastReview: false },
    ]);
  });

  it('tells which vendors nothing is sent to any more, also where dejiren itself is the source', () => {
    const own = { ...statement, source: { title: 'dejiren', url: '' } };
    const notices = [aNotice('own', { statements: [own, { ...own, key: 'retention', reviewBy: '2027-02-02' }] })];
    expect(overdueLines(notices, '2027-01-01')).toEqual([]);
    expect(overdueLines(notices, '2027-01-02')).toEqual([
      expect.stringContaining('review was due on 1 Jan 2027 · own: nothing is sent'),
    ]);
  });

  it.each<[readonly SourceState[], number]>([
    [['unchanged', 'no-quote'], 0],
    [['unchanged', 'unreachable'], 0],
    [['unchanged', 'changed', 'unreachable'], 1],
    [['unreachable', 'no-quote'], 2],
    [['no-quote'], 0],
    [[], 0],
  ])('ends of %j with %i', (states, status) => {
    expect(checkStatus(states.map((state) => found(state)))).toBe(status);
  });
});

describe('dejiren notices diff', () => {
  const agreed = aNotice('one');

  it('begins with the notices that people agreed to last, or with the one that is told by its number', async () => {
    const withdrawn = aNotice('two');
    const ledger = {
      noticesAgreedTo: async () => [agreed],
      notice: async (id: string) => (id === withdrawn.id ? withdrawn : undefined),
    };
    expect(await servedSince(undefined, ledger)).toEqual([agreed]);
    expect(await servedSince(agreed.id.slice(0, 12), ledger)).toEqual([agreed]);
    expect(await servedSince(withdrawn.id, ledger)).toEqual([withdrawn]);
    for (const strange of ['', agreed.id.slice(0, 7), 'f'.repeat(64)])
      expect(await servedSince(strange, ledger)).toBeUndefined();
  });

  it('says that nobody agreed, that a notice is in force, and that a vendor is gone', () => {
    expect(diffLines([], new Map())).toEqual(['Nobody has agreed to a notice yet.']);
    expect(diffLines([agreed], new Map([['one', agreed]]))[0]).toContain('in force');
    expect(diffLines([agreed], new Map())[0]).toContain('no longer set up');
  });

  it('shows what the notice in force says otherwise, and whether people are asked', () => {
    const text = { en: 'Yes, it is used.', ja: '使います。' };
    const material = aNotice('one', { statements: [{ ...statement, value: 'yes', text }] }, { region: 'us' });
    const lines = diffLines([agreed], new Map([['one', material]]));
    expect(lines[0]).toContain('people are asked again');
    expect(lines).toEqual(expect.arrayContaining(['    - jp', '    + us', '    + Yes, it is used.']));
    const dates = aNotice('one', { statements: [{ ...statement, checkedOn: '2026-02-02' }] });
    expect(diffLines([agreed], new Map([['one', dates]]))).toEqual([
      expect.stringContaining('people are informed'),
      '    dates and sources only',
    ]);
  });
});
