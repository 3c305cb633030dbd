import fc from 'fast-check';
import { residencyOfAzure } from '../../../src/vendors/azure-openai/route';
import { AZURE_DEPLOYMENT_TYPES } from '../../../src/vendors/azure-openai/settings';

const word = fc.stringMatching(/^[a-z0-9.:/-]{0,40}$/u);

describe('where Azure OpenAI processes', () => {
  it.each([
    ['standard', 'japaneast', 'jp'],
    ['standard', 'uksouth', 'uk'],
    ['standard', 'switzerlandnorth', 'ch'],
    ['standard', 'nowhere', 'global'],
    ['data-zone', 'swedencentral', 'eu'],
    ['data-zone', 'eastus2', 'us'],
    ['data-zone', 'japaneast', 'global'],
    ['global', 'japaneast', 'global'],
  ] as const)('is told of Azure by the deployment: %s in %s, %s', (type, region, place) => {
    expect(residencyOfAzure(type, region)).toBe(place);
  });

  it('is never narrower than global for names that nobody knows', () => {
    fc.assert(
      fc.property(word, fc.constantFrom(...AZURE_DEPLOYMENT_TYPES), (name, type) => {
        expect(residencyOfAzure(type, `x${name}`)).toBe('global');
      }),
    );
  });
});
