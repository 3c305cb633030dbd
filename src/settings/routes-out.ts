import { hostAllowed, KNOWN_HOSTS } from '../egress/hosts';
import type { Fault } from '../model/settings-part';
import { azureOpenAiRoute } from '../vendors/azure-openai/route';
import { bedrockRoute } from '../vendors/bedrock/route';
import type { Route, Vendor } from '../vendors/connector';
import { isWithin, type Place } from '../vendors/kit/places';
import { openAiRoute, placeOfOpenAi } from '../vendors/openai/route';
import { openAiCompatibleRoute } from '../vendors/openai-compatible/route';
import { vertexAiRoute } from '../vendors/vertex-ai/route';
import { type Environment, PARTS } from './environment';
import type { VendorSettings } from './settings';

const PLATFORM_ADDRESSES = [
  'SLACK_API_URL',
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToChannelFromBotLoginUrl',
  'DEJIREN_TEAMS_GRAPH_URL',
] as const;

/** Every address that the settings name must be a known host or one of `DEJIREN_EGRESS_HOSTS`, loopback included. */
export function refuseForeignHosts(env: Environment, fault: Fault): void {
  const allowed = [...KNOWN_HOSTS, ...env.DEJIREN_EGRESS_HOSTS];
  const values: Readonly<Record<string, unknown>> = env;
  for (const name of [...PLATFORM_ADDRESSES, ...PARTS.flatMap(({ addresses }) => addresses)]) {
    const address = values[name];
    if (typeof address !== 'string') continue;
    const url = new URL(address);
    if (url.username !== '' || url.password !== '') fault(name, 'must not carry a name or a password');
    else if (!hostAllowed(url, allowed))
      fault(
        name,
        'leads to a host that is neither a known one nor in DEJIREN_EGRESS_HOSTS',
        `DEJIREN_EGRESS_HOSTS=${url.host}`,
      );
  }
}

/** No vendor may be set up whose route cannot be proven to stay in `DEJIREN_RESIDENCY`. `preview` sends nothing. */
export function refuseUnprovenRegions(env: Environment, vendors: VendorSettings, fault: Fault): void {
  const { DEJIREN_RESIDENCY: residency } = env;
  if (residency === undefined) return;
  for (const route of routesOf(vendors)) {
    if (isWithin(route.region, residency)) continue;
    const [name, example] = PROOFS[route.vendor](env, residency);
    fault(name, `cannot be proven to stay in ${residency}: ${route.vendor} would process in ${route.region}`, example);
  }
}

/** Where the settings send prompts. A model that is found on this machine is not among them. */
export function routesOf(vendors: VendorSettings): readonly Route[] {
  const { openai, bedrock, 'azure-openai': azure, 'vertex-ai': vertex, 'openai-compatible': compatible } = vendors;
  return [
    ...(openai === undefined ? [] : [openAiRoute(openai)]),
    ...(azure === undefined ? [] : [azureOpenAiRoute(azure)]),
    ...(vertex === undefined ? [] : [vertexAiRoute(vertex)]),
    ...(bedrock === undefined ? [] : [bedrockRoute(bedrock)]),
    ...(compatible === undefined ? [] : [openAiCompatibleRoute(compatible)]),
  ];
}

type Proof = (env: Readonly<Record<string, unknown>>, residency: Place) => readonly [string, string];

/** The setting that would prove a residency, and what it could be. */
const PROOFS: Readonly<Record<Vendor, Proof>> = {
  openai: (_env, residency) => [
    'OPENAI_BASE_URL',
    placeOfOpenAi(`${residency}.api.openai.com`) === residency
      ? `https://${residency}.api.openai.com/v1`
      : 'leave OPENAI_API_KEY out',
  ],
  'azure-openai': (env) =>
    env.AZURE_OPENAI_DEPLOYMENT_TYPE === 'global'
      ? ['AZURE_OPENAI_DEPLOYMENT_TYPE', 'standard, with AZURE_OPENAI_REGION=japaneast']
      : ['AZURE_OPENAI_REGION', 'japaneast'],
  'vertex-ai': (env) =>
    env.VERTEX_BASE_URL === undefined
      ? ['GOOGLE_CLOUD_LOCATION', 'asia-northeast1']
      : ['VERTEX_BASE_URL', 'leave it out: another host proves nothing'],
  bedrock: (env) =>
    env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME === undefined
      ? ['BEDROCK_MODEL_ID', 'jp.anthropic.claude-sonnet-4-5-20250929-v1:0, with AWS_REGION=ap-northeast-1']
      : ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', "leave it out: a host that is not AWS's proves nothing"],
  'openai-compatible': (_env, residency) => [
    'OPENAI_COMPATIBLE_BASE_URL',
    residency === 'this-machine' ? 'http://127.0.0.1:11434/v1' : 'DEJIREN_RESIDENCY=own-servers',
  ],
  preview: () => ['DEJIREN_VENDOR', 'preview'],
};
