import { setFlagsFromString } from 'node:v8';

/** Frames that an error keeps: enough to find one of ours below those of a library. */
const FRAMES = 10;

/** Whether the program takes care of what errors keep: in production alone. */
let isGuarded = false;

/**
 * An error keeps the functions that it came through, and with them what they hold, until somebody reads its stack. Those
 * that only waited for it are the ones that hold words: the AWS SDK keeps the error of a file that is not there, and kept
 * the first question with it (measured, 3.1164). So nothing that can hold a word is kept, and what is kept tells where an
 * error came from (`position.ts`): while the program is loaded, all of it, since nobody has said anything yet; from
 * {@link dropFrames} to {@link keepFrames} nothing; from then on all but the functions that waited.
 */
export function guardStacks(): void {
  isGuarded = true;
  Error.stackTraceLimit = FRAMES;
}

/** From now on something can come in, and code is still to be loaded. */
export function dropFrames(): void {
  if (isGuarded) Error.stackTraceLimit = 0;
}

/**
 * Everything is loaded. V8 takes none of the code that was compiled beforehand once it is told to leave out the functions
 * that waited, Node's own and the compile cache alike: told at the start, it took a tenth longer to be ready.
 */
export function keepFrames(): void {
  if (!isGuarded) return;
  setFlagsFromString('--no-async-stack-traces');
  Error.stackTraceLimit = FRAMES;
}
