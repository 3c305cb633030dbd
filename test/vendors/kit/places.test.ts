import fc from 'fast-check';
import { placeOfAzure } from '../../../src/vendors/azure-openai/route';
import { AZURE_DEPLOYMENT_TYPES } from '../../../src/vendors/azure-openai/settings';
import { placeOfBedrock } from '../../../src/vendors/bedrock/route';
import { isWithin, PLACES } from '../../../src/vendors/kit/places';
import { placeOfOpenAi } from '../../../src/vendors/openai/route';
import { placeOfVertex } from '../../../src/vendors/vertex-ai/route';

describe('where a vendor processes', () => {
  it.each([
    ['api.openai.com', 'global'],
    ['jp.api.openai.com', 'jp'],
    ['sg.api.openai.com', 'global'],
    ['jp.api.openai.com.evil.example', 'global'],
  ])('is told of OpenAI by its host: %s, %s', (host, place) => {
    expect(placeOfOpenAi(host)).toBe(place);
  });

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
    expect(placeOfAzure(type, region)).toBe(place);
  });

  it.each([
    ['asia-northeast1', 'jp'],
    ['europe-west4', 'eu'],
    ['europe-west2', 'uk'],
    ['europe-west6', 'ch'],
    ['eu', 'eu'],
    ['global', 'global'],
    ['asia', 'global'],
  ])('is told of Vertex AI by the location: %s, %s', (location, place) => {
    expect(placeOfVertex(location)).toBe(place);
  });

  it.each([
    ['ap-northeast-1', 'anthropic.claude-sonnet-4-5-20250929-v1:0', 'jp'],
    ['ap-northeast-1', 'jp.anthropic.claude-sonnet-4-5-20250929-v1:0', 'jp'],
    ['ap-northeast-1', 'apac.anthropic.claude-3-5-sonnet-20241022-v2:0', 'apac'],
    ['ap-northeast-1', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'global'],
    ['ap-northeast-1', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'global'],
    ['ca-central-1', 'us.amazon.nova-lite-v1:0', 'global'],
    ['eu-central-1', 'eu.amazon.nova-lite-v1:0', 'eu'],
    ['eu-west-2', 'eu.amazon.nova-lite-v1:0', 'global'],
    ['us-gov-west-1', 'us-gov.anthropic.claude-3-5-sonnet-20240620-v1:0', 'us'],
    ['us-east-1', 'xx.amazon.nova-lite-v1:0', 'global'],
    ['us-east-1', 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0', 'us'],
    ['us-east-1', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0', 'us'],
    ['us-east-1', 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0', 'global'],
    ['us-east-1', 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc', 'global'],
  ])('is told of Bedrock by the Region and the model: %s, %s, %s', (region, model, place) => {
    expect(placeOfBedrock(region, model)).toBe(place);
  });

  const word = fc.stringMatching(/^[a-z0-9.:/-]{0,40}$/u);

  it('is never narrower than global for names that nobody knows', () => {
    fc.assert(
      fc.property(word, fc.constantFrom(...AZURE_DEPLOYMENT_TYPES), (name, type) => {
        const odd = `x${name}`;
        expect(placeOfOpenAi(odd)).toBe('global');
        expect(placeOfAzure(type, odd)).toBe('global');
        expect(placeOfVertex(odd)).toBe('global');
        expect(placeOfBedrock(odd, 'amazon.nova-lite-v1:0')).toBe('global');
        expect(placeOfBedrock('us-east-1', odd)).toBe('global');
      }),
    );
  });

  it('is never another place than the one that a profile names', () => {
    const geography = fc.constantFrom('us', 'eu', 'jp', 'au', 'ca', 'apac', 'global', 'us-gov', 'xx');
    const region = fc.constantFrom(
      'us-east-1',
      'eu-west-1',
      'eu-west-2',
      'ap-northeast-1',
      'ap-southeast-2',
      'ca-central-1',
    );
    fc.assert(
      fc.property(geography, region, (prefix, from) => {
        const place = placeOfBedrock(from, `${prefix}.anthropic.claude-x`);
        expect(['global', prefix.replace('us-gov', 'us')]).toContain(place);
      }),
    );
  });
});

describe('a place', () => {
  it('is within itself, and nowhere that is narrower', () => {
    for (const place of PLACES) expect(isWithin(place, place)).toBe(true);
    for (const wanted of PLACES.filter((place) => place !== 'global')) expect(isWithin('global', wanted)).toBe(false);
    expect(isWithin('apac', 'jp')).toBe(false);
    expect(isWithin('jp', 'apac')).toBe(true);
    expect(isWithin('this-machine', 'own-servers')).toBe(true);
    expect(isWithin('own-servers', 'this-machine')).toBe(false);
  });
});
