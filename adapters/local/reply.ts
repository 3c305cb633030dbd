import type { ReplyControl, ReplyEnding, ReplyOutcome, ReplyStream } from '../../src/model/reply';
import { openText, type SafeText, sealText, type Text } from '../../src/model/text';
import type { Answer, Room } from './room';

/** Pieces that come within this time of each other travel to the page as one. */
const COALESCE_MS = 30;

export interface ReplyParts {
  readonly room: Pick<Room, 'add' | 'grow' | 'touch' | 'remove'>;
  readonly entry: Answer;
  readonly control: ReplyControl;
  readonly now: () => number;
  /** The sentence for an ending; undefined where none is needed. */
  readonly sentence: (ending: ReplyEnding) => string | undefined;
  /** Tells the asker alone, where not one word was shown. */
  readonly tellAsker: (sentence: string) => void;
}

/** Shows an answer in the local chat as it comes. */
export function openLocalReply({ room, entry, control, now, sentence, tellAsker }: ReplyParts): ReplyStream {
  let waiting: Text[] = [];
  let flushedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();
  let refused = false;
  room.add(entry);

  async function flush(): Promise<void> {
    if (waiting.length === 0 || refused) return;
    if (!(await control.mayPost()) || control.signal.aborted) {
      refused = true;
      return;
    }
    const piece = sealText(waiting.map(openText).join(''));
    waiting = [];
    flushedAt = now();
    const isFirst = entry.state === 'waiting';
    entry.state = 'streaming';
    room.grow(entry, piece);
    if (isFirst) control.onFirstVisible();
  }

  function flushSoon(): void {
    clearTimeout(timer);
    timer = undefined;
    flushing = flushing.then(flush).catch(() => {
      refused = true;
    });
  }

  return {
    write(piece: SafeText) {
      if (entry.state === 'ended' || refused) return;
      waiting.push(piece);
      if (timer !== undefined) return;
      const wait = flushedAt + COALESCE_MS - now();
      if (wait <= 0) flushSoon();
      else timer = setTimeout(flushSoon, wait);
    },
    async end(given): Promise<ReplyOutcome> {
      if (given.kind === 'retracted') refused = true;
      flushSoon();
      await flushing;
      const ending = given.kind === 'retracted' ? given : (control.brokenOff() ?? given);
      if (ending.kind === 'retracted') entry.pieces = [];
      const shown = entry.pieces.length > 0;
      const words = sentence(shown || ending.kind !== 'complete' ? ending : { kind: 'failed', problem: 'unknown' });
      entry.ending = words;
      entry.state = 'ended';
      if (shown || ending.kind === 'retracted') room.touch(entry);
      else {
        room.remove(entry);
        if (words !== undefined) tellAsker(words);
      }
      const whole = !refused || ['stopped', 'withdrawn', 'retracted', 'interrupted'].includes(ending.kind);
      return whole ? { delivered: true } : { delivered: false, code: 'posting-refused' };
    },
  };
}
