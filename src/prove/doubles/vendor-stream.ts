import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { StreamedAnswer } from './vendor-script';

/** What goes to the wire: text, or binary frames. */
type Frame = string | Uint8Array;

/** One protocol's events, as they stand on the wire. */
export interface Frames {
  opening(): Frame;
  delta(words: string): Frame;
  malformed(): Frame;
  errorEvent(): Frame;
  ending(kind: 'complete' | 'cut' | 'filtered' | 'failed'): Frame;
}

/** Plays a script as the vendor's events. Ends early, and quietly, when the caller hangs up. */
export async function play(response: ServerResponse, frames: Frames, script: StreamedAnswer): Promise<void> {
  const { deltas, gate, paceMs = 0, ending = 'complete' } = script;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const send = async (words: Frame): Promise<void> => {
    if (gone.signal.aborted || response.write(words)) return;
    await new Promise<void>((resolve) => {
      response.once('drain', resolve);
      response.once('close', resolve);
    });
  };
  const turn = async (): Promise<void> => {
    if (gate !== undefined)
      await Promise.race([
        gate.pass(),
        new Promise<void>((resolve) => gone.signal.addEventListener('abort', () => resolve(), { once: true })),
      ]);
    else if (paceMs > 0) await wait(paceMs, undefined, { signal: gone.signal }).catch(() => undefined);
  };

  await send(frames.opening());
  for (const delta of deltas) {
    await turn();
    if (gone.signal.aborted) return;
    await send(frames.delta(delta));
  }
  if (gate !== undefined) await turn();
  if (gone.signal.aborted) return;
  switch (ending) {
    case 'stall':
      return;
    case 'eof':
      response.end();
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'malformed':
      await send(frames.malformed());
      response.end();
      return;
    case 'error-event':
      await send(frames.errorEvent());
      response.end();
      return;
    default:
      await send(frames.ending(ending));
      response.end();
  }
}
