import { createAnthropicConnector } from '../../../src/vendors/anthropic/connector';
import type { VendorContract } from '../../contracts/vendor.contract';
import { anthropicCase } from './case';
import { anthropicWire } from './wire';

const place = { baseURL: 'http://127.0.0.1:1', apiKey: 'key', models: ['m'] as const, inferenceGeo: undefined };

export const contracts: readonly VendorContract[] = [
  {
    name: 'the Messages API',
    connector: anthropicCase,
    connect: (send) => createAnthropicConnector({ ...place, fetch: send }),
    wire: anthropicWire,
  },
];
