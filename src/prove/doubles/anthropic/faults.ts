import type { WireFault } from '../wire-fault';

export const ANTHROPIC_FAULTS: readonly WireFault[] = [
  {
    vendor: 'anthropic',
    name: 'geography-left-out',
    says: 'Anthropic is not asked to answer in the geography that people were told of',
    change: [/(\w+)!==void 0&&\{inference_geo:\1\}/u, '!1'],
    shows: /inference_geo/u,
  },
  {
    vendor: 'anthropic',
    name: 'more-than-a-pseudonym',
    says: 'Anthropic is told more of the asker than the pseudonym',
    change: [/metadata:\{user_id:(\w+)\.safetyId\}/u, 'metadata:{user_id:$1.safetyId,name:"Aiko"}'],
    shows: /metadata/u,
  },
];
