import fc from 'fast-check';
import type { Decision } from '../../src/consent/consent';
import { type ConsentFacts, decide } from '../../src/consent/decide';

const granted = { event: 'granted', change: 'none', expired: false } as const;
/** Somebody who agreed, where nothing stands against it. */
const agreed: ConsentFacts = {
  ledger: 'intact',
  blocked: false,
  residency: 'not-required',
  notice: 'in-force',
  author: 'member',
  externalsAdmitted: false,
  mode: 'opt-in',
  purpose: 'use',
  record: granted,
};
const deny = (reason: Extract<Decision, { kind: 'deny' }>['reason']): Decision => ({ kind: 'deny', reason });
const ask = (reason: Extract<Decision, { kind: 'ask' }>['reason']): Decision => ({ kind: 'ask', reason });

const facts: fc.Arbitrary<ConsentFacts> = fc.record({
  ledger: fc.constantFrom('intact', 'unavailable'),
  blocked: fc.boolean(),
  residency: fc.constantFrom('proven', 'unproven', 'not-required'),
  notice: fc.constantFrom('in-force', 'missing', 'past-review'),
  author: fc.constantFrom('member', 'guest', 'external', 'bot', 'unknown'),
  externalsAdmitted: fc.boolean(),
  mode: fc.constantFrom('opt-in', 'opt-out'),
  purpose: fc.constantFrom('use', 'training'),
  record: fc.oneof(
    fc.constant({ event: 'none' } as const),
    fc.constant({ event: 'withdrawn' } as const),
    fc.record({
      event: fc.constant('notice-shown' as const),
      change: fc.constantFrom('none', 'editorial', 'material'),
    }),
    fc.record({
      event: fc.constant('granted' as const),
      change: fc.constantFrom('none', 'editorial', 'material'),
      expired: fc.boolean(),
    }),
  ),
});

describe('decide', () => {
  it.each<readonly [string, Partial<ConsentFacts>, Decision]>([
    ['1: the ledger cannot be read', { ledger: 'unavailable' }, deny('ledger-unavailable')],
    ['2: the organisation blocks it', { blocked: true }, deny('blocked')],
    ['3: residency is not proven', { residency: 'unproven' }, deny('residency')],
    ['4: there is no notice', { notice: 'missing' }, deny('notice-missing')],
    ['4: the notice is past its review date', { notice: 'past-review' }, deny('notice-expired')],
    ['5: the author is a bot', { author: 'bot' }, deny('not-a-person')],
    ['5: the author is unknown', { author: 'unknown' }, deny('standing-unknown')],
    ['6: a guest, not admitted', { author: 'guest' }, deny('external')],
    ['6: a stranger, not admitted', { author: 'external' }, deny('external')],
    [
      '6: a guest, admitted, who agreed',
      { author: 'guest', externalsAdmitted: true },
      { kind: 'allow', basis: 'consent', inform: false },
    ],
    [
      '6: a guest, admitted, in opt-out mode',
      { author: 'guest', externalsAdmitted: true, mode: 'opt-out', record: { event: 'notice-shown', change: 'none' } },
      ask('first'),
    ],
    ['7: the person withdrew', { record: { event: 'withdrawn' } }, deny('withdrawn')],
    [
      '7: the person opted out, in opt-out mode',
      { mode: 'opt-out', record: { event: 'withdrawn' } },
      deny('withdrawn'),
    ],
    ['8: the notice changed in a material way', { record: { ...granted, change: 'material' } }, ask('notice-changed')],
    [
      '8: the notice changed in wording only',
      { record: { ...granted, change: 'editorial' } },
      { kind: 'allow', basis: 'consent', inform: true },
    ],
    ['9: the grant expired', { record: { ...granted, expired: true } }, ask('expired')],
    ['10: no record', { record: { event: 'none' } }, ask('first')],
    ['10: the notice was shown, in opt-in mode', { record: { event: 'notice-shown', change: 'none' } }, ask('first')],
    [
      '11: the notice was shown, in opt-out mode',
      { mode: 'opt-out', record: { event: 'notice-shown', change: 'none' } },
      { kind: 'allow', basis: 'notice-shown', inform: false },
    ],
    ['11: the notice was not shown, in opt-out mode', { mode: 'opt-out', record: { event: 'none' } }, ask('first')],
    [
      '11: another notice was shown, in opt-out mode',
      { mode: 'opt-out', record: { event: 'notice-shown', change: 'material' } },
      ask('notice-changed'),
    ],
    [
      '12: training without a grant, in opt-out mode',
      { mode: 'opt-out', purpose: 'training', record: { event: 'notice-shown', change: 'none' } },
      ask('training'),
    ],
    ['12: training with a grant', { purpose: 'training' }, { kind: 'allow', basis: 'consent', inform: false }],
    ['13: granted and current', {}, { kind: 'allow', basis: 'consent', inform: false }],
  ])('row %s', (_row, change, decision) => {
    expect(decide({ ...agreed, ...change })).toEqual(decision);
  });

  it('lets the first row that matches win', () => {
    expect(decide({ ...agreed, ledger: 'unavailable', blocked: true, record: { event: 'withdrawn' } })).toEqual(
      deny('ledger-unavailable'),
    );
    expect(decide({ ...agreed, blocked: true, notice: 'missing' })).toEqual(deny('blocked'));
    expect(decide({ ...agreed, author: 'bot', record: { event: 'withdrawn' } })).toEqual(deny('not-a-person'));
  });

  it('allows nothing without a current grant, or a shown notice in opt-out mode', () => {
    fc.assert(
      fc.property(facts, (case_) => {
        const decision = decide(case_);
        if (decision.kind !== 'allow') return;
        const { record, mode, purpose, author } = case_;
        const current = record.event === 'granted' && !record.expired && record.change !== 'material';
        const shown =
          record.event === 'notice-shown' &&
          record.change !== 'material' &&
          mode === 'opt-out' &&
          purpose === 'use' &&
          author === 'member';
        expect(current || shown).toBe(true);
        expect(decision.basis).toBe(current ? 'consent' : 'notice-shown');
      }),
      { numRuns: 5_000 },
    );
  });

  it('is only ever narrowed by what the organisation decides', () => {
    const rank = { deny: 0, ask: 1, allow: 2 };
    fc.assert(
      fc.property(facts, (case_) => {
        const blocked = decide({ ...case_, blocked: true });
        const strict = decide({ ...case_, externalsAdmitted: false });
        expect(blocked.kind).toBe('deny');
        expect(rank[strict.kind]).toBeLessThanOrEqual(rank[decide({ ...case_, externalsAdmitted: true }).kind]);
        expect(rank[decide({ ...case_, mode: 'opt-in' }).kind]).toBeLessThanOrEqual(
          rank[decide({ ...case_, mode: 'opt-out' }).kind],
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('answers every case there is as the table reads', () => {
    let cases = 0;
    for (const case_ of everyCase()) {
      cases += 1;
      const expected = asTheTableReads(case_);
      const decision = decide(case_);
      if (JSON.stringify(decision) !== JSON.stringify(expected)) expect([case_, decision]).toEqual([case_, expected]);
    }
    expect(cases).toBe(2 * 2 * 3 * 3 * 5 * 2 * 2 * 2 * 11);
  });
});

const CHANGES = ['none', 'editorial', 'material'] as const;
const RECORDS: readonly ConsentFacts['record'][] = [
  { event: 'none' },
  { event: 'withdrawn' },
  ...CHANGES.map((change) => ({ event: 'notice-shown' as const, change })),
  ...CHANGES.flatMap((change) => [true, false].map((expired) => ({ event: 'granted' as const, change, expired }))),
];

function* everyCase(): Generator<ConsentFacts> {
  for (const ledger of ['intact', 'unavailable'] as const)
    for (const blocked of [true, false])
      for (const residency of ['proven', 'unproven', 'not-required'] as const)
        for (const notice of ['in-force', 'missing', 'past-review'] as const)
          for (const author of ['member', 'guest', 'external', 'bot', 'unknown'] as const)
            for (const externalsAdmitted of [true, false])
              for (const mode of ['opt-in', 'opt-out'] as const)
                for (const purpose of ['use', 'training'] as const)
                  for (const record of RECORDS)
                    yield { ledger, blocked, residency, notice, author, externalsAdmitted, mode, purpose, record };
}

/** The table once more, as rows of what matches and what follows. */
function asTheTableReads(facts: ConsentFacts): Decision {
  const { record } = facts;
  const stranger = facts.author === 'guest' || facts.author === 'external';
  const shown = facts.mode === 'opt-out' && facts.purpose === 'use' && !stranger && record.event === 'notice-shown';
  const change = 'change' in record ? record.change : 'none';
  const basis = shown ? 'notice-shown' : 'consent';
  const rows: readonly (readonly [boolean, Decision])[] = [
    [facts.ledger === 'unavailable', deny('ledger-unavailable')],
    [facts.blocked, deny('blocked')],
    [facts.residency === 'unproven', deny('residency')],
    [facts.notice === 'missing', deny('notice-missing')],
    [facts.notice === 'past-review', deny('notice-expired')],
    [facts.author === 'bot', deny('not-a-person')],
    [facts.author === 'unknown', deny('standing-unknown')],
    [stranger && !facts.externalsAdmitted, deny('external')],
    [record.event === 'withdrawn', deny('withdrawn')],
    [record.event !== 'granted' && !shown, ask(facts.purpose === 'training' ? 'training' : 'first')],
    [change === 'material', ask('notice-changed')],
    [record.event === 'granted' && record.expired, ask('expired')],
    [true, { kind: 'allow', basis, inform: change === 'editorial' }],
  ];
  const found = rows.find(([matches]) => matches);
  if (found === undefined) throw new Error('the last row always matches');
  return found[1];
}
