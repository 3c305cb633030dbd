import type { Route } from '../connector';
import { type Regions, type Residency, residencyIn } from '../kit/residency';
import type { AzureDeploymentType, AzureOpenAiSettings } from './settings';

/** The place follows from what the settings say of the deployment; an endpoint that is not Azure's proves nothing. */
export function azureOpenAiRoute(
  options: Pick<AzureOpenAiSettings, 'endpoint' | 'models' | 'deploymentType' | 'region'>,
): Route {
  const { host, hostname } = new URL(options.endpoint);
  const isAzure = /\.(openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com)$/u.test(hostname);
  return {
    vendor: 'azure-openai',
    endpoint: host,
    region:
      isAzure && options.region !== undefined ? residencyOfAzure(options.deploymentType, options.region) : 'global',
    model: options.models.join(', '),
    sharesForTraining: false,
  };
}

/**
 * Where Azure processes for a deployment of this type in a resource of this region, e.g. `japaneast`. The endpoint's
 * name does not tell. Source: "Deployment types", learn.microsoft.com/azure/foundry/foundry-models/concepts/
 * deployment-types (checked 2026-11-23): Global may run anywhere, DataZone within the US or the EU member states,
 * Standard within its geography.
 */
export function residencyOfAzure(type: AzureDeploymentType, region: string): Residency {
  const place = residencyIn(AZURE_REGIONS, region);
  if (type === 'global') return 'global';
  if (type === 'data-zone') return place === 'us' || place === 'eu' ? place : 'global';
  return place;
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
