import { answer, createGate, type Gate, refusal, type Script } from '../fakes/vendor-script';
import type { Canaries, Field } from './canaries';
import type { Case } from './plan';

/** How the vendor behaves in one case. `gate` holds back what comes after the first words. */
export interface Conduct {
  readonly script: Script;
  readonly gate?: Gate;
}

/** Filler words of an answer that is held: one now and then, so that nobody waits for the vendor in vain. */
const FILLERS = Array.from({ length: 60 }, (_, index) => `and on, ${index} `);

export function conductOf({ id, outcome }: Case, canaries: Canaries): Conduct {
  const text = (field: Field): string => canaries.of(field, id).text;
  const begun = `${text('reply')} it begins `;
  const whole = [begun, 'and goes on, ', text('reply')];
  const held = (more: Parameters<typeof answer>[1] = {}): Conduct => {
    const gate = createGate();
    return { script: answer([begun, ...FILLERS, text('late-reply')], { ...more, gate }), gate };
  };
  switch (outcome) {
    case 'answer':
      return { script: answer(whole) };
    case 'refusal':
      return { script: refusal(400, { message: `No: ${text('error')}` }) };
    case 'echo':
      return { script: refusal(400, { message: `Cannot process “${text('prompt')}”. ${text('error')}` }) };
    case 'server-error':
      return { script: refusal(500, { body: `<html>${text('prompt')} ${text('error')}</html>` }) };
    case 'malformed':
      return held({ ending: 'malformed', message: text('error') });
    case 'timeout':
      return { script: answer([begun], { ending: 'stall' }) };
    case 'reset':
      return held({ ending: 'reset' });
    case 'stop':
    case 'withdrawal':
      return held();
  }
}

/** A whole answer that is held in its middle, for what ends the program there. */
export function heldConduct({ id }: Case, canaries: Canaries): Conduct {
  const gate = createGate();
  const begun = `${canaries.of('reply', id).text} it begins `;
  return { script: answer([begun, ...FILLERS, ...FILLERS], { gate }), gate };
}

const DRIP_MS = 400;

/** Lets a word through now and then until it is told to end. */
export function drip(gate: Gate): () => void {
  gate.next();
  const timer = setInterval(() => gate.next(), DRIP_MS);
  return () => clearInterval(timer);
}
