import fc from 'fast-check';
import { residencyOfBedrock } from '../../../src/vendors/bedrock/route';

const word = fc.stringMatching(/^[a-z0-9.:/-]{0,40}$/u);

describe('where Bedrock processes', () => {
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
    expect(residencyOfBedrock(region, model)).toBe(place);
  });

  it('is never narrower than global for names that nobody knows', () => {
    fc.assert(
      fc.property(word, (name) => {
        const odd = `x${name}`;
        expect(residencyOfBedrock(odd, 'amazon.nova-lite-v1:0')).toBe('global');
        expect(residencyOfBedrock('us-east-1', odd)).toBe('global');
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
        const place = residencyOfBedrock(from, `${prefix}.anthropic.claude-x`);
        expect(['global', prefix.replace('us-gov', 'us')]).toContain(place);
      }),
    );
  });
});
