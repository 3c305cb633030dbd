import type { ConsentHandler } from '../../src/consent/consent';
import { errorFields } from '../../src/log/error-fields';
import type { Log } from '../../src/log/log';
import type { ChatAdapter, TurnInbox } from '../../src/model/adapter';
import type { InputRegister } from '../../src/model/inputs';
import { allWork } from '../../src/model/link';
import { SetupError } from '../../src/model/setup-error';
import type { Language, MessageId } from '../../src/model/turn';
import { takeOnce } from '../kit/take-once';
import { TIMERS, type Timers } from '../kit/timers';
import { withholding } from '../kit/withhold';
import type { MemoryBounds } from '../platform-module';
import type { TeamsAccess } from './access';
import { createTeamsApi } from './api';
import { createAttributions } from './attributions';
import { type Bot, createBot, type InvokeAnswer } from './bot';
import { createConnection } from './connection';
import { createGraph } from './graph';
import { createHistory } from './history';
import { inputOf } from './inputs';
import { createMemory } from './memory';
import { deletedActivity, type Envelope, editedActivity, feedbackInvoke, isAddressed } from './payloads';
import { createPeople } from './people';
import { takeInvoke } from './presses';
import { takeQuestion } from './questions';
import { createTeamsRoute } from './receiver';
import type { TeamsServices } from './services';
import { conversationOf, tenantOf } from './turn';
import { readUtterance } from './utterance';
import { takeInstallation, welcome } from './welcome';

export interface TeamsAdapterOptions extends TeamsAccess {
  readonly memory: MemoryBounds;
  /** Every request to Teams goes through it. */
  readonly fetch: typeof fetch;
  readonly inbox: TurnInbox;
  /** What people did, to be taken once. */
  readonly inputs: InputRegister;
  readonly consent: ConsentHandler;
  readonly language: Language;
  readonly log: Log;
  readonly now?: () => number;
  readonly timers?: Timers;
}

/** Microsoft Teams, by the Bot Framework at `POST /api/messages`. */
export function createTeamsAdapter(options: TeamsAdapterOptions): ChatAdapter {
  const { appId, fetch, log, now = Date.now, timers = TIMERS } = options;
  const connection = createConnection({ ...options, readsChats: options.graph !== undefined, now });
  const { token, check } = connection;
  const memory = createMemory(options.memory, now);
  const attributions = createAttributions();
  let bot: Bot | undefined;
  let services: TeamsServices | undefined;
  let taking = false;
  let stopped = false;

  /** The SDK is given the shape alone: what else somebody sends it could stumble over, or keep. */
  async function take(shape: Envelope, activity: Readonly<Record<string, unknown>>): Promise<InvokeAnswer> {
    if (bot === undefined || services === undefined) return { status: 503 };
    const here = services;
    connection.at(shape.serviceUrl);
    const work = async (): Promise<InvokeAnswer | undefined> => {
      try {
        return await handle(shape, activity, here);
      } catch (error) {
        log.error('teams-activity-failed', { ...errorFields(error) });
        return { status: 500 };
      }
    };
    const answer = await bot.run(shape, work).catch((): InvokeAnswer => ({ status: 500 }));
    if (answer.status === 500) log.error('teams-activity-failed', { code: 'sdk' });
    return answer;
  }

  const route = createTeamsRoute({
    check,
    isService: options.isService,
    tenants: options.tenants,
    taking: () => taking,
    take,
    log,
  });

  return {
    platform: 'teams',
    routes: [route],
    links: connection.links,
    ready: () => taking && allWork(connection.links),
    async start() {
      const { inbox, inputs, consent, language } = options;
      bot = await createBot({ appId, token, fetch: withholding(fetch) });
      const api = createTeamsApi({ bot, token, fetch, link: connection.connector, log });
      const people = createPeople(api, now);
      const graph = options.graph && createGraph({ ...options.graph, fetch, link: connection.graph, log });
      const history = graph && createHistory({ graph, appId, people, attributions, now });
      services = {
        api,
        people,
        memory,
        attributions,
        history,
        fetch,
        inbox,
        inputs,
        consent,
        log,
        language,
        now,
        timers,
      };
      const tried = await connection.open(() => {
        taking = !stopped;
      });
      if (tried === 'tried') return;
      connection.close();
      throw new SetupError(
        'Entra ID refused the bot. Check MicrosoftAppId, MicrosoftAppPassword (or the certificate) and MicrosoftAppTenantId.',
      );
    },
    async stop() {
      stopped = true;
      taking = false;
      connection.close();
    },
    forget(person) {
      memory.forget(person);
      if (person.platform === 'teams') attributions.forget(person);
    },
  };
}

async function handle(
  shape: Envelope,
  activity: Readonly<Record<string, unknown>>,
  services: TeamsServices,
): Promise<InvokeAnswer | undefined> {
  switch (activity.type) {
    case 'message':
      await takeQuestion(activity, services);
      return undefined;
    case 'messageUpdate':
      await takeEdit(activity, services);
      return undefined;
    case 'messageDelete':
      takeDeletion(activity, services);
      return undefined;
    case 'conversationUpdate':
      await once(shape, services, () => welcome(activity, services));
      return undefined;
    case 'installationUpdate':
      await once(shape, services, () => takeInstallation(activity, services));
      return undefined;
    case 'invoke':
      return (await takeFeedback(activity, services)) ?? (await takeInvoke(activity, services));
    default:
      return undefined;
  }
}

/** What throws may come again. */
async function once(shape: Envelope, services: TeamsServices, work: () => Promise<void>): Promise<void> {
  const tenant = tenantOf(shape) ?? '';
  await takeOnce(services.inputs, { platform: 'teams', tenant, id: inputOf(shape).id }, services.now(), async () => {
    await work();
    return 'done';
  });
}

/**
 * Who edits a question changes what is remembered of it. An answer that is being written goes on: the words that it
 * answers have gone to the vendor already, and its writer is told so. Where an edit adds the mention it is a question.
 */
async function takeEdit(body: Readonly<Record<string, unknown>>, services: TeamsServices): Promise<void> {
  const parsed = editedActivity.safeParse(body);
  if (!parsed.success) return;
  const { id, text, entities, recipient } = parsed.data;
  const { told } = inputOf(parsed.data);
  const read = () => readUtterance(text ?? '', entities, recipient.id);
  services.memory.editMessage(conversationOf(parsed.data).id, id, told?.at, read);
  if (isAddressed(body)) await takeQuestion({ ...body, type: 'message' }, services, true);
}

/** A question that is deleted is taken back: its answer ends, and nothing of it stays in memory. */
function takeDeletion(body: unknown, services: TeamsServices): void {
  const parsed = deletedActivity.safeParse(body);
  if (!parsed.success) return;
  const { id } = conversationOf(parsed.data);
  services.memory.dropMessage(id, parsed.data.id);
  services.inbox.stopIn(id, parsed.data.id as MessageId);
}

/** Counted alone, and once: what somebody wrote along with it is not looked at. */
async function takeFeedback(body: unknown, services: TeamsServices): Promise<InvokeAnswer | undefined> {
  const parsed = feedbackInvoke.safeParse(body);
  if (!parsed.success) return undefined;
  await once(parsed.data, services, async () =>
    services.log.info('answer-rated', { code: parsed.data.value.actionValue.reaction }),
  );
  return { status: 200, body: {} };
}
