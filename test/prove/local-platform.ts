import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type OpenPage, openPage } from '../support/local-page';
import type { Platform, Seat, SeatWish } from './seat';

const RESIDENTS = ['aiko', 'ben', 'chika'] as const;
type Resident = (typeof RESIDENTS)[number];

/** The page on this machine. It has three people: a seat waits until one of them is free. */
export function createLocalPlatform(): Platform {
  const free: Resident[] = [...RESIDENTS];
  const waiting: ((resident: Resident) => void)[] = [];
  let port = 0;
  const leave = (resident: Resident): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(resident);
    else next(resident);
  };
  const pages: OpenPage[] = [];
  return {
    env: { DEJIREN_LOCAL: 'true' },
    secrets: [],
    ports: [],
    open(url) {
      port = Number(new URL(url).port);
    },
    async seat(wish) {
      const resident = free.shift() ?? (await new Promise<Resident>((resolve) => waiting.push(resolve)));
      return takeSeat({ port, resident, leave: () => leave(resident), pages }, wish);
    },
    received: () => pages.map(({ events }) => ({ caseId: undefined, words: JSON.stringify(events) })),
    async malformed(words, heard) {
      const tell = async (what: string, path: string, body: object | string): Promise<void> => {
        const { status, text } = await post(port, path, body);
        heard({ what, words: `${status} ${text}` });
      };
      await tell('a message that is no JSON', '/local/messages', `{"${words}`);
      await tell('a message of nobody', '/local/messages', { person: words, text: words });
      await tell('a message somewhere else', '/local/messages', said('ben', words, words));
      await tell('a press of no card', '/local/action', {
        person: 'ben',
        language: 'en',
        card: words.slice(0, 64),
        version: 0,
        button: 0,
      });
    },
    close: async () => undefined,
  };
}

interface Here {
  readonly port: number;
  readonly resident: Resident;
  readonly leave: () => void;
  readonly pages: OpenPage[];
}

async function takeSeat({ port, resident, leave, pages }: Here, { heard }: SeatWish): Promise<Seat> {
  // What somebody else said in this seat is no context of what is said now.
  await post(port, '/local/new', { person: resident });
  const page = await openPage(port, resident);
  pages.push(page);
  const conversation = `direct-${resident}`;
  const before = new Set(page.messages().map(({ id }) => id));
  const fromBot = () => page.messages().filter((one) => one.author === 'dejiren' && !before.has(one.id));
  // Older messages go when the page is full: what came is counted, not what stands.
  const cameFromBot = () => {
    const ids = page.events.flatMap((one) =>
      one.type === 'message' && one.message.author === 'dejiren' && !before.has(one.message.id) ? [one.message.id] : [],
    );
    return new Set(ids).size;
  };
  let withdrew = false;
  const send = async (what: string, path: string, body: object): Promise<void> => {
    const { status, text } = await post(port, path, body);
    heard({ what, words: status === 200 ? '' : `${status} ${text}` });
    if (status !== 200) throw new Error(`the page answered ${status}`);
  };
  const say = (text: string, files: readonly { name: string; content: string }[] = []): Promise<void> =>
    send('the answer to a message', '/local/messages', {
      ...said(resident, conversation, text),
      files: files.map(({ name, content }) => ({
        name,
        mediaType: 'text/plain',
        data: Buffer.from(content).toString('base64'),
      })),
    });
  const seat: Seat = {
    door: 'local',
    async command(words) {
      const count = cameFromBot();
      withdrew = /^off/u.test(words);
      await say(`/dejiren-optin ${words}`);
      await until(() => cameFromBot() > count);
    },
    ask: ({ text, files = [] }) => say(`${text} @Aiko`, files),
    shownCount: cameFromBot,
    isWhole: () => fromBot().at(-1)?.answer?.state !== 'waiting' && fromBot().at(-1)?.answer?.state !== 'streaming',
    shown: () =>
      fromBot()
        .map(({ text, card, answer }) => `${text}\n${JSON.stringify([card, answer?.ending])}`)
        .join('\n'),
    stop: () => send('the answer to Stop', '/local/stop', { person: resident, conversation }),
    async press(words) {
      const { status, text } = await post(port, '/local/action', {
        person: resident,
        language: 'en',
        card: words.slice(0, 64),
        version: 0,
        button: 0,
      });
      heard({ what: 'the answer to a press', words: `${status} ${text}` });
    },
    async forget() {
      for (const { id, author } of page.messages())
        if (author === resident)
          await send('the answer to a deletion', '/local/delete', { person: resident, message: id });
      await send('the answer to /new', '/local/new', { person: resident });
    },
    until,
    async leave() {
      if (!withdrew) await seat.command('off all').catch(() => undefined);
      page.close();
      leave();
    },
  };
  return seat;
}

const PATIENCE_MS = 30_000;
const LOOK_MS = 25;

/** Looks now and then: what is waited for may show elsewhere than on the page. */
async function until(holds: () => boolean): Promise<void> {
  for (const late = Date.now() + PATIENCE_MS; !holds(); await wait(LOOK_MS))
    if (Date.now() > late) throw new Error('the condition never held');
}

const said = (person: string, conversation: string, text: string) => ({ person, language: 'en', conversation, text });

function post(port: number, path: string, body: object | string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, path, method: 'POST', agent: false, headers: { 'content-type': 'application/json' } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    sent.on('error', reject);
    sent.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}
