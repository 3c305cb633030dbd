import { createBedrockConnector } from '../../../src/vendors/bedrock/connector';
import type { VendorContract } from '../../contracts/vendor.contract';
import { bedrockCase } from './case';
import { bedrockWire } from './wire';

const credentials = async () => ({ accessKeyId: 'AK', secretAccessKey: 'SK' });
const endpoint = 'http://127.0.0.1:1';
export const place = { region: 'us-east-1', models: ['m'] as const, endpoint, guardrail: undefined, credentials };

export const contracts: readonly VendorContract[] = [
  {
    name: 'ConverseStream',
    connector: bedrockCase,
    connect: (send) => createBedrockConnector({ ...place, fetch: send }),
    wire: bedrockWire,
  },
];
