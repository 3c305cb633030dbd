import type { LedgerRow } from '../../../src/consent/chain/row';
import { EMPTY } from '../../../src/consent/chain/row';
import {
  type ChainReader,
  faultAtAGlance,
  followRows,
  type Glance,
  meetsHead,
  type ReadRow,
  verifyLedger,
} from '../../../src/consent/chain/verify';
import { LedgerError } from '../../../src/consent/ledger-error';
import { aSealedPerson, chainOf, sealedHead, seals, standingOf } from '../../support/chain';

const rows = chainOf([{ subject: 'ann' }, { subject: 'ben' }, { subject: 'ann', event: 'withdrawn' }]);
const headOf = (row: LedgerRow | undefined) => ({ seq: row?.seq ?? 0, hash: row?.hash ?? '' });
const wrong = (seq: number, code: string) => ({ intact: false, seq, code });
/** The chain with another row in place of one. */
const withRow = (at: number, change: Partial<LedgerRow> | undefined): readonly ReadRow[] =>
  rows.map((row, index) => (index === at ? change && { ...row, ...change } : row));

describe('rows that are followed', () => {
  it('are intact where each follows the one before it, and each of them is met once', () => {
    const met: number[] = [];
    expect(followRows(rows, EMPTY, ({ seq }) => met.push(seq))).toEqual({ intact: true, head: headOf(rows[2]) });
    expect(met).toEqual([1, 2, 3]);
    expect(followRows([], headOf(rows[0]))).toEqual({ intact: true, head: headOf(rows[0]) });
    expect(followRows(rows.slice(1), headOf(rows[0]))).toMatchObject({ intact: true });
  });

  it.each<[string, readonly ReadRow[], number, string]>([
    ['what is no row', withRow(1, undefined), 2, 'row-changed'],
    ['a row that says something else', withRow(1, { event: 'withdrawn' }), 2, 'row-changed'],
    ['a row with another hash', withRow(1, { hash: 'other' }), 2, 'row-changed'],
    ['a row that is gone', rows.filter(({ seq }) => seq !== 2), 2, 'row-missing'],
    ['the first row that is gone', rows.slice(1), 1, 'row-missing'],
    ['a row that follows another', withRow(2, { previous: 'other' }), 3, 'chain-broken'],
  ])('are told by the first that does not fit: %s', (_what, read, seq, code) => {
    const met: number[] = [];
    expect(followRows(read, EMPTY, (row) => met.push(row.seq))).toEqual(wrong(seq, code));
    expect(met).toEqual([1, 2, 3].slice(0, seq - 1));
  });
});

describe('the stored head', () => {
  const followed = followRows(rows, EMPTY);

  it('is where the chain ends; none is stored before the first row', () => {
    expect(meetsHead(followed, headOf(rows[2]))).toBe(followed);
    expect(meetsHead(followRows([], EMPTY), undefined)).toMatchObject({ intact: true, head: EMPTY });
  });

  it.each<[string, Parameters<typeof meetsHead>[1], number]>([
    ['rows were cut off', { seq: 5, hash: 'later' }, 4],
    ['rows were added', headOf(rows[1]), 3],
    ['the last was written again', { seq: 3, hash: 'other' }, 4],
    ['it tells another row of the same hash', { ...headOf(rows[2]), seq: 9 }, 4],
    ['it was taken away', undefined, 1],
  ])('tells where %s', (_where, head, seq) => {
    expect(meetsHead(followed, head)).toEqual(wrong(seq, 'head-differs'));
  });

  it('says nothing of rows that do not fit in themselves', () => {
    const broken = followRows(rows.slice(1), EMPTY);
    expect(meetsHead(broken, headOf(rows[2]))).toBe(broken);
  });
});

describe('a glance at a ledger', () => {
  const known = headOf(rows[2]);
  const fits: Glance = { schemaFits: true, hash: known.hash, noticesFit: true, head: sealedHead(rows) };

  it('finds nothing where all is as it was', () => {
    expect(faultAtAGlance(fits, known)).toBeUndefined();
    expect(faultAtAGlance({ ...fits, hash: undefined, head: undefined }, EMPTY)).toBeUndefined();
  });

  it.each<[string, Glance, object]>([
    ['tables that are not its own', { schemaFits: false }, wrong(3, 'schema-changed')],
    ['the known row that is gone', { ...fits, hash: undefined }, wrong(3, 'head-differs')],
    ['the known row that is another', { ...fits, hash: 'other' }, wrong(3, 'head-differs')],
    ['a notice that is not what its id says', { ...fits, noticesFit: false }, wrong(3, 'notice-changed')],
    ['such a notice before the first row', { ...fits, noticesFit: false, head: undefined }, wrong(0, 'notice-changed')],
  ])('finds %s', (_what, glance, fault) => {
    expect(faultAtAGlance(glance, known)).toEqual(fault);
  });
});

describe('a ledger that is verified', () => {
  const ann = aSealedPerson('ann', 3, [standingOf({ event: 'withdrawn' })]);
  const ben = aSealedPerson('ben', 2, [standingOf()]);
  const people = [ann, ben];

  function readerOf(wish: {
    readonly rows?: readonly ReadRow[];
    readonly head?: Awaited<ReturnType<ChainReader['rowsAfter']>>['head'] | 'none';
    readonly people?: readonly (typeof ann)[];
    readonly glance?: Glance;
    readonly unreadable?: unknown;
    readonly onRead?: () => void;
  }) {
    const read = wish.rows ?? rows;
    const asked: (readonly [call: string, ...with: unknown[]])[] = [];
    const head = wish.head === 'none' ? undefined : (wish.head ?? sealedHead(rows));
    const stored = wish.people ?? people;
    const reader: ChainReader = {
      async glance(seq) {
        asked.push(['glance', seq]);
        return wish.glance ?? { schemaFits: true, hash: rows[seq - 1]?.hash, noticesFit: true, head };
      },
      async rowsAfter(seq, most) {
        asked.push(['rows', seq]);
        wish.onRead?.();
        return { rows: read.slice(seq, seq + most), head };
      },
      async peopleAfter(subject, most) {
        asked.push(['people', subject, most]);
        if (wish.unreadable !== undefined) throw wish.unreadable;
        const next = stored.find((one) => one.subject > subject);
        if (next === undefined) return 'end';
        return {
          rows: rows.filter((row) => row.subject === next.subject).map((row) => ({ row, materialId: 'm' })),
          standings: new Map([[next.subject, next.standings]]),
          people: [next],
          upTo: next.subject,
        };
      },
    };
    return { reader, asked };
  }
  const verify = (wish: Parameters<typeof readerOf>[0], more: { signal?: AbortSignal; known?: typeof EMPTY } = {}) => {
    const { reader, asked } = readerOf(wish);
    const verified = verifyLedger(reader, { seals, known: EMPTY, signal: new AbortController().signal, ...more });
    return { verified, asked };
  };

  it('is intact where the rows, the head and the people fit, and everybody was looked at', async () => {
    const { verified, asked } = verify({}, { known: headOf(rows[0]) });
    expect(await verified).toEqual({ intact: true, head: headOf(rows[2]) });
    expect(asked).toEqual([
      ['glance', 1],
      ['rows', 0],
      ['people', '', 100],
      ['people', 'ann', 100],
      ['people', 'ben', 100],
    ]);
  });

  it('is intact where nothing was ever written', async () => {
    const { verified } = verify({ rows: [], head: 'none', people: [] });
    expect(await verified).toEqual({ intact: true, head: EMPTY });
  });

  it('is followed in slices to its very end', async () => {
    const many = chainOf(Array.from({ length: 1_001 }, (_, index) => ({ subject: `s${index}` })));
    const { verified, asked } = verify({ rows: many, head: sealedHead(many), people: [] });
    expect(await verified).toEqual({ intact: true, head: headOf(many[1_000]) });
    expect(asked.filter(([kind]) => kind === 'rows')).toEqual([
      ['rows', 0],
      ['rows', 500],
      ['rows', 1_000],
    ]);
    const whole = chainOf(Array.from({ length: 500 }, () => ({})));
    const once = verify({ rows: whole, head: sealedHead(whole), people: [] });
    expect(await once.verified).toMatchObject({ intact: true });
  });

  const { seal: _none, ...bare } = sealedHead(rows);
  const unsealed = { ...bare, seal: undefined };
  it.each<[string, Parameters<typeof verify>[0], object]>([
    ['its tables are others', { glance: { schemaFits: false } }, wrong(0, 'schema-changed')],
    ['a row of it was changed', { rows: withRow(1, { event: 'withdrawn' }) }, wrong(2, 'row-changed')],
    ['its head is another’s', { head: { ...bare, seal: Buffer.from('other') } }, wrong(3, 'head-differs')],
    [
      'its head is another’s, and somebody stands otherwise',
      { head: { ...bare, seal: Buffer.from('other') }, people: [aSealedPerson('ann', 3, [standingOf()]), ben] },
      wrong(3, 'head-differs'),
    ],
    ['it was cut off', { rows: rows.slice(0, 2) }, wrong(3, 'head-differs')],
    [
      'somebody stands otherwise',
      { people: [aSealedPerson('ann', 3, [standingOf()]), ben] },
      wrong(3, 'state-differs'),
    ],
    [
      'the last of its people stands otherwise',
      { people: [ann, aSealedPerson('ben', 2, [standingOf({ event: 'withdrawn' })])] },
      wrong(3, 'state-differs'),
    ],
    ['its people cannot be read', { unreadable: new LedgerError('broken') }, wrong(3, 'state-differs')],
    ['nobody ever sealed it', { head: unsealed }, wrong(3, 'head-unsealed')],
    [
      'nobody ever sealed it, nor its people',
      { head: unsealed, people: [{ ...ann, seal: undefined }, ben] },
      wrong(3, 'head-unsealed'),
    ],
    ['it was sealed, and not its people', { people: [{ ...ann, seal: undefined }, ben] }, wrong(3, 'state-differs')],
    [
      'nobody ever sealed it, and somebody stands otherwise',
      { head: unsealed, people: [aSealedPerson('ann', 3, [standingOf()]), ben] },
      wrong(3, 'state-differs'),
    ],
  ])('is not where %s', async (_where, wish, fault) => {
    expect(await verify(wish).verified).toEqual(fault);
  });

  it('is told of by no more than the disk where that fails', async () => {
    await expect(verify({ unreadable: new RangeError() }).verified).rejects.toThrow(RangeError);
  });

  it('is left as soon as nobody waits for it any more', async () => {
    const left = verify({}, { signal: AbortSignal.abort() });
    await expect(left.verified).rejects.toThrow('aborted');
    expect(left.asked).toEqual([['glance', 0]]);
    const stop = new AbortController();
    const { verified, asked } = verify({ onRead: () => stop.abort() }, { signal: stop.signal });
    await expect(verified).rejects.toThrow('aborted');
    expect(asked).toHaveLength(2);
  });
});
