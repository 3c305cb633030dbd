import { Sign } from '../kit/sign';
import type { Timers } from '../kit/timers';
import type { Answer, Room } from './room';

/**
 * The sign on the page that dejiren is at work: the answer itself, which waits for its words. That the wait is long the
 * page says by its own clock.
 */
export function createSign(entry: Answer, room: Pick<Room, 'add' | 'remove'>, timers: Timers): Sign {
  let isThere = false;
  return new Sign(
    {
      async show() {
        if (!isThere) room.add(entry);
        isThere = true;
      },
      async clear() {
        if (entry.state === 'waiting') room.remove(entry);
      },
    },
    timers,
  );
}
