import { createOpenAiConnector } from '../../../src/vendors/openai/connector';
import type { VendorContract } from '../../contracts/vendor.contract';
import { openAiCase } from '../kit/openai/case';
import { responsesWire } from '../kit/openai/responses-wire';

const place = { baseURL: 'http://127.0.0.1:1/v1', apiKey: 'key', models: ['m'] as const, sharesForTraining: false };

export const contracts: readonly VendorContract[] = [
  {
    name: 'the Responses API',
    connector: openAiCase((parts) => createOpenAiConnector({ ...parts, sharesForTraining: false })),
    connect: (send) => createOpenAiConnector({ ...place, fetch: send }),
    wire: responsesWire,
  },
];
