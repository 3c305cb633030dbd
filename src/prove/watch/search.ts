import type { Canaries, Canary } from './canaries';
import { type Form, formsOf } from './forms';
import { createMatcher } from './matcher';
import { decoded, squeezed, unmarked, unpacked } from './unpack';

/** What was found in some bytes: which canaries, as far as they can be told, and in which forms. */
export interface Sighting {
  readonly canaries: readonly Canary[];
  readonly forms: readonly string[];
}

export interface Search {
  /** Looks in every form, and into what is packed. Undefined: nothing there. */
  in(bytes: Buffer): Sighting | undefined;
  /** The same in a whole file. */
  inFile(bytes: Buffer): Sighting | undefined;
  /** Looks for the plain form alone: a control that words went where they may. */
  plainIn(bytes: Buffer): boolean;
  /** The forms that memory is looked through for: each costs a pass. */
  readonly marks: readonly Buffer[];
}

/** Bytes on either side of a hit in which the rest of the canary is looked for. */
const AROUND = 4_096;
const MOST_HITS = 20;
/** How many wrappings are taken off. */
const DEPTH = 3;

/** Looks for the run's marks first, which is quick, and tells the canaries apart only where one is met. */
export function createSearch(canaries: Canaries): Search {
  const marks: readonly Form[] = [...formsOf(canaries.mark), ...formsOf(canaries.kana)];
  const ids: readonly Form[] = [
    ...formsOf(canaries.guidMark),
    ...Object.values(canaries.messageMarks).flatMap(formsOf),
  ];
  const matcher = createMatcher([...marks, ...ids]);
  const plain = Buffer.from(canaries.mark);
  const formsByWord = new Map<string, readonly Form[]>();
  const formsFor = ({ word, also = '' }: Canary): readonly Form[] => {
    const known = formsByWord.get(word + also) ?? [word, also, also.replaceAll('-', '')].flatMap(formsOf);
    formsByWord.set(word + also, known);
    return known;
  };

  const isIn = (one: Canary, near: readonly Buffer[]): boolean =>
    formsFor(one).some((form) => near.some((place) => place.includes(form.bytes)));

  function look(bytes: Buffer, packed: boolean): Sighting | undefined {
    const hits = matcher(bytes).map(({ name, bytes: mark }) => ({ name: packed ? `packed, ${name}` : name, mark }));
    if (hits.length === 0) return undefined;
    const near = hits.flatMap(({ mark }) => windows(bytes, mark));
    const plainly = canaries.namedIn(near.map((one) => one.toString('latin1')).join('\n'));
    // To compare every form of every canary takes long: only where one could stand in another form.
    const isPlain = plainly.length > 0 && hits.every(({ name }) => name.endsWith('plain'));
    const seen = isPlain ? plainly : canaries.all().filter((one) => isIn(one, near));
    return { canaries: seen, forms: [...new Set(hits.map(({ name }) => name))] };
  }

  /** As it is, without signs in between, packed, and in Base64 of any of these. */
  function lookInto(bytes: Buffer, depth = 0): Sighting | undefined {
    const direct = look(bytes, depth > 0) ?? look(squeezed(bytes), depth > 0);
    if (direct !== undefined || depth === DEPTH) return direct;
    return together([...unpacked(bytes), ...decoded(bytes)], (inner) => lookInto(inner, depth + 1));
  }

  return {
    in: (bytes) => lookInto(bytes),
    inFile: (bytes) => lookInto(bytes) ?? together(unmarked(bytes), (words) => look(words, true)),
    plainIn: (bytes) => bytes.includes(plain),
    marks: marks
      .filter(({ name }) => /^(plain|UTF-16|base64 \(|hex|JSON, ASCII)/u.test(name))
      .map(({ bytes: mark }) => mark),
  };
}

/** All that is seen in any of these. */
function together(pieces: readonly Buffer[], look: (piece: Buffer) => Sighting | undefined): Sighting | undefined {
  const found = pieces.flatMap((piece) => look(piece) ?? []);
  if (found.length === 0) return undefined;
  return {
    canaries: [...new Set(found.flatMap(({ canaries }) => canaries))],
    forms: [...new Set(found.flatMap(({ forms }) => forms))],
  };
}

function windows(bytes: Buffer, mark: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf(mark); at >= 0 && found.length < MOST_HITS; at = bytes.indexOf(mark, at + 1))
    found.push(bytes.subarray(Math.max(0, at - AROUND), at + AROUND));
  return found;
}
