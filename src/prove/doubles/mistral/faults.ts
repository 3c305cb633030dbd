import type { WireFault } from '../wire-fault';

export const MISTRAL_FAULTS: readonly WireFault[] = [
  {
    vendor: 'mistral',
    name: 'asked-as-openai',
    says: 'Mistral is sent a field of OpenAI’s that it does not know',
    change: [/(prompt,\{\.\.\.\w+),streamOptions:!1\}/u, '$1}'],
    shows: /stream_options/u,
  },
];
