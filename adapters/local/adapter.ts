import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { ConsentHandler } from '../../src/consent/consent';
import { errorFields } from '../../src/log/error-fields';
import type { Log } from '../../src/log/log';
import type { ChatAdapter, HttpRoute, TurnInbox } from '../../src/model/adapter';
import type { InputRegister } from '../../src/model/inputs';
import { openText } from '../../src/model/text';
import type { Person, ThreadId } from '../../src/model/turn';
import type { VendorLine } from '../../src/model/vendor-line';
import { takeOnce } from '../kit/take-once';
import { mayEnter, type Reach } from '../kit/this-machine';
import { TIMERS, type Timers } from '../kit/timers';
import { refuseEntry } from './guard';
import { openPageFolder, PAGE_FILES, sendPageFile } from './page-files';
import { createPages, type PageBounds } from './pages';
import { RESIDENTS, type Resident, residentOf } from './people';
import { takeButton } from './presses';
import { askAgain, placeFor, removeMessage, startAfresh, takePost } from './questions';
import { MESSAGE_LIMIT, REQUESTS, Refusal, readBody, sendJson } from './request';
import { createRoom, type Entry, type RoomBounds } from './room';
import type { LocalServices } from './services';
import { maySee, viewOf } from './view';
import type { PageEvent, StateView } from './wire';

export interface LocalAdapterOptions {
  readonly inbox: TurnInbox;
  /** What people did, to be taken once. */
  readonly inputs: InputRegister;
  readonly consent: ConsentHandler;
  readonly log: Log;
  /** The folder that `npm run build:page` fills. */
  readonly pageDir: string;
  /** Tells which vendor answers a person; asked again after each of their decisions. */
  readonly vendorLine?: (person: Person) => VendorLine | undefined | Promise<VendorLine | undefined>;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly timers?: Timers;
  readonly pageBounds?: PageBounds;
  readonly roomBounds?: RoomBounds;
}

/**
 * A chat on this machine: three people to be, a channel and a direct chat each, held in memory and gone at exit.
 * Only loopback reaches it.
 */
export function createLocalAdapter(options: LocalAdapterOptions): ChatAdapter {
  const { log, now = Date.now, timers = TIMERS, vendorLine } = options;
  const folder = openPageFolder(options.pageDir);
  let built = false;
  let stopping = false;

  const pages = createPages(options.pageBounds);
  const sendAbout = (entry: Entry, event: PageEvent): void =>
    pages.send(event, (viewer) => {
      const resident = residentOf(viewer);
      return resident !== undefined && maySee(room, entry, resident.person.id);
    });
  const room = createRoom(
    {
      changed: (entry) => sendAbout(entry, { type: 'message', message: viewOf(entry) }),
      grew: (entry, piece) => sendAbout(entry, { type: 'piece', id: entry.id, text: openText(piece) }),
      removed: (entry) => sendAbout(entry, { type: 'removed', ids: [entry.id] }),
    },
    options.roomBounds,
  );
  const { inbox, inputs, consent } = options;
  const services: LocalServices = { room, sessions: new Map(), inbox, inputs, consent, now, timers };

  async function stateFor({ person }: Resident): Promise<StateView> {
    const vendor = await vendorLine?.(person);
    const visible = room.conversations.filter((id) => [undefined, person.id].includes(room.ownerOf(id)));
    return {
      you: person.id,
      people: RESIDENTS.map(({ person: { id }, name, language }) => ({ id, name, language })),
      conversations: visible.map((id) => ({ id, kind: room.ownerOf(id) === undefined ? 'channel' : 'direct' })),
      vendor,
      messages: visible.flatMap((id) =>
        room
          .entries(id)
          .filter((entry) => maySee(room, entry, person.id))
          .map(viewOf),
      ),
    };
  }

  async function tellVendor({ person }: Resident): Promise<void> {
    const vendor = await vendorLine?.(person);
    if (vendor !== undefined) pages.send({ type: 'vendor', vendor }, (viewer) => viewer === person.id);
  }

  const route = (
    method: HttpRoute['method'],
    path: string,
    reach: Reach,
    take: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>,
  ): HttpRoute => ({
    method,
    path,
    async handle(request, response) {
      if (!mayEnter(request, reach)) {
        log.warn('local-entry-refused', { path, status: 403 });
        return refuseEntry(request, response);
      }
      try {
        if (stopping) throw new Refusal(503, 'stopping');
        await take(request, response);
      } catch (error) {
        const { status, code } = error instanceof Refusal ? error : new Refusal(500, 'failed');
        if (status === 500) log.error('local-request-failed', { path, ...errorFields(error) });
        request.resume();
        sendJson(response, status, { code });
      }
    },
  });

  const events = route('GET', '/local/events', 'own', async (request, response) => {
    const wanted = new URL(request.url ?? '/', 'http://localhost').searchParams.get('person');
    const resident = residentOf(wanted ?? '');
    if (resident === undefined) throw new Refusal(400, 'malformed');
    const state = await stateFor(resident);
    if (!pages.connect(resident.person.id, response, { type: 'state', state })) pages.refuse(response);
  });

  /** What somebody does is done once; what comes again is answered alike, and changes nothing. */
  function acting<Wish extends { readonly person: string; readonly act?: string | undefined }>(
    path: string,
    shape: z.ZodType<Wish>,
    work: (by: Resident, wish: Wish) => unknown,
    limit?: number,
  ): HttpRoute {
    return route('POST', path, 'own', async (request, response) => {
      const wish = await readBody(request, shape, limit);
      const by = known(wish.person);
      const input = { ...by.person, id: wish.act && `${path}:${wish.person}:${wish.act}` };
      let answer: unknown;
      await takeOnce(inputs, input, now(), async () => {
        answer = await work(by, wish);
        return 'done';
      });
      sendJson(response, 200, { ...(typeof answer === 'object' && answer) });
      await tellVendor(by);
    });
  }

  const messages = acting(
    '/local/messages',
    REQUESTS.message,
    async (by, { person: _, ...post }) => ({
      thread: await takePost({ ...post, thread: post.thread, by }, services),
    }),
    MESSAGE_LIMIT,
  );
  const action = acting('/local/action', REQUESTS.action, (by, { language, ...press }) =>
    takeButton(by, press, language, services),
  );
  const again = acting('/local/again', REQUESTS.again, (by, { message, language }) =>
    askAgain(by, message, language, services),
  );
  const stop = acting('/local/stop', REQUESTS.stop, (by, { conversation, thread }) => {
    const stopped = inbox.stop(by.person, placeFor(by, conversation), thread as ThreadId | undefined);
    if (stopped === 'anothers') throw new Refusal(403, 'not-your-answer');
  });
  const fresh = acting('/local/new', REQUESTS.fresh, (by) => startAfresh(by, services));
  const deletion = acting('/local/delete', REQUESTS.deletion, (by, { message }) =>
    removeMessage(by, message, services),
  );

  const pageFiles = PAGE_FILES.map((file) =>
    route('GET', file.path, file.reach, async (_request, response) => {
      const content = await folder.read(file);
      if (content === undefined) throw new Refusal(503, 'failed');
      sendPageFile(response, file, content);
    }),
  );

  return {
    platform: 'local',
    routes: [...pageFiles, events, messages, again, action, stop, fresh, deletion],
    async start() {
      await folder.check();
      built = true;
    },
    links: [],
    ready: () => built && !stopping,
    stop() {
      stopping = true;
      return Promise.resolve();
    },
  };
}

function known(id: string): Resident {
  const resident = residentOf(id);
  if (resident === undefined) throw new Refusal(400, 'malformed');
  return resident;
}
