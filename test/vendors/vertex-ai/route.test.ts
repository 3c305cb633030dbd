import fc from 'fast-check';
import { residencyOfVertex } from '../../../src/vendors/vertex-ai/route';

const word = fc.stringMatching(/^[a-z0-9.:/-]{0,40}$/u);

describe('where Vertex AI processes', () => {
  it.each([
    ['asia-northeast1', 'jp'],
    ['europe-west4', 'eu'],
    ['europe-west2', 'uk'],
    ['europe-west6', 'ch'],
    ['eu', 'eu'],
    ['global', 'global'],
    ['asia', 'global'],
  ])('is told of Vertex AI by the location: %s, %s', (location, place) => {
    expect(residencyOfVertex(location)).toBe(place);
  });

  it('is never narrower than global for names that nobody knows', () => {
    fc.assert(
      fc.property(word, (name) => {
        expect(residencyOfVertex(`x${name}`)).toBe('global');
      }),
    );
  });
});
