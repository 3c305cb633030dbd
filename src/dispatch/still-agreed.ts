import type { Person } from '../chat/turn';
import type { ConsentGate, Decision } from '../consent/consent';
import type { AbortCause, Flight } from './in-flight';
import { PROBLEM_OF_DENIAL } from './problems';

type Gate = Pick<ConsentGate, 'check'>;

/**
 * Asks again whether the asker's words may go to this vendor, and breaks the answer off where they may not: also where
 * another process wrote the withdrawal down.
 */
export async function mayGoOn({ turn, signal, breakOff }: Flight, gate: Gate, vendor: string): Promise<boolean> {
  if (signal.aborted) return false;
  const { decision } = await gate.check(turn.person, vendor, turn.conversation.id);
  if (decision.kind !== 'allow') breakOff(causeOf(decision));
  return !signal.aborted;
}

/** Whether all of these people's words may still go to this vendor. */
export async function allAgree(
  people: readonly Person[],
  gate: Gate,
  vendor: string,
  conversation: string,
): Promise<boolean> {
  const verdicts = await Promise.all(people.map((person) => gate.check(person, vendor, conversation)));
  return verdicts.every(({ decision }) => decision.kind === 'allow');
}

function causeOf(decision: Exclude<Decision, { kind: 'allow' }>): AbortCause {
  if (decision.kind === 'ask' || decision.reason === 'withdrawn' || decision.reason === 'not-a-person')
    return 'withdrawn';
  return { denied: PROBLEM_OF_DENIAL[decision.reason] };
}
