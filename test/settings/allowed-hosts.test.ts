import { hostAllowed } from '../../src/kit/hosts';
import { allowedHosts } from '../../src/settings/allowed-hosts';
import { loadSettings } from '../../src/settings/load-settings';

const BEDROCK = { BEDROCK_MODEL_ID: 'jp.amazon.nova-lite-v1:0', AWS_REGION: 'ap-northeast-1' };

function mayCall(host: string, environment: Readonly<Record<string, string>>): boolean {
  const settings = loadSettings({ environment, workingDir: '/srv/dejiren', readFile: () => undefined });
  return hostAllowed(new URL(`https://${host}`), allowedHosts(settings));
}

describe('with Bedrock set up', () => {
  it.each([
    ['bedrock-runtime.ap-northeast-1.amazonaws.com', true],
    ['sts.ap-northeast-1.amazonaws.com', true],
    ['sts.us-east-1.amazonaws.com', true],
    ['sts-fips.us-east-1.amazonaws.com', true],
    ['sts.cn-north-1.amazonaws.com.cn', true],
    ['ap-northeast-1.signin.aws.amazon.com', true],
    ['bedrock-runtime.us-east-1.amazonaws.com', false],
    ['s3.ap-northeast-1.amazonaws.com', false],
    ['sts.evil.execute-api.ap-northeast-1.amazonaws.com', false],
    ['sts.ap-northeast-1.amazonaws.com.evil.example', false],
    ['api.openai.com', false],
  ])('%s may be called: %s', (host, may) => {
    expect(mayCall(host, BEDROCK)).toBe(may);
  });

  it('alone', () => {
    expect(mayCall('sts.ap-northeast-1.amazonaws.com', { OPENAI_API_KEY: 'sk-test' })).toBe(false);
  });
});
