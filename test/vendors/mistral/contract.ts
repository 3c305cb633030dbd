import { createMistralConnector } from '../../../src/vendors/mistral/connector';
import type { VendorContract } from '../../contracts/vendor.contract';
import { mistralCase } from './case';
import { mistralWire } from './wire';

const place = { baseURL: 'http://127.0.0.1:1/v1', apiKey: 'key', models: ['m'] as const, sharesForTraining: false };

export const contracts: readonly VendorContract[] = [
  {
    name: 'Chat Completions',
    connector: mistralCase,
    connect: (send) => createMistralConnector({ ...place, fetch: send }),
    wire: mistralWire,
  },
];
