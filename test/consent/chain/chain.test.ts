import fc from 'fast-check';
import { BrokenLedger } from '../../../src/consent/chain/fault';
import { FollowedChain } from '../../../src/consent/chain/follow';
import { replay, replayFaultOf } from '../../../src/consent/chain/replay';
import { EMPTY, type LedgerRow } from '../../../src/consent/chain/row';
import type { SealedPerson } from '../../../src/consent/chain/seals';
import { followRows, meetsHead, verifyLedger } from '../../../src/consent/chain/verify';
import { LedgerError } from '../../../src/consent/ledger-error';
import { type Held, heldAfter, materialOf, readerOf, seals, sliceOf, steps, strange } from './history';

const never = new AbortController().signal;
const verify = (held: Held, known = EMPTY) => verifyLedger(readerOf(held), { seals, known, signal: never });
const subjectsOf = ({ rows, people }: Held) => [...new Set([...rows, ...people].map(({ subject }) => subject))];
const followed = (held: Held): FollowedChain => {
  const chain = new FollowedChain(seals);
  chain.follow(held.rows, held.head);
  return chain;
};
const codeOf = (work: () => unknown): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof BrokenLedger ? error.fault.code : error;
  }
};

/** Ways to change one row: of each field, a value of its kind. */
const changes: readonly ((row: LedgerRow) => LedgerRow)[] = [
  (row) => ({ ...row, at: row.at + 1 }),
  (row) => ({ ...row, subject: strange }),
  (row) => ({ ...row, tenant: 'T2' }),
  (row) => ({ ...row, event: row.event === 'granted' ? 'withdrawn' : 'granted' }),
  (row) => ({ ...row, vendor: `${row.vendor}x` }),
  (row) => ({ ...row, purpose: row.purpose === 'use' ? 'training' : 'use' }),
  (row) => ({ ...row, noticeId: 'other' }),
  (row) => ({ ...row, validUntil: row.validUntil + 1 }),
  (row) => ({ ...row, hash: '0'.repeat(63).concat('1') }),
  (row) => ({ ...row, previous: '0'.repeat(63).concat('1') }),
];

describe('a chain', () => {
  it('of any history is whole, and stands where its last row does', async () => {
    await fc.assert(
      fc.asyncProperty(steps(), async (history) => {
        const held = heldAfter(history);
        const last = held.rows.at(-1) ?? EMPTY;
        expect(await verify(held)).toEqual({ intact: true, head: { seq: last.seq, hash: last.hash } });
      }),
    );
  });

  it('tells of any row that was changed, removed, doubled or swapped, and from which one on', () => {
    const how = fc.constantFrom(...changes.keys(), 'remove' as const, 'double' as const, 'swap' as const);
    fc.assert(
      fc.property(steps(), fc.nat(), how, (history, pick, change) => {
        const { rows, head } = heldAfter(history);
        fc.pre(rows.length > 1);
        const at = pick % (rows.length - 1);
        const [row, next] = [rows[at], rows[at + 1]];
        if (row === undefined || next === undefined) throw new Error('no row');
        const edited =
          change === 'remove'
            ? rows.toSpliced(at, 1)
            : change === 'double'
              ? rows.toSpliced(at, 0, row)
              : change === 'swap'
                ? rows.toSpliced(at, 2, next, row)
                : rows.toSpliced(at, 1, changes[change]?.(row) ?? row);
        const found = meetsHead(followRows(edited, EMPTY), head);
        expect(found.intact).toBe(false);
        if (!found.intact) expect(found.seq).toBe(change === 'double' ? at + 2 : at + 1);
      }),
    );
  });

  it('tells of rows cut off its end, of a row that cannot be read, and of a head that is another', () => {
    fc.assert(
      fc.property(steps(), fc.nat(), (history, pick) => {
        const { rows, head } = heldAfter(history);
        fc.pre(rows.length > 0 && head !== undefined);
        const kept = pick % rows.length;
        const seq = kept + 1;
        const cut = meetsHead(followRows(rows.slice(0, kept), EMPTY), head);
        expect(cut).toEqual({ intact: false, seq, code: 'head-differs' });
        const unreadable = followRows(rows.with(kept, undefined as never), EMPTY);
        expect(unreadable).toEqual({ intact: false, seq, code: 'row-changed' });
        const other = meetsHead(followRows(rows, EMPTY), { seq: rows.length, hash: strange });
        expect(other).toMatchObject({ intact: false, code: 'head-differs' });
      }),
    );
  });

  it('is not told from another by its rows alone: each tenant’s stands for itself', async () => {
    await fc.assert(
      fc.asyncProperty(steps(), steps(), async (one, other) => {
        const [first, second] = [heldAfter(one), heldAfter(other, 'T2')];
        fc.pre(first.rows.length > 0 && second.rows.length > 0);
        expect([(await verify(first)).intact, (await verify(second)).intact]).toEqual([true, true]);
        expect(await verify({ ...first, rows: second.rows, head: second.head })).toMatchObject({ intact: false });
      }),
    );
  });

  it('is looked at until it is told to stop', async () => {
    const looking = verifyLedger(readerOf(heldAfter([])), { seals, known: EMPTY, signal: AbortSignal.abort() });
    await expect(looking).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('has to hold what it held when it was known', async () => {
    await fc.assert(
      fc.asyncProperty(steps(), fc.nat(), async (history, pick) => {
        const held = heldAfter(history);
        fc.pre(held.rows.length > 0);
        const known = held.rows[pick % held.rows.length];
        if (known === undefined) throw new Error('no row');
        expect(await verify(held, known)).toMatchObject({ intact: true });
        const rewritten = { seq: known.seq, hash: strange };
        expect(await verify(held, rewritten)).toEqual({ intact: false, seq: known.seq, code: 'head-differs' });
      }),
    );
  });

  it('is told as unsealed or another’s by its head, where all of it fits', async () => {
    const held = heldAfter([{ who: 0, event: 'granted', vendor: 'one', purpose: 'use', noticeId: 'n1' }]);
    if (held.head === undefined) throw new Error('no head');
    const unsealed = { ...held, head: { ...held.head, seal: undefined } };
    expect(await verify(unsealed)).toEqual({ intact: false, seq: 1, code: 'head-unsealed' });
    const forged = { ...held, head: { ...held.head, seal: Buffer.alloc(32) } };
    expect(await verify(forged)).toEqual({ intact: false, seq: 1, code: 'head-differs' });
  });

  it('cannot be read where its people cannot, which is told from a store that fails', async () => {
    const reader = readerOf(heldAfter([]));
    const parts = { seals, known: EMPTY, signal: never };
    const odd = { ...reader, peopleAfter: () => Promise.reject(new LedgerError('broken')) };
    expect(await verifyLedger(odd, parts)).toMatchObject({ intact: false, code: 'state-differs' });
    const failing = { ...reader, peopleAfter: () => Promise.reject(new TypeError('no store')) };
    await expect(verifyLedger(failing, parts)).rejects.toThrow('no store');
  });
});

describe('how people stand', () => {
  it('is the same row by row as replayed from all of the rows', () => {
    fc.assert(
      fc.property(steps(), (history) => {
        const held = heldAfter(history);
        const replayed = replay(held.rows.map((row) => ({ row, materialId: materialOf(row.noticeId) })));
        const stored = held.people.flatMap(({ subject, standings }) =>
          standings.map(({ vendor, purpose, ...standing }): [string, unknown] => [
            `${subject}\n${vendor}\n${purpose}`,
            { ...standing, materialId: materialOf(standing.noticeId) },
          ]),
        );
        expect(replayed?.standings).toEqual(new Map(stored));
        expect(replayFaultOf(sliceOf(held, subjectsOf(held)), seals, false)).toBeUndefined();
      }),
    );
  });

  const edits: readonly (readonly [string, (person: SealedPerson) => SealedPerson, unknown])[] = [
    ['a seal', (person) => ({ ...person, seal: Buffer.alloc(32) }), 'state-differs'],
    ['no seal', (person) => ({ ...person, seal: undefined }), 'state-differs'],
    ['the newest row', (person) => ({ ...person, seq: person.seq + 1 }), 'state-differs'],
    ['a key', (person) => ({ ...person, key: Buffer.alloc(32, 77) }), 'subject-changed'],
    ['a place', (person) => ({ ...person, lookup: Buffer.alloc(32, 77) }), 'subject-changed'],
    ['no standing', (person) => ({ ...person, standings: person.standings.slice(1) }), 'state-differs'],
  ];

  it.each(edits)('is found to be another by %s, replayed and read', (_name, change, code) => {
    fc.assert(
      fc.property(steps(), fc.nat(), (history, pick) => {
        const held = heldAfter(history);
        fc.pre(held.people.length > 0);
        const at = pick % held.people.length;
        const person = held.people[at];
        if (person === undefined) throw new Error('nobody');
        const edited = { ...held, people: held.people.with(at, change(person)) };
        expect(replayFaultOf(sliceOf(edited, subjectsOf(edited)), seals, false)).toBe(code);
        expect(codeOf(() => followed(held).believe(change(person)))).toBe(code);
        expect(codeOf(() => followed(held).believe(person))).toBeUndefined();
      }),
    );
  });

  it('is missed where somebody was taken out, and known where somebody erased was brought back', () => {
    fc.assert(
      fc.property(steps(), fc.nat(), (history, pick) => {
        const held = heldAfter(history);
        fc.pre(held.people.length > 0);
        const gone = held.people[pick % held.people.length];
        if (gone === undefined) throw new Error('nobody');
        const without: Held = { ...held, people: held.people.filter((one) => one !== gone) };
        const slice = { ...sliceOf(held, subjectsOf(held)), people: without.people };
        expect(replayFaultOf(slice, seals, false)).toBe('subject-missing');
        expect(codeOf(() => followed(held).believeCount(without.people.length))).toBe('subject-missing');

        const who = history.find((_step, index) => heldAfter(history.slice(0, index + 1)).people.length > 0)?.who ?? 0;
        const erased = heldAfter([...history, { who, event: 'erased', vendor: '', purpose: 'use', noticeId: '' }]);
        const back = held.people.find(({ subject }) => erased.people.every((one) => one.subject !== subject));
        if (back === undefined) return;
        const returned = { ...erased, people: [...erased.people, back] };
        expect(['subject-returned', 'state-differs']).toContain(
          replayFaultOf(sliceOf(returned, [back.subject]), seals, false),
        );
        expect(codeOf(() => followed(erased).believe(back))).toBe('subject-returned');
      }),
    );
  });

  it('is replayed for nobody who comes back after an erasure under the same pseudonym', () => {
    const { rows } = heldAfter([
      { who: 0, event: 'granted', vendor: 'one', purpose: 'use', noticeId: 'n1' },
      { who: 0, event: 'erased', vendor: '', purpose: 'use', noticeId: '' },
    ]);
    const [granted, erased] = rows;
    if (granted === undefined || erased === undefined) throw new Error('no rows');
    const judged = [granted, erased, granted].map((row) => ({ row, materialId: '' }));
    expect(replay(judged)).toBeUndefined();
  });
});

describe('a chain that is followed', () => {
  it('is at the same place however many at a time its rows come', () => {
    fc.assert(
      fc.property(steps(), fc.array(fc.nat(30)), (history, cuts) => {
        const held = heldAfter(history);
        const chain = new FollowedChain(seals);
        for (const end of [...cuts.map((cut) => Math.min(cut, held.rows.length)), held.rows.length].sort(
          (one, other) => one - other,
        )) {
          const rows = held.rows.slice(chain.head.seq, end);
          const last = held.rows[end - 1];
          chain.follow(rows, last && { seq: last.seq, hash: last.hash, seal: seals.ofHead(last) });
        }
        expect(chain.head).toEqual(followed(held).head);
        expect(chain.people).toBe(held.people.length);
        expect(chain.isAt(held.rows.at(-1) ?? EMPTY)).toBe(true);
        for (const person of held.people) expect(codeOf(() => chain.believe(person))).toBeUndefined();
      }),
    );
  });

  it('places rows as they are followed elsewhere, and forgets those that were rolled back', () => {
    fc.assert(
      fc.property(steps(), fc.array(fc.boolean()), (history, keeps) => {
        const held = heldAfter(history);
        const chain = new FollowedChain(seals);
        for (const row of held.rows) {
          const { seq, previous, hash, ...content } = row;
          if (keeps[seq % (keeps.length + 1)]) {
            chain.append(content);
            chain.append(content);
            chain.rolledBack();
          }
          expect(chain.append(content)).toEqual(row);
          expect(chain.head).toEqual({ seq: seq - 1, hash: previous });
          chain.committed();
          expect(chain.head).toEqual({ seq, hash });
        }
        expect(chain.people).toBe(held.people.length);
      }),
    );
  });

  it('takes no head that another installation wrote, or nobody', () => {
    const held = heldAfter([{ who: 0, event: 'granted', vendor: 'one', purpose: 'use', noticeId: 'n1' }]);
    if (held.head === undefined) throw new Error('no head');
    const head = { ...held.head };
    const follow = (seal: Uint8Array | undefined) => () =>
      new FollowedChain(seals).follow(held.rows, { ...head, seal });
    expect(codeOf(follow(Buffer.alloc(32)))).toBe('head-differs');
    expect(codeOf(follow(undefined))).toBe('head-unsealed');
    expect(codeOf(() => new FollowedChain(seals).follow(held.rows, undefined))).toBe('head-differs');
  });
});
