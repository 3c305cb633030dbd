import type { Route } from '../connector';
import { isAsiaPacific, type Regions, type Residency, residencyIn } from '../kit/residency';
import type { BedrockSettings } from './settings';

/** The place is the one that every model is processed in. An endpoint that is not Bedrock's own there proves nothing. */
export function bedrockRoute({
  region,
  models,
  endpoint,
}: Pick<BedrockSettings, 'region' | 'models' | 'endpoint'>): Route {
  const { host, hostname } = new URL(endpoint ?? endpointOf(region));
  const places = new Set<Residency>(models.map((model) => residencyOfBedrock(region, model)));
  const [place] = places;
  return {
    vendor: 'bedrock',
    endpoint: host,
    region: isBedrockHost(hostname, region) && places.size === 1 && place !== undefined ? place : 'global',
    model: models.join(', '),
    sharesForTraining: false,
  };
}

/** Where Bedrock is called in a Region, unless the settings name another address. */
export function endpointOf(region: string): string {
  return `https://bedrock-runtime.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

/**
 * Where Bedrock processes for a calling Region and a model id. A base id stays in the Region; an inference profile
 * goes anywhere within the geography that its prefix names. An ARN of a profile of one's own does not tell.
 * Source: "Cross-Region inference", docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 * (checked 2026-11-23).
 */
export function residencyOfBedrock(region: string, modelId: string): Residency {
  const here = residencyIn(AWS_REGIONS, region);
  const [prefix = '', provider] = idOf(modelId, region).split('.', 2);
  if (BEDROCK_PROVIDERS.has(prefix)) return here;
  if (provider === undefined || !BEDROCK_PROVIDERS.has(provider)) return 'global';
  if (prefix === 'apac') return isAsiaPacific(here) ? 'apac' : 'global';
  // A profile that is called from outside of its geography goes back and forth.
  const geography = prefix === 'us-gov' ? 'us' : prefix;
  return geography === here ? here : 'global';
}

/**
 * Whether a host is Bedrock's own in this Region, or a VPC endpoint of it there. Other hosts below `amazonaws.com`
 * are anybody's: an API gateway, a load balancer. Sources: "Amazon Bedrock endpoints and quotas",
 * docs.aws.amazon.com/general/latest/gr/bedrock.html; "Use interface VPC endpoints (AWS PrivateLink)",
 * docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html.
 */
export function isBedrockHost(hostname: string, region: string): boolean {
  const [first = '', ...rest] = hostname.split('.');
  const isVpc = first.startsWith('vpce-');
  const [service = '', ...where] = isVpc ? rest : [first, ...rest];
  if (service !== 'bedrock-runtime' && service !== 'bedrock-runtime-fips') return false;
  const here = `${region}${isVpc ? '.vpce' : ''}.amazonaws.com`;
  return [here, `${here}.cn`].includes(where.join('.'));
}

/** A model id as it is, or the one in the ARN of AWS's own models and profiles in this Region. */
function idOf(modelId: string, region: string): string {
  const [arn, partition, service, arnRegion, , ...resource] = modelId.split(':');
  if (arn !== 'arn') return modelId;
  if (!/^aws(-[a-z]+)*$/u.test(partition ?? '') || service !== 'bedrock' || arnRegion !== region) return '';
  return /^(?:foundation-model|inference-profile)\/(.+)$/u.exec(resource.join(':'))?.[1] ?? '';
}

/** Source: "AWS Regions", docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html. */
const AWS_REGIONS: Regions = [
  [/^ap-northeast-[13]$/u, 'jp'],
  [/^ap-northeast-2$/u, 'kr'],
  [/^ap-southeast-1$/u, 'sg'],
  [/^ap-southeast-[24]$/u, 'au'],
  [/^ap-south-[12]$/u, 'in'],
  [/^eu-(central-1|west-[13]|north-1|south-[12])$/u, 'eu'],
  [/^eu-west-2$/u, 'uk'],
  [/^eu-central-2$/u, 'ch'],
  [/^us-(east-[12]|west-[12]|gov-(east|west)-1)$/u, 'us'],
  [/^ca-(central|west)-1$/u, 'ca'],
  [/^sa-east-1$/u, 'br'],
  [/^me-central-1$/u, 'ae'],
];

/** Source: "Supported foundation models", docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html. */
const BEDROCK_PROVIDERS: ReadonlySet<string> = new Set([
  'ai21',
  'amazon',
  'anthropic',
  'cohere',
  'deepseek',
  'google',
  'meta',
  'minimax',
  'mistral',
  'moonshot',
  'nvidia',
  'openai',
  'qwen',
  'writer',
  'zai',
]);
