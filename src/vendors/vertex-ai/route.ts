import type { Route } from '../connector';
import { type Regions, type Residency, residencyIn } from '../kit/residency';
import type { VertexAiSettings } from './settings';

/** Where the location's data is processed; an address that is not Google's proves nothing. */
export function vertexAiRoute({
  location,
  models,
  baseURL,
}: Pick<VertexAiSettings, 'location' | 'models' | 'baseURL'>): Route {
  const { host } = new URL(baseURL ?? originOf(location));
  const isGoogles = baseURL === undefined || new URL(baseURL).origin === originOf(location);
  return {
    vendor: 'vertex-ai',
    endpoint: host,
    region: isGoogles ? residencyOfVertex(location) : 'global',
    model: models.join(', '),
    sharesForTraining: false,
  };
}

/** Source: "Vertex AI locations", docs.cloud.google.com; `us` and `eu` as `@google/genai` has them. */
export function originOf(location: string): string {
  if (location === 'global') return 'https://aiplatform.googleapis.com';
  if (location === 'us' || location === 'eu') return `https://aiplatform.${location}.rep.googleapis.com`;
  return `https://${location}-aiplatform.googleapis.com`;
}

/**
 * Where Vertex AI processes for a location: `asia-northeast1`, or the multi-regions `us` and `eu`. `global` is
 * anywhere. Source: "Data residency", docs.cloud.google.com/gemini-enterprise-agent-platform/resources/data-residency
 * (checked 2026-11-23).
 */
export function residencyOfVertex(location: string): Residency {
  if (location === 'us' || location === 'eu') return location;
  return residencyIn(GOOGLE_REGIONS, location);
}

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
