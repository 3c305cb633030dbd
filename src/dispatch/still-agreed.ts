import type { ConsentGate, Decision } from '../consent/consent';
import type { Person } from '../model/turn';
import type { AbortCause, Flight } from './in-flight';
import { PROBLEM_OF_DENIAL } from './problems';

type Gate = Pick<ConsentGate, 'check'>;

/**
 * Asks again whether the asker's words may go to this vendor, and breaks the answer off where they may not: also where
 * another process wrote the withdrawal down, and where nobody can tell. Never rejects.
 */
export async function mayGoOn({ turn, signal, breakOff }: Flight, gate: Gate, vendor: string): Promise<boolean> {
  if (signal.aborted) return false;
  const decision = await decisionOf(turn.person, gate, vendor, turn.conversation.id);
  if (decision.kind !== 'allow') breakOff(causeOf(decision));
  return !signal.aborted;
}

/** Whether all of these people's words may still go to this vendor. Never rejects. */
export async function allAgree(
  people: readonly Person[],
  gate: Gate,
  vendor: string,
  conversation: string,
): Promise<boolean> {
  const decisions = await Promise.all(people.map((person) => decisionOf(person, gate, vendor, conversation)));
  return decisions.every(({ kind }) => kind === 'allow');
}

/** What cannot be found out is a denial: this is asked while an answer is open, which nothing may leave so. */
async function decisionOf(person: Person, gate: Gate, vendor: string, conversation: string): Promise<Decision> {
  try {
    return (await gate.check(person, vendor, conversation)).decision;
  } catch {
    return { kind: 'deny', reason: 'ledger-unavailable' };
  }
}

function causeOf(decision: Exclude<Decision, { kind: 'allow' }>): AbortCause {
  if (decision.kind === 'ask' || decision.reason === 'withdrawn' || decision.reason === 'not-a-person')
    return 'withdrawn';
  return { denied: PROBLEM_OF_DENIAL[decision.reason] };
}
