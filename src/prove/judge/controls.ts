import { type Case, isAnswered, reachesVendor } from '../plan/matrix';
import { DOOR_WORDS, PLACE_WORDS, SCENE_WORDS, VENDOR_WORDS } from '../plan/words';
import type { CallWatch } from '../watch/calls';
import type { Evidence } from './evidence';

/** That the canaries were where they may be: what was never there proves nothing. */
export function controls(evidence: Evidence, calls: CallWatch, traced: boolean): readonly string[] {
  const bodies = evidence.requests.map(({ body }) => body).join('\n');
  const received = evidence.received.map(({ words }) => words).join('\n');
  const missing = evidence.played.flatMap((one) => {
    const [prompt, reply] = [evidence.canaries.of('prompt', one.id).word, evidence.canaries.of('reply', one.id).word];
    return [
      ...(!reachesVendor(one.scene) || bodies.includes(prompt)
        ? []
        : [`${nameOf(one)}: the question never reached the vendor`]),
      ...(!isAnswered(one.scene) || received.includes(reply)
        ? []
        : [`${nameOf(one)}: the answer never reached the chat`]),
    ];
  });
  return traced && calls.permitted() === 0 ? [...missing, 'strace saw no canary where it may go'] : missing;
}

/** A case as people know it. */
export function nameOf({ scene, vendor, door, place }: Case): string {
  return `${SCENE_WORDS[scene]}, ${VENDOR_WORDS[vendor]}, ${DOOR_WORDS[door]} (${PLACE_WORDS[place]})`;
}
