import type { MessagePayload } from './payloads';

export interface ThreadPage {
  readonly messages: readonly MessagePayload[];
  /** Undefined on the last page. */
  readonly next: string | undefined;
}

export type Refusal = 'not-permitted' | 'failed';

/**
 * Reads a page of a thread from its beginning, or from a time, up to another, both included: seconds as Slack writes
 * them. The first message may be among it whatever its time.
 */
export type ReadPage = (wish: {
  readonly oldest?: string;
  readonly latest?: string;
  readonly cursor?: string;
}) => Promise<ThreadPage | Refusal>;

/** Reads the messages of a thread before one of them backwards, a stretch at a time. */
export interface ThreadReader {
  /** Up to so many right before those that were read, oldest first; a refusal where none can be. */
  read(most: number): Promise<readonly MessagePayload[] | Refusal>;
  /** Whether there may be more. */
  readonly more: boolean;
}

/** Pages that are read one after the other from the beginning. */
const FORWARD_PAGES = 10;
/** Of a longer thread the newest are looked for instead. */
const FORWARD_REPLIES = 1_000;
const PAGES = 24;
/** After so many what there is is given, though it be few. */
const ENOUGH_PAGES = 10;

/** A window that is expected to hold so many fits on a page. */
const FITTING = 150;
/** A window with fewer could have been longer. */
const FEW = 50;

/** A page of which more follows: what is between its end and what was read from the thread's end is not known. */
interface Island {
  readonly from: number;
  readonly to: number;
  readonly messages: readonly MessagePayload[];
}

/**
 * Slack tells a thread from its beginning, page by page. A long one is read from its end: windows of time, as long as
 * the thread's pace lets them fit on a page, halved where they do not. A page that was read in vain waits as an island
 * until the windows come down to it.
 */
export function createThreadReader(before: string, readPage: ReadPage): ThreadReader {
  /** Read and not handed out, oldest first. Nothing is missing between them and what was handed out. */
  let waiting: readonly MessagePayload[] = [];
  /** Everything from here on was read. */
  let readFrom = Number(before);
  /** Oldest first; the first begins the thread. */
  const islands: Island[] = [];
  let begun = false;
  let whole = false;
  let pages = 0;
  /** Seconds: of the next window, and between two messages. */
  let span = 0;
  let pace = 0;

  const floor = (): number => islands.at(-1)?.to ?? 0;

  async function page(wish: Parameters<ReadPage>[0]): Promise<ThreadPage | Refusal> {
    pages += 1;
    return pages > PAGES ? 'failed' : readPage(wish);
  }

  const between = (messages: readonly MessagePayload[], oldest: number): readonly MessagePayload[] =>
    [...new Map(messages.map((message) => [message.ts, message])).values()]
      .filter(({ ts }) => Number(ts) >= oldest && Number(ts) > floor() && Number(ts) < readFrom)
      .sort((one, other) => Number(one.ts) - Number(other.ts));

  function addIsland(from: number, messages: readonly MessagePayload[]): void {
    const to = Number(messages.at(-1)?.ts ?? from);
    pace = (to - from) / Math.max(1, messages.length);
    islands.push({ from, to, messages });
  }

  /** All of it where it is short; otherwise where the rest begins. */
  async function begin(): Promise<Refusal | undefined> {
    let found: readonly MessagePayload[] = [];
    let cursor: string | undefined;
    do {
      const one = await page(cursor === undefined ? {} : { cursor });
      if (typeof one === 'string') return one;
      found = [...found, ...one.messages];
      cursor = one.next;
    } while (cursor !== undefined && pages < FORWARD_PAGES && repliesOf(found) <= FORWARD_REPLIES);
    const messages = between(found, 0);
    if (cursor === undefined) {
      waiting = messages;
      whole = true;
      return undefined;
    }
    addIsland(Number(messages[0]?.ts ?? 0), messages);
    span = (readFrom - floor()) / Math.max(2, (repliesOf(found) - messages.length) / FITTING);
    return undefined;
  }

  async function goBack(): Promise<Refusal | undefined> {
    const unknown = readFrom - floor();
    const fits = unknown <= pace * FITTING;
    const oldest = fits ? floor() : readFrom - Math.min(span, unknown / 2);
    const one = await page({ oldest: oldest.toFixed(6), latest: readFrom.toFixed(6) });
    if (typeof one === 'string') return one;
    // All but the first message of the thread: else time means nothing there.
    if (one.messages.slice(1).some(({ ts }) => Number(ts) < Math.floor(oldest))) return 'failed';
    const found = between(one.messages, oldest);
    if (one.next !== undefined) {
      addIsland(oldest, found);
      span = Math.max(pace * FITTING, (readFrom - floor()) / 64);
      return undefined;
    }
    if (found.length < FEW) span *= 4;
    waiting = [...found, ...waiting];
    readFrom = oldest;
    while (readFrom === floor()) reach(islands.pop());
    return undefined;
  }

  function reach(island: Island | undefined): void {
    waiting = [...(island?.messages ?? []), ...waiting];
    readFrom = island?.from ?? 0;
    if (islands.length === 0) whole = true;
  }

  return {
    async read(most) {
      while (!whole && waiting.length < most && (waiting.length === 0 || pages < ENOUGH_PAGES)) {
        const refusal = islands.length === 0 ? await begin() : await goBack();
        if (refusal === undefined) continue;
        if (waiting.length === 0 && !begun) return refusal;
        whole = true;
      }
      begun = true;
      const given = waiting.slice(-most);
      waiting = waiting.slice(0, -most);
      return given;
    },
    get more() {
      return !whole || waiting.length > 0;
    },
  };
}

function repliesOf([root]: readonly MessagePayload[]): number {
  return root?.reply_count ?? 0;
}
