import fc from 'fast-check';
import { residencyOfOpenAi } from '../../../src/vendors/openai/route';

const word = fc.stringMatching(/^[a-z0-9.:/-]{0,40}$/u);

describe('where OpenAI processes', () => {
  it.each([
    ['api.openai.com', 'global'],
    ['jp.api.openai.com', 'jp'],
    ['sg.api.openai.com', 'global'],
    ['jp.api.openai.com.evil.example', 'global'],
  ])('is told of OpenAI by its host: %s, %s', (host, place) => {
    expect(residencyOfOpenAi(host)).toBe(place);
  });

  it('is never narrower than global for names that nobody knows', () => {
    fc.assert(
      fc.property(word, (name) => {
        expect(residencyOfOpenAi(`x${name}`)).toBe('global');
      }),
    );
  });
});
