import type { WireFault } from '../wire-fault';

export const BEDROCK_FAULTS: readonly WireFault[] = [
  {
    vendor: 'bedrock',
    name: 'guardrail-left-out',
    says: 'the guardrail that is set up is not asked for',
    change: [/(\w+)!==void 0&&\{guardrailConfig/u, '!1&&{guardrailConfig'],
    shows: /guardrail/u,
  },
];
