import { answer, createGate, type Gate, refusal, type Script } from '../doubles/vendor-script';
import type { Case, ProvenVendor } from '../plan/matrix';
import { CARRIER, type Canaries, type Field } from '../watch/canaries';

/** How vendors behave in one case. */
export interface Conduct {
  /** What this vendor makes of the question, the how many-th time (from 0) that it gets it. */
  script(vendor: ProvenVendor, attempt: number): Script;
  /** Holds back what comes after the first words. */
  readonly gate?: Gate;
}

/** Every answer that comes to its end, ends so. */
export const LAST_WORDS = 'and that is all.';

/** Filler words of an answer that is held: one now and then, so that nobody waits for the vendor in vain. */
const FILLERS = Array.from({ length: 60 }, (_, index) => `and on, ${index} `);
/** More than one message of any platform holds. */
const LONG = Array.from({ length: 40 }, (_, index) => `${index}: ${'more words of it '.repeat(25)}\n\n`);

export function conductOf({ id, scene, vendor: asked, length }: Case, canaries: Canaries): Conduct {
  const text = (field: Field): string => canaries.of(field, id).text;
  const begun = `${text('reply')} it begins `;
  const carrier = `as ${CARRIER}${canaries.of('reply', id).word} says, `;
  const last = `${text('reply')} ${LAST_WORDS}`;
  const whole = answer([begun, 'and goes on, ', ...(length === 'long' ? LONG : []), carrier, last]);
  const held = (more: Parameters<typeof answer>[1] = {}): Conduct => {
    const gate = createGate();
    const script = answer([begun, ...FILLERS, text('late-reply')], { ...more, gate });
    return { script: () => script, gate };
  };
  // As a gateway in between says it, in every vendor's stead.
  const unavailable = refusal(503, { body: `<html>${text('error')}</html>` });
  const always = (script: Script): Conduct => ({ script: () => script });
  switch (scene) {
    case 'refusal':
      return always(refusal(400, { message: `No: ${text('error')}` }));
    case 'echo':
      return always(refusal(400, { message: `Cannot process “${text('prompt')}”. ${text('error')}` }));
    case 'rate-limited':
      return always(refusal(429, { message: text('error'), headers: { 'retry-after': '120' } }));
    case 'server-error':
      return always(refusal(500, { body: `<html>${text('prompt')} ${text('error')}</html>` }));
    case 'retry':
      return { script: (_, attempt) => (attempt === 0 ? unavailable : whole) };
    case 'fallback':
      return { script: (vendor) => (vendor === asked ? unavailable : whole) };
    case 'malformed':
      return held({ ending: 'malformed', message: text('error') });
    case 'timeout':
      return always(answer([begun], { ending: 'stall' }));
    case 'cut':
      return always({ ...whole, ending: 'cut' });
    case 'filtered':
      return always(answer([begun], { ending: 'filtered' }));
    case 'reset':
      return held({ ending: 'reset' });
    case 'stop':
    case 'withdrawal':
      return held();
    default:
      return always(whole);
  }
}

/** A short answer to whatever else somebody asks: earlier questions, and what must not go. */
export function asideOf({ id }: Pick<Case, 'id'>, canaries: Canaries): Script {
  return answer([`${canaries.of('early-reply', id).text} so it is, ${LAST_WORDS}`]);
}

/** A whole answer that is held in its middle, for what ends the program there. */
export function heldConduct({ id }: Case, canaries: Canaries): Conduct {
  const gate = createGate();
  const begun = `${canaries.of('reply', id).text} it begins `;
  const script = answer([begun, ...FILLERS, ...FILLERS], { gate });
  return { script: () => script, gate };
}

const DRIP_MS = 400;

/** Lets a word through now and then until it is told to end. */
export function drip(gate: Gate): () => void {
  gate.next();
  const timer = setInterval(() => gate.next(), DRIP_MS);
  return () => clearInterval(timer);
}
