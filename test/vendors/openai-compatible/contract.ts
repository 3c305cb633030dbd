import { NO_UNOPENED } from '../../../src/vendors/kit/thoughts-unopened';
import { createOpenAiCompatibleConnector } from '../../../src/vendors/openai-compatible/connector';
import type { VendorContract } from '../../contracts/vendor.contract';
import { openAiCase } from '../kit/openai/case';
import { chatWire } from '../kit/openai/chat-wire';

const place = { baseURL: 'http://127.0.0.1:1/v1', apiKey: '', models: ['m'] as const, images: false };

export const contracts: readonly VendorContract[] = [
  {
    name: 'Chat Completions',
    connector: openAiCase((parts) =>
      createOpenAiCompatibleConnector({ ...parts, images: true, unopened: { of: () => NO_UNOPENED } }),
    ),
    connect: (send) => createOpenAiCompatibleConnector({ ...place, fetch: send }),
    wire: chatWire,
  },
];
