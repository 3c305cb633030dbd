/** Where a vendor may process and store what it is sent. `global`: nothing narrower can be proven. */
export const PLACES = [
  'jp',
  'eu',
  'us',
  'uk',
  'ch',
  'ca',
  'au',
  'in',
  'kr',
  'sg',
  'br',
  'ae',
  'apac',
  'global',
  'own-servers',
  'this-machine',
] as const;
export type Place = (typeof PLACES)[number];

/**
 * Where OpenAI processes and stores what goes to a host. A host that only stores in its region proves nothing.
 * Source: "Data residency", developers.openai.com/api/docs/guides/data-residency (checked 2026-11-23).
 */
export function placeOfOpenAi(hostname: string): Place {
  const region = /^(us|eu|ae|au|in|jp)\.api\.openai\.com$/u.exec(hostname)?.[1];
  return (region as Place | undefined) ?? 'global';
}

export const AZURE_DEPLOYMENT_TYPES = ['standard', 'data-zone', 'global'] as const;
export type AzureDeploymentType = (typeof AZURE_DEPLOYMENT_TYPES)[number];

/**
 * Where Azure processes for a deployment of this type in a resource of this region, e.g. `japaneast`. The endpoint's
 * name does not tell. Source: "Deployment types", learn.microsoft.com/azure/foundry/foundry-models/concepts/
 * deployment-types (checked 2026-11-23): Global may run anywhere, DataZone within the US or the EU member states,
 * Standard within its geography.
 */
export function placeOfAzure(type: AzureDeploymentType, region: string): Place {
  const place = placeIn(AZURE_REGIONS, region);
  if (type === 'global') return 'global';
  if (type === 'data-zone') return place === 'us' || place === 'eu' ? place : 'global';
  return place;
}

/**
 * Where Vertex AI processes for a location: `asia-northeast1`, or the multi-regions `us` and `eu`. `global` is
 * anywhere. Source: "Data residency", docs.cloud.google.com/gemini-enterprise-agent-platform/resources/data-residency
 * (checked 2026-11-23).
 */
export function placeOfVertex(location: string): Place {
  if (location === 'us' || location === 'eu') return location;
  return placeIn(GOOGLE_REGIONS, location);
}

/**
 * Where Bedrock processes for a calling Region and a model id. A base id stays in the Region; an inference profile
 * goes anywhere within the geography that its prefix names. An ARN of a profile of one's own does not tell.
 * Source: "Cross-Region inference", docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html
 * (checked 2026-11-23).
 */
export function placeOfBedrock(region: string, modelId: string): Place {
  const here = placeIn(AWS_REGIONS, region);
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

/** Whether what is processed in a place stays within another. */
export function isWithin(place: Place, wanted: Place): boolean {
  if (place === wanted) return true;
  if (wanted === 'apac') return isAsiaPacific(place);
  return wanted === 'own-servers' && place === 'this-machine';
}

function isAsiaPacific(place: Place): boolean {
  return ['jp', 'au', 'in', 'kr', 'sg'].includes(place);
}

/** A model id as it is, or the one in the ARN of AWS's own models and profiles in this Region. */
function idOf(modelId: string, region: string): string {
  const [arn, partition, service, arnRegion, , ...resource] = modelId.split(':');
  if (arn !== 'arn') return modelId;
  if (!/^aws(-[a-z]+)*$/u.test(partition ?? '') || service !== 'bedrock' || arnRegion !== region) return '';
  return /^(?:foundation-model|inference-profile)\/(.+)$/u.exec(resource.join(':'))?.[1] ?? '';
}

type Regions = readonly (readonly [regions: RegExp, place: Place])[];

function placeIn(regions: Regions, name: string): Place {
  return regions.find(([pattern]) => pattern.test(name))?.[1] ?? 'global';
}

/** Source: "List of Azure regions", learn.microsoft.com/azure/reliability/regions-list. Only what is sure is listed. */
const AZURE_REGIONS: Regions = [
  [/^japan(east|west)$/u, 'jp'],
  [
    /^(westeurope|northeurope|francecentral|francesouth|germanywestcentral|germanynorth|swedencentral|swedensouth|italynorth|polandcentral|spaincentral|austriaeast|belgiumcentral|denmarkeast|finlandcentral|greececentral)$/u,
    'eu',
  ],
  [/^(eastus|eastus2|eastus3|westus|westus2|westus3|centralus|northcentralus|southcentralus|westcentralus)$/u, 'us'],
  [/^uk(south|west)$/u, 'uk'],
  [/^switzerland(north|west)$/u, 'ch'],
  [/^canada(central|east)$/u, 'ca'],
  [/^australia(east|southeast|central|central2)$/u, 'au'],
  [/^(central|south|west)india$|^jioindia(west|central)$/u, 'in'],
  [/^korea(central|south)$/u, 'kr'],
  [/^southeastasia$/u, 'sg'],
  [/^brazil(south|southeast)$/u, 'br'],
  [/^uae(north|central)$/u, 'ae'],
];

/** Source: "Regions and zones", cloud.google.com/compute/docs/regions-zones. London and Zurich are not in the EU. */
const GOOGLE_REGIONS: Regions = [
  [/^asia-northeast[12]$/u, 'jp'],
  [/^asia-northeast3$/u, 'kr'],
  [/^asia-southeast1$/u, 'sg'],
  [/^asia-south[12]$/u, 'in'],
  [/^australia-southeast[12]$/u, 'au'],
  [/^europe-west2$/u, 'uk'],
  [/^europe-west6$/u, 'ch'],
  [/^europe-(west(1|3|4|8|9|10|12)|north[12]|central2|southwest1)$/u, 'eu'],
  [/^us-(central1|east[145]|west[1-4]|south1)$/u, 'us'],
  [/^northamerica-northeast[12]$/u, 'ca'],
  [/^southamerica-east1$/u, 'br'],
];

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
