import { givesWay } from '../../src/dispatch/problems';
import { VendorError, type VendorErrorCategory } from '../../src/vendors/kit/vendor-error';

describe('a vendor gives way to another', () => {
  it.each<[VendorErrorCategory, boolean]>([
    ['timeout', true],
    ['overloaded', true],
    ['configuration', true],
    ['bad-request', false],
    ['blocked-input', false],
    ['residency', false],
    ['cancelled', false],
  ])('after %s: %s', (category, does) => {
    expect(givesWay(new VendorError(category))).toBe(does);
  });

  it('where it does not take how it is asked, but not where nobody knows why it refused', () => {
    expect(givesWay(new VendorError('bad-request', { refused: 'system-role' }))).toBe(true);
    expect(givesWay(new VendorError('residency', { refused: 'system-role' }))).toBe(false);
  });
});
