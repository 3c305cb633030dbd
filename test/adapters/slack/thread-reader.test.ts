import { messagePayload } from '../../../adapters/slack/payloads';
import { createThreadReader, type ReadPage } from '../../../adapters/slack/thread-reader';

const PAGE = 200;
const message = (at: number, replies?: number) =>
  messagePayload.parse({ user: 'U1', text: `message ${at}`, ts: `${at}.000000`, reply_count: replies });

/** A thread as Slack tells it: from its beginning, the first message always among it. */
function threadOf(times: readonly number[], tellsCount = true) {
  const [root = 0, ...replies] = times;
  let calls = 0;
  const readPage: ReadPage = async ({ oldest, latest, cursor }) => {
    calls += 1;
    const from = Number(cursor ?? 0);
    const found = replies.filter((at) => at >= Number(oldest ?? 0) && at <= Number(latest ?? Number.POSITIVE_INFINITY));
    const page = found.slice(from, from + PAGE);
    return {
      messages: [message(root, tellsCount ? replies.length : undefined), ...page.map((at) => message(at))],
      next: from + PAGE < found.length ? String(from + PAGE) : undefined,
    };
  };
  return { readPage, calls: () => calls };
}

const upTo = (count: number, every = 1): readonly number[] => [...Array(count).keys()].map((at) => 1_000 + at * every);

async function readAll(before: number, most: number, readPage: ReadPage): Promise<readonly (number | string)[]> {
  const reader = createThreadReader(`${before}.000000`, readPage);
  let all: readonly (number | string)[] = [];
  while (reader.more) {
    const found = await reader.read(most);
    if (typeof found === 'string') return [found, ...all];
    all = [...found.map(({ ts }) => Number(ts)), ...all];
  }
  return all;
}

describe('reading a thread from its end', () => {
  it.each([1, 2, 199, 200, 201, 999, 1_500, 2_200, 5_000])(
    'gives the newest of %d messages without a gap, each once',
    async (count) => {
      const times = upTo(count);
      const { readPage } = threadOf(times);
      const all = await readAll(1_000 + count, 100, readPage);
      expect(all.length).toBeGreaterThanOrEqual(Math.min(count, 1_000));
      expect(all).toEqual(times.slice(-all.length));
    },
  );

  it.each([
    ['steady', upTo(40_000)],
    ['slow at the end', [...upTo(5_000), ...upTo(60).map((at) => at * 5_000)]],
    ['quick at the end', [...upTo(3_000, 600), ...upTo(2_000).map((at) => 1_800_000 + at)]],
    ['in bursts', [...Array(30).keys()].flatMap((day) => upTo(150).map((at) => at + day * 86_400))],
  ])('finds the newest of a long thread within few calls: %s', async (_kind, times) => {
    const { readPage, calls } = threadOf(times);
    const before = (times.at(-1) ?? 0) + 1;
    const reader = createThreadReader(`${before}.000000`, readPage);
    const found = await reader.read(80);
    if (typeof found === 'string') throw new Error(found);
    expect(found.length).toBeGreaterThanOrEqual(60);
    expect(found.map(({ ts }) => Number(ts))).toEqual(times.slice(-found.length));
    expect(calls()).toBeLessThanOrEqual(12);
  });

  it('finds them where the first message tells of no replies', async () => {
    const times = upTo(9_000);
    const { readPage } = threadOf(times, false);
    const reader = createThreadReader('100000.000000', readPage);
    const found = await reader.read(10);
    expect(typeof found === 'string' ? found : found.map(({ ts }) => Number(ts))).toEqual(times.slice(-10));
  });

  it('leaves out the question and what came after', async () => {
    const { readPage } = threadOf(upTo(50));
    expect(await readAll(1_040, 10, readPage)).toEqual(upTo(40));
  });

  it('says so where nothing can be read, and keeps what it has where the rest cannot', async () => {
    expect(await readAll(2_000, 10, async () => 'not-permitted')).toEqual(['not-permitted']);
    const { readPage, calls } = threadOf(upTo(5_000));
    const breaking: ReadPage = async (wish) => (calls() > 3 ? 'failed' : readPage(wish));
    const all = await readAll(6_000, 10, breaking);
    expect(all.length).toBeGreaterThan(0);
    expect(all).toEqual(upTo(5_000).slice(-all.length));
  });

  it('ends with a server that never lets a window be small enough', async () => {
    let calls = 0;
    const endless: ReadPage = async () => {
      calls += 1;
      return { messages: [message(1, 9_000)], next: 'more' };
    };
    expect(await readAll(2_000, 10, endless)).toEqual(['failed']);
    expect(calls).toBeLessThanOrEqual(24);
  });
});
