import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { keyedHash, opensSubject, pseudonymOf, subjectOf } from '../../src/store/keys';

describe('keyed hashes', () => {
  it('are HMAC-SHA-256, whatever the key and the words', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
        (key, parts) => {
          const expected = createHmac('sha256', key)
            .update(JSON.stringify(['label', ...parts]))
            .digest('hex');
          expect(keyedHash(key, 'label', parts).toString('hex')).toBe(expected);
        },
      ),
    );
  });
});

describe('the pseudonym of a person in the ledger', () => {
  const key = Buffer.alloc(32, 1);
  const lookup = Buffer.alloc(32, 2);

  it('commits to the key and to where it is found', () => {
    const subject = subjectOf(key, lookup);
    expect(subject).toBe('B6kE530grr53YN_a9MyqYiM_ejGFgGwxEA7NHe2xbRI');
    expect(opensSubject(key, lookup, subject)).toBe(true);
    expect(opensSubject(Buffer.alloc(32, 3), lookup, subject)).toBe(false);
    expect(opensSubject(key, Buffer.alloc(32, 3), subject)).toBe(false);
  });

  it('of an earlier ledger commits to the key alone', () => {
    const subject = pseudonymOf(key, 'ledger');
    expect(opensSubject(key, lookup, subject)).toBe(true);
    expect(opensSubject(Buffer.alloc(32, 3), lookup, subject)).toBe(false);
  });
});
