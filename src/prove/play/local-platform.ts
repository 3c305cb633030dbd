import {
  directOf,
  LOCAL_CHANNEL,
  type LocalHouse,
  RESIDENTS,
  type Resident,
  said,
  sendTo,
  takeLocalSeat,
} from './local-seat';
import type { Platform } from './seat';

/** The page on this machine. It has three people: a seat waits until one of them is free. */
export function createLocalPlatform(): Platform {
  const free: Resident[] = [...RESIDENTS];
  const waiting: ((resident: Resident) => void)[] = [];
  const house: LocalHouse = { port: 0, pages: [], seated: new Map(RESIDENTS.map((resident) => [resident, []])) };
  const leave = (resident: Resident): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(resident);
    else next(resident);
  };
  return {
    doors: ['local'],
    env: { DEJIREN_LOCAL: 'true' },
    secrets: [],
    ports: [],
    tenant: undefined,
    conversationOf: () => LOCAL_CHANNEL,
    open(url) {
      house.port = Number(new URL(url).port);
    },
    async seat(wish) {
      const resident = free.shift() ?? (await new Promise<Resident>((resolve) => waiting.push(resolve)));
      house.seated.get(resident)?.push(wish.caseId);
      return takeLocalSeat(house, { resident, leave: () => leave(resident) }, wish);
    },
    // What stands in the channel, everybody may read; what stands in a direct chat, those who sat there.
    received: () =>
      house.pages.flatMap(({ resident, page }) =>
        page.events.map((event) => ({
          seenIn:
            event.type === 'message' && event.message.conversation === directOf(resident)
              ? (house.seated.get(resident) ?? [])
              : undefined,
          words: JSON.stringify(event),
        })),
      ),
    async malformed(words, heard) {
      const tell = async (what: string, path: string, body: object | string): Promise<void> => {
        const { status, text } = await sendTo(house.port, path, body);
        heard({ what, words: `${status} ${text}` });
      };
      await tell('a message that is no JSON', '/local/messages', `{"${words}`);
      await tell('a message of nobody', '/local/messages', { person: words, text: words });
      await tell('a message somewhere else', '/local/messages', said('ben', words, words));
      await tell('a press of no card', '/local/action', pressOf('ben', words.slice(0, 64)));
    },
    close: async () => undefined,
  };
}

function pressOf(person: Resident, card: string): object {
  return { person, language: 'en', card, version: 0, button: 0 };
}
