import type { Dispatcher } from 'undici';
import type { Timers } from '../../../adapters/kit/timers';
import { createSlackAdapter } from '../../../adapters/slack/adapter';
import type { ConsentHandler, ConsentView } from '../../../src/consent/consent';
import { createEgress } from '../../../src/egress/egress';
import type { TurnSurface } from '../../../src/model/adapter';
import type { ReplyEnding } from '../../../src/model/reply';
import { sealSafeText } from '../../../src/model/text';
import type { Turn } from '../../../src/model/turn';
import { type FakeSlackOptions, startFakeSlack } from '../../../src/prove/doubles/slack/fake-slack';
import { startWebServer } from '../../../src/prove/doubles/web-server';
import { aRegister } from '../../support/inputs';

export const FOOTER = 'AI can be wrong';

export interface Asked {
  readonly turn: Turn;
  readonly surface: TurnSurface;
}

/** The real adapter on real Bolt, connected to the fake Slack, with a dispatcher and a consent that the test plays. */
export async function openSlackRoom(
  options: FakeSlackOptions & { readonly mode?: 'http' | 'socket'; readonly timers?: Timers } = {},
) {
  const { mode = 'http', timers, ...fake } = options;
  const slack = await startFakeSlack(fake);
  const egress = createEgress({ hosts: ['127.0.0.1'] });
  /** Addresses that were spoken to in another way than by requests. */
  const upgraded: string[] = [];
  const asked: Asked[] = [];
  const stops: (readonly unknown[])[] = [];
  const logged: string[] = [];
  const log = (event: string, fields: object = {}): void => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const views: { next: () => Promise<ConsentView> } = { next: async () => ({ kind: 'help', vendors: ['one'] }) };
  const runs: (readonly unknown[])[] = [];
  const consent: ConsentHandler = {
    run: async (person, _words, origin) => {
      runs.push([person.id, person.membership, origin.surface]);
      return views.next();
    },
    act: async (person, action) => {
      runs.push([person.id, person.membership, action.do]);
      return views.next();
    },
    noticeShown: async () => {},
  };
  const adapter = createSlackAdapter({
    connection: mode === 'http' ? { mode, signingSecret: slack.signingSecret } : { mode, appToken: slack.appToken },
    botToken: slack.botToken,
    apiUrl: slack.apiUrl,
    fetch: egress.fetch,
    sockets: async () => recording(await egress.dispatcher(), upgraded),
    inbox: {
      receive: (turn, surface) => void asked.push({ turn, surface }),
      stopIn() {},
      stop(person, conversation, thread) {
        stops.push([person.id, conversation, thread]);
        return 'stopped';
      },
    },
    inputs: aRegister(),
    consent,
    language: 'en',
    log: { debug: log, info: log, warn: log, error: log },
    ...(timers !== undefined && { timers }),
    ...(fake.now !== undefined && { now: fake.now }),
  });
  const web = await startWebServer((request, response) => void adapter.routes[0]?.handle(request, response));
  slack.deliverTo(`${web.url}/slack/events`);
  await adapter.start();

  return {
    slack,
    adapter,
    asked,
    upgraded,
    stops,
    logged,
    views,
    runs,
    /** What stands in a channel of dejiren's, a message each. */
    shown: (channel: string): readonly string[] => slack.answers(channel).map((one) => slack.seen(one)),
    whispers: (): readonly string[] => slack.ephemerals.map((one) => slack.seen(one)),
    /** Asks, and gives the question as the dispatcher would get it. */
    async ask(channel: string, user = 'U1', thread?: string): Promise<Asked> {
      const before = asked.length;
      const words = channel.startsWith('D') ? 'a question' : '<@U0BOT> a question';
      await slack.say({ channel, user, text: words, ...(thread !== undefined && { thread }) });
      await slack.until(() => asked.length > before);
      return lastOf(asked);
    },
    async close(): Promise<void> {
      await adapter.stop();
      await web.close();
      await slack.close();
      egress.close();
    },
  };
}

function recording(dispatcher: Dispatcher, origins: string[]): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => {
    if (options.upgrade === 'websocket') origins.push(String(options.origin));
    return dispatch(options, handler);
  });
}

export type SlackRoom = Awaited<ReturnType<typeof openSlackRoom>>;

/** Plays the dispatcher's part of one answer. */
export function answerTo({ surface }: Asked) {
  const stop = new AbortController();
  let allowed = true;
  let isBroken = false;
  let given: ReplyEnding = { kind: 'stopped' };
  let seen = 0;
  const reply = surface.openReply({
    answerer: () => ({ vendor: 'Vendor one', region: 'jp', model: 'm', noticeId: 'n1', asker: 'pseudonym' }),
    signal: stop.signal,
    mayPost: async () => {
      if (isBroken) throw new Error('broke');
      if (!allowed) stop.abort();
      return allowed;
    },
    brokenOff: () => (stop.signal.aborted ? (allowed ? given : { kind: 'withdrawn' }) : undefined),
    errorId: () => 'k7f3qm',
    onFirstVisible: () => {
      seen += 1;
    },
  });
  return {
    say: (words: string): void => reply.write(sealSafeText(words)),
    end(ending: ReplyEnding = { kind: 'complete' }) {
      given = ending;
      return reply.end(ending);
    },
    abort: (): void => stop.abort(),
    forbid(): void {
      allowed = false;
    },
    /** From now on the dispatcher itself fails when it is asked. */
    break(): void {
      isBroken = true;
    },
    get firstSeen(): number {
      return seen;
    },
  };
}

export function lastOf<Item>(items: readonly Item[]): Item {
  const last = items.at(-1);
  if (last === undefined) throw new Error('there is none');
  return last;
}
