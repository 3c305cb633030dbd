import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { keyedHash } from '../../src/store/keys';

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
