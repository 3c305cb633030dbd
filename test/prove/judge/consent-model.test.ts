import fc from 'fast-check';
import { type Act, type Change, type Going, inForceAt, objectionTo } from '../../../src/prove/judge/consent-model';

describe('the trial’s own idea of consent', () => {
  const going: Going = { person: 'aya', vendor: 'openai', conversation: 'c' };
  const start: readonly Change[] = [
    { kind: 'rules', mode: 'opt-in', admitsExternals: false },
    { kind: 'notice', vendor: 'openai', id: 'first', shares: false },
    { kind: 'notice', vendor: 'bedrock', id: 'first', shares: false },
    { kind: 'came', person: 'aya', standing: 'member' },
  ];
  const agreed: Change = { kind: 'agreed', person: 'aya', vendor: 'openai', purposes: ['use'] };
  const withdrew: Change = { kind: 'withdrew', person: 'aya', vendor: 'openai' };
  const objection = (...changes: readonly Change[]) => objectionTo(going, [...start, ...changes]);

  it('lets words go that somebody agreed to', () => {
    expect(objection(agreed)).toBeUndefined();
    expect(objection(agreed, withdrew, agreed)).toBeUndefined();
  });

  it.each<[string, readonly Change[]]>([
    ['never-agreed', []],
    ['never-agreed', [{ kind: 'shown', person: 'aya', vendor: 'openai' }]],
    ['never-agreed', [agreed, { kind: 'erased', person: 'aya' }]],
    ['vendor-not-agreed', [{ kind: 'agreed', person: 'aya', vendor: 'bedrock', purposes: ['use'] }]],
    ['withdrawn', [agreed, withdrew]],
    ['withdrawn', [agreed, { kind: 'withdrew', person: 'aya' }]],
    ['stale-notice', [agreed, { kind: 'notice', vendor: 'openai', id: 'second', shares: false }]],
    ['training-not-agreed', [{ kind: 'notice', vendor: 'openai', id: 'second', shares: true }, agreed]],
    ['not-admitted', [{ kind: 'came', person: 'aya', standing: 'guest' }, agreed]],
    ['not-admitted', [{ kind: 'came', person: 'aya', standing: 'external' }, agreed]],
    ['no-person', [{ kind: 'came', person: 'aya', standing: 'bot' }, agreed]],
    ['blocked', [agreed, { kind: 'blocked', conversation: 'c' }]],
  ])('objects: %s', (expected, changes) => {
    expect(objection(...changes)).toBe(expected);
  });

  it('objects to somebody whom it does not know', () => {
    expect(objectionTo({ ...going, person: 'ben' }, [...start, agreed])).toBe('no-person');
  });

  it('takes a notice that was shown for enough in opt-out, of members alone', () => {
    const optOut: Change = { kind: 'rules', mode: 'opt-out', admitsExternals: true };
    const shown: Change = { kind: 'shown', person: 'aya', vendor: 'openai' };
    const guest: Change = { kind: 'came', person: 'aya', standing: 'guest' };
    expect(objection(optOut)).toBe('never-agreed');
    expect(objection(optOut, shown)).toBeUndefined();
    expect(objection(optOut, guest, shown)).toBe('never-agreed');
    expect(objection(optOut, guest, agreed)).toBeUndefined();
    expect(objection(optOut, withdrew, shown)).toBe('withdrawn');
  });

  it('adds training to use where both were agreed to under one notice', () => {
    const shares: Change = { kind: 'notice', vendor: 'openai', id: 'second', shares: true };
    expect(objection(shares, agreed, { ...agreed, purposes: ['training'] })).toBeUndefined();
    expect(objection({ ...agreed, purposes: ['training'] }, shares, agreed)).toBe('training-not-agreed');
  });

  it('lets nothing of anybody go by what another said', () => {
    const person = fc.constantFrom('ben', 'chika');
    const change: fc.Arbitrary<Change> = fc.oneof(
      fc.record({ kind: fc.constant('came' as const), person, standing: fc.constantFrom('member' as const) }),
      fc.record({
        kind: fc.constant('agreed' as const),
        person,
        vendor: fc.constant('openai' as const),
        purposes: fc.constant(['use'] as const),
      }),
      fc.record({ kind: fc.constant('erased' as const), person }),
    );
    fc.assert(
      fc.property(fc.array(change), (others) => {
        expect(objection(...others)).toBe('never-agreed');
        expect(objection(agreed, ...others)).toBeUndefined();
        expect(objection(agreed, withdrew, ...others)).toBe('withdrawn');
      }),
    );
  });

  it('counts what was in force when a request came', () => {
    const acts: readonly Act[] = [
      { ...agreed, counts: { openai: 2 } },
      { ...withdrew, counts: { openai: 5 } },
    ];
    expect([1, 2, 4, 5].map((index) => inForceAt(acts, 'openai', index).length)).toEqual([0, 1, 1, 2]);
    expect(inForceAt([{ ...agreed, counts: {} }], 'openai', 0)).toHaveLength(1);
  });
});
