import { ledgerJson, reportCsv, reportJson, reportText, rowsCsv } from '../../src/cli/ledger-report';
import type { DecisionCount } from '../../src/consent/audit';
import { GENESIS, hashRow, type LedgerRow } from '../../src/consent/chain/row';
import { collect, each } from '../support/collect';
import { aNotice } from '../support/consent';

const head = { seq: 2, hash: 'f'.repeat(64) };
const decision: DecisionCount = {
  month: '2026-11',
  vendor: 'openai',
  purpose: 'use',
  event: 'granted',
  mode: 'opt-in',
  count: 12,
};
const standing = { vendor: 'openai', purpose: 'use', event: 'granted', people: 4 } as const;
const row: Omit<LedgerRow, 'hash'> = {
  seq: 1,
  at: 1,
  subject: 's',
  platform: 'slack',
  tenant: 'T"1,2',
  event: 'granted',
  vendor: 'openai',
  purpose: 'use',
  noticeId: 'n',
  mode: 'opt-in',
  surface: 'command',
  language: 'en',
  actor: 'self',
  validUntil: 2,
  previous: GENESIS,
};
const whole = { ...row, hash: hashRow(row) };

describe('the report of the ledger', () => {
  it('is a table that a person reads, with small counts marked and explained', () => {
    const erased = { ...decision, event: 'erased', vendor: '', count: 5 } as const;
    const text = reportText({ head, decisions: [decision, erased], standings: [standing] });
    expect(text).toEqual([
      'The ledger has 2 rows.',
      '',
      'People by their latest decision (an agreement may have expired since):',
      '  vendor  purpose  event    people',
      '  openai  use      granted  4*',
      '',
      'Decisions by month (UTC):',
      '  month    vendor  purpose  event    mode    count',
      '  2026-11  openai  use      granted  opt-in  12',
      '  2026-11  –       use      erased   opt-in  5',
      '',
      '* fewer than 5: in a small organisation this may identify a person.',
    ]);
    const none = reportText({ head, decisions: [], standings: [] });
    expect([none[3], none.length]).toEqual(['  none', 7]);
  });

  it('is the same for programs, as CSV and as JSON', () => {
    const small = { ...decision, count: 4 };
    expect(reportCsv({ head, decisions: [decision, small], standings: [] }).join('\n')).toBe(
      'month,vendor,purpose,event,mode,count,small\r\n2026-11,openai,use,granted,opt-in,12,false\r\n2026-11,openai,use,granted,opt-in,4,true\r',
    );
    expect(JSON.parse(reportJson({ head, decisions: [small], standings: [standing] }).join('\n'))).toEqual({
      head,
      decisions: [{ ...small, small: true }],
      standings: [{ ...standing, small: true }],
    });
  });
});

describe('the export of the ledger', () => {
  const read = async (lines: AsyncIterable<string>) => JSON.parse((await collect(lines)).join('\n'));

  it('as CSV has every field that is hashed, with what holds a comma in quotes', async () => {
    const [titles = '', line] = await collect(rowsCsv(each(whole)));
    expect(titles.trimEnd().split(',').sort()).toEqual(Object.keys(whole).sort());
    expect(line).toContain(',"T""1,2",granted,');
  });

  it('as JSON lets anybody hash the rows again', async () => {
    const { rows, notices } = await read(ledgerJson(head, each(whole, whole), each(aNotice('one'))));
    expect(rows.map(hashRow)).toEqual([whole.hash, whole.hash]);
    expect(notices).toEqual([JSON.parse(JSON.stringify(aNotice('one')))]);
    expect(await read(ledgerJson(head, each(), each()))).toEqual({ head, rows: [], notices: [] });
  });
});
