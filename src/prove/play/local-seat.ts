import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { MessageView } from '../../../adapters/local/wire';
import { type ButtonName, labelsOf } from './buttons';
import { type OpenPage, openPage } from './local-page';
import type { PressWish, Seat, SeatWish } from './seat';

export const RESIDENTS = ['aiko', 'ben', 'chika'] as const;
export type Resident = (typeof RESIDENTS)[number];

const LOOK_MS = 25;

export const LOCAL_CHANNEL = 'general';

/** The page's people, and who sat where. */
export interface LocalHouse {
  port: number;
  readonly pages: { readonly resident: Resident; readonly page: OpenPage }[];
  /** Cases, by the resident who played them. */
  readonly seated: ReadonlyMap<Resident, string[]>;
}

interface Chair {
  readonly resident: Resident;
  readonly leave: () => void;
}

export function directOf(resident: Resident): string {
  return `direct-${resident}`;
}

export async function takeLocalSeat(
  { port, pages }: LocalHouse,
  { resident, leave }: Chair,
  { place, heard, patienceMs }: SeatWish,
): Promise<Seat> {
  // What somebody else said in this seat is no context of what is said now.
  await sendTo(port, '/local/new', { person: resident });
  const page = await openPage(port, resident);
  pages.push({ resident, page });
  /** Looks now and then: what is waited for may show elsewhere than on the page. */
  async function until(holds: () => boolean): Promise<void> {
    for (const late = Date.now() + patienceMs; !holds(); await wait(LOOK_MS))
      if (Date.now() > late) throw new Error('the condition never held');
  }
  const isDirect = place === 'direct';
  const conversation = isDirect ? directOf(resident) : LOCAL_CHANNEL;
  const old = new Set(page.messages().map(({ id }) => id));
  const threads = new Set<string>();
  const isMine = ({ id, author, thread, card, conversation: where }: MessageView): boolean =>
    author === 'dejiren' && !old.has(id) && (where === directOf(resident) || card !== undefined || threads.has(thread));
  const fromBot = (): readonly MessageView[] => page.messages().filter(isMine);
  // Older messages go when the page is full: what came is counted, not what stands.
  const cameFromBot = (): number =>
    new Set(page.events.flatMap((one) => (one.type === 'message' && isMine(one.message) ? [one.message.id] : []))).size;

  async function send(what: string, path: string, body: object): Promise<string> {
    const { status, text } = await sendTo(port, path, body);
    heard({ what, words: status === 200 ? '' : `${status} ${text}` });
    if (status !== 200) throw new Error(`the page answered ${status}`);
    return text;
  }
  let asked: object | undefined;
  async function say(
    text: string,
    files: readonly { name: string; content: string }[] = [],
    thread?: string,
  ): Promise<void> {
    asked = {
      ...said(resident, conversation, text),
      act: randomUUID(),
      ...(thread !== undefined && { thread }),
      files: files.map(({ name, content }) => ({
        name,
        mediaType: 'text/plain',
        data: Buffer.from(content).toString('base64'),
      })),
    };
    const answered = await send('the answer to a message', '/local/messages', asked);
    const stands: unknown = Reflect.get(JSON.parse(answered), 'thread');
    if (typeof stands === 'string') threads.add(stands);
  }
  if (place === 'thread') await say('Here begins a thread.');
  const [root] = threads;

  const command = async (words: string): Promise<void> => {
    const count = cameFromBot();
    await say(`/dejiren-optin ${words}`);
    await until(() => cameFromBot() > count);
  };
  const cardWith = (name: ButtonName, oldest = false): readonly [MessageView, number] | undefined => {
    const cards = fromBot().flatMap((message): (readonly [MessageView, number])[] => {
      const button = message.card?.buttons.findIndex(({ label }) => labelsOf(name).includes(label)) ?? -1;
      return button < 0 ? [] : [[message, button]];
    });
    return oldest ? cards[0] : cards.at(-1);
  };

  const seat: Seat = {
    door: 'local',
    conversation,
    command,
    type: command,
    async otherCommand() {
      throw new Error('the page has nobody else');
    },
    ask: ({ text, files = [] }) => say(`${isDirect ? '' : '@dejiren '}${text} @Aiko`, files, root),
    async deliverAgain() {
      if (asked === undefined) throw new Error('nothing was asked');
      await send('the answer to a message', '/local/messages', asked);
    },
    shownCount: cameFromBot,
    atWork() {
      // That it takes long, the page says by its own clock.
      return fromBot().at(-1)?.answer?.state === 'waiting' ? 'yes' : 'no';
    },
    isWhole: () => !/waiting|streaming/u.test(fromBot().at(-1)?.answer?.state ?? ''),
    shown: () =>
      fromBot()
        .map(({ text, card, answer }) => `${text}\n${JSON.stringify([card, answer?.ending])}`)
        .join('\n'),
    hasButton: (name) => cardWith(name) !== undefined,
    async pressButton(name, { byOther = false, ticked = false, oldest = false }: PressWish = {}) {
      const [message, button] = cardWith(name, oldest) ?? [];
      if (message?.card === undefined || button === undefined) throw new Error(`there is no button “${name}”`);
      const { id, card } = message;
      const person = byOther ? RESIDENTS.find((one) => one !== resident) : resident;
      const press = { person, language: 'en', card: id, version: card.version, button, ticked };
      const { status, text } = await sendTo(port, '/local/action', press);
      heard({ what: 'the answer to a press', words: `${status} ${text}` });
    },
    async readDetails() {
      const buttons = fromBot().flatMap(({ card }) => card?.buttons ?? []);
      if (!buttons.some(({ details }) => details !== undefined)) throw new Error('nothing can be unfolded');
    },
    async stop() {
      const thread = fromBot().at(-1)?.thread;
      await send('the answer to Stop', '/local/stop', { person: resident, conversation, ...(!isDirect && { thread }) });
    },
    async press(words) {
      const press = { person: resident, language: 'en', card: words.slice(0, 64), version: 0, button: 0 };
      const { status, text } = await sendTo(port, '/local/action', press);
      heard({ what: 'the answer to a press', words: `${status} ${text}` });
    },
    trouble() {
      throw new Error('the page takes every answer');
    },
    async forget() {
      for (const { id, author } of page.messages())
        if (author === resident)
          await send('the answer to a deletion', '/local/delete', { person: resident, message: id });
      await send('the answer to /new', '/local/new', { person: resident });
    },
    until,
    async leave() {
      await seat.command('off all').catch(() => undefined);
      page.close();
      leave();
    },
  };
  return seat;
}

export function said(person: string, conversation: string, text: string): object {
  return { person, language: 'en', conversation, text };
}

export function sendTo(port: number, path: string, body: object | string): Promise<{ status: number; text: string }> {
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
