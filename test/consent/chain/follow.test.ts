import { BrokenLedger } from '../../../src/consent/chain/fault';
import { FollowedChain } from '../../../src/consent/chain/follow';
import { EMPTY } from '../../../src/consent/chain/row';
import { aSealedPerson, chainOf, content, sealedHead, seals, standingOf } from '../../support/chain';

const rows = chainOf([{ subject: 'ann' }, { subject: 'ben' }, { subject: 'ann', event: 'withdrawn' }]);
const headOf = (at: number) => ({ seq: rows[at]?.seq ?? 0, hash: rows[at]?.hash ?? '' });

/** The code and the row of what is thrown. */
function faultOf(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error instanceof BrokenLedger ? [error.fault.code, error.fault.seq] : error;
  }
  return undefined;
}

function followed(): FollowedChain {
  const chain = new FollowedChain(seals);
  chain.follow(rows, sealedHead(rows));
  return chain;
}

describe('a chain that is followed', () => {
  it('begins with nothing, and knows where it stands and of whom it tells', () => {
    const chain = new FollowedChain(seals);
    expect([chain.head, chain.people]).toEqual([EMPTY, 0]);
    chain.follow([], undefined);
    expect(chain.isAt(EMPTY)).toBe(true);
    chain.follow(rows.slice(0, 2), sealedHead(rows.slice(0, 2)));
    expect([chain.head, chain.people]).toEqual([headOf(1), 2]);
    chain.follow(rows.slice(2), sealedHead(rows));
    expect([chain.head, chain.people]).toEqual([headOf(2), 2]);
    expect([chain.isAt(headOf(2)), chain.isAt(headOf(1)), chain.isAt({ ...headOf(2), hash: 'other' })]).toEqual([
      true,
      false,
      false,
    ]);
    expect(chain.isAt({ ...headOf(2), seq: 9 })).toBe(false);
  });

  it('tells of nobody who was erased', () => {
    const chain = followed();
    const more = chainOf([{ subject: 'ann', event: 'erased' }], chain.head);
    chain.follow(more, sealedHead(more));
    expect(chain.people).toBe(1);
    expect(faultOf(() => chain.believeCount(1))).toBeUndefined();
  });

  it.each<[string, Parameters<FollowedChain['follow']>, unknown]>([
    ['a row is missing', [rows.slice(1), sealedHead(rows)], ['row-missing', 1]],
    ['the head is another', [rows, sealedHead(rows.slice(0, 2))], ['head-differs', 3]],
    ['somebody else sealed it', [rows, { ...headOf(2), seal: Buffer.from('other') }], ['head-differs', 3]],
    ['nobody sealed it', [rows, { ...headOf(2), seal: undefined }], ['head-unsealed', 3]],
  ])('is broken where %s', (_where, [read, head], fault) => {
    expect(faultOf(() => new FollowedChain(seals).follow(read, head))).toEqual(fault);
  });
});

describe('rows that are appended', () => {
  it('follow one another, and count once they are committed', () => {
    const chain = followed();
    const [first, second] = [chain.append({ ...content, subject: 'cleo' }), chain.append(content)];
    expect([first.seq, first.previous]).toEqual([4, headOf(2).hash]);
    expect([second.seq, second.previous]).toEqual([5, first.hash]);
    expect([chain.head, chain.people]).toEqual([headOf(2), 2]);
    chain.committed();
    expect([chain.head, chain.people]).toEqual([{ seq: 5, hash: second.hash }, 3]);
    expect(chain.append(content).seq).toBe(6);
  });

  it('are committed once', () => {
    const chain = followed();
    const row = chain.append(content);
    chain.committed();
    const later = chainOf([{}], row);
    chain.follow(later, sealedHead(later));
    chain.committed();
    expect(chain.head.seq).toBe(5);
  });

  it('are forgotten where they were rolled back', () => {
    const chain = followed();
    chain.append({ ...content, subject: 'cleo' });
    chain.rolledBack();
    chain.committed();
    expect([chain.head, chain.people]).toEqual([headOf(2), 2]);
    expect(chain.append(content).seq).toBe(4);
  });
});

describe('what is stored of somebody', () => {
  const ann = aSealedPerson('ann', 3, [standingOf({ event: 'withdrawn' })]);

  it('is believed with the seal over all of it, of the newest row about them', () => {
    expect(faultOf(() => followed().believe(ann))).toBeUndefined();
  });

  it('is believed of somebody of whom no row tells', () => {
    expect(faultOf(() => followed().believe(aSealedPerson('cleo', 0, [])))).toBeUndefined();
  });

  it.each([
    ['with no seal', { ...ann, seal: undefined }, ['state-differs', 3]],
    ['with another standing', { ...ann, standings: [standingOf()] }, ['state-differs', 3]],
    ['with another key', { ...ann, key: Buffer.from('other'), seal: Buffer.from('x') }, ['subject-changed', 3]],
    ['from an older copy, seal and all', aSealedPerson('ann', 1, [standingOf()]), ['state-differs', 3]],
    ['who is back after an erasure', aSealedPerson('dan', 2, [standingOf()]), ['subject-returned', 2]],
  ])('is not believed %s', (_how, person, fault) => {
    expect(faultOf(() => followed().believe(person))).toEqual(fault);
  });

  it('is not believed where people are fewer or more than the rows tell of', () => {
    expect([1, 2, 3].map((count) => faultOf(() => followed().believeCount(count)))).toEqual([
      ['subject-missing', 3],
      undefined,
      ['subject-missing', 3],
    ]);
  });
});
