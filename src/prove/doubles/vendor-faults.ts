import { ANTHROPIC_FAULTS } from './anthropic/faults';
import { BEDROCK_FAULTS } from './bedrock/faults';
import { MISTRAL_FAULTS } from './mistral/faults';
import type { WireFault } from './wire-fault';

/** The faults of all vendors' wires that have some of their own. Apart from the doubles: this is loaded into the program. */
export const VENDOR_FAULTS: readonly WireFault[] = [...BEDROCK_FAULTS, ...ANTHROPIC_FAULTS, ...MISTRAL_FAULTS];
