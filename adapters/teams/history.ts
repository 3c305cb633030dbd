import { RecentMap } from '../../src/kit/recent-map';
import { within } from '../../src/kit/wait';
import type { ThreadMessage, ThreadReading } from '../../src/model/adapter';
import { sealText } from '../../src/model/text';
import type { MessageRef, Person, PersonId, TenantId, Turn } from '../../src/model/turn';
import { requestOf } from '../kit/request';
import type { Attributions } from './attributions';
import type { Destination } from './bot';
import type { Graph, GraphConversation } from './graph';
import { type GraphMessage, hasFiles, hasMore, isByApp, isOwn, mentions, wordsOf } from './graph-message';
import type { KnownPerson, People } from './people';
import { TYPED_WISHES } from './turn';

export interface HistoryParts {
  readonly graph: Graph;
  readonly appId: string;
  readonly people: People;
  readonly attributions: Attributions;
  readonly now: () => number;
}

/** Where a question stands, as the Bot Connector and Graph name it. */
export interface QuestionSource {
  readonly place: Destination;
  /** The asker's account in Teams, e.g. `29:…`. */
  readonly account: string;
  /** The id in the directory of the team whose channel it is. */
  readonly group: string | undefined;
}

/** A question as it was read again. */
export type ReadQuestion = Pick<Turn, 'question' | 'leftOut'>;

/** Reads chats by Graph at request time, where the organisation permits it; nothing of them is kept. */
export interface History {
  /** Whether what was said there may be read, as far as is known: personal chats may never. */
  reads(turn: Pick<Turn, 'conversation'>, where: Pick<QuestionSource, 'group'>): boolean;
  /** Messages of the turn's thread before its question, oldest first. */
  readThread(turn: Turn, where: QuestionSource, limit: number, signal: AbortSignal): Promise<ThreadReading>;
  /** A question as it stands now; undefined where it is gone, is not the person's, came with files, or may not be read. */
  readQuestion(ref: MessageRef, person: Person, group: string | undefined): Promise<ReadQuestion | undefined>;
}

const WAIT_MS = 5_000;
/** For asking who wrote what was read by then. */
const AUTHORS_MS = 3_000;
/** A chat that may not be read is asked for again after so long. */
const REFUSED_MS = 600_000;
const REFUSED_KEPT = 2_000;
/** Of so many authors of one thread Teams is asked who they are; the rest stay unknown, and their words withheld. */
const MOST_ASKED = 10;

export function createHistory({ graph, appId, people, attributions, now }: HistoryParts): History {
  const refused = new RecentMap<string, number>(REFUSED_KEPT);

  function noteRefusal(conversation: string): void {
    refused.set(conversation, now() + REFUSED_MS);
  }

  /** Asks once about each author; the asker is known. */
  function createAuthors(turn: Turn, { place }: QuestionSource) {
    const { tenant, id: self } = turn.person;
    const asked = new Map<string, Promise<KnownPerson>>();
    const find = (user: string): Promise<KnownPerson> | undefined => {
      const known = asked.get(user);
      if (known !== undefined || user === self || asked.size === MOST_ASKED) return known;
      const asking = people.find(place, user, tenant);
      asked.set(user, asking);
      return asking;
    };
    return async (user: NonNullable<NonNullable<GraphMessage['from']>['user']>) => {
      const isForeign = (user.tenantId ?? tenant) !== tenant || (user.userIdentityType ?? 'aadUser') !== 'aadUser';
      const known = isForeign ? undefined : await find(user.id);
      const membership = user.id === self ? turn.person.membership : (known?.membership ?? 'unknown');
      const person: Person = {
        platform: 'teams',
        tenant,
        id: user.id as PersonId,
        membership: isForeign ? 'external' : membership,
      };
      const shown = user.displayName ? [sealText(user.displayName)] : [];
      return { person, names: [...shown, ...(known?.names ?? [])] };
    };
  }

  /** Of so many messages, oldest first, those that somebody said, and whether the person began anew among them. */
  async function threadOf(
    found: readonly GraphMessage[],
    { conversation, person }: Turn,
    authorOf: ReturnType<typeof createAuthors>,
  ) {
    // Those who spoke last are asked about first.
    const authors = new Map(
      [...found].reverse().map((one) => [one.id, one.from?.user ? authorOf(one.from.user) : undefined]),
    );
    const messages = await Promise.all(
      found.map(async (one): Promise<ThreadMessage | undefined> => {
        if (isOwn(one, appId)) {
          const asker = attributions.askerOf(conversation.id, one.id);
          return { kind: 'answer', asker, said: await wordsOf(one, appId) };
        }
        const author = await authors.get(one.id);
        if (author === undefined) return undefined;
        const person: Person = isByApp(one) ? { ...author.person, membership: 'bot' } : author.person;
        return { kind: 'person', author: person, names: author.names, said: await wordsOf(one, appId) };
      }),
    );
    const { since, began } = sinceNew(
      messages.flatMap((one) => one ?? []),
      person,
    );
    return { messages: since.filter(({ said: { text } }) => !text.isBlank), began };
  }

  async function* stretches(turn: Turn, where: QuestionSource, limit: number, signal: AbortSignal) {
    const { message, person } = turn;
    const authorOf = createAuthors(turn, where);
    let waiting: readonly GraphMessage[] = [];
    for await (const found of graph.before(
      graphConversation(turn.message, person.tenant, where.group),
      message.message,
      signal,
    )) {
      if (typeof found === 'string') {
        if (waiting.length > 0) break;
        yield found;
        return;
      }
      const said = found.filter(({ messageType, deletedDateTime }) => messageType === 'message' && !deletedDateTime);
      waiting = [...said, ...waiting].sort((one, other) => Number(one.id) - Number(other.id));
      while (waiting.length >= limit) {
        const { messages, began } = await threadOf(waiting.slice(-limit), turn, authorOf);
        waiting = waiting.slice(0, -limit);
        yield messages;
        if (began) return;
      }
    }
    const { messages } = await threadOf(waiting, turn, authorOf);
    yield messages;
  }

  return {
    reads({ conversation }, { group }) {
      if (conversation.kind === 'direct' || (conversation.kind === 'channel' && group === undefined)) return false;
      return (refused.get(conversation.id) ?? 0) <= now();
    },
    readThread(turn, where, limit, signal) {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)]);
      const reading = stretches(turn, where, limit, deadline);
      const next = async (): Promise<ThreadReading> => {
        const { value: found, done } = await reading.next();
        if (done === true || found === undefined) return { kind: 'read', messages: [] };
        if (found === 'not-permitted') noteRefusal(turn.conversation.id);
        if (typeof found === 'string') return { kind: 'unavailable', reason: found };
        return { kind: 'read', messages: found, older: () => inTime(next()) };
      };
      const inTime = (work: Promise<ThreadReading>): Promise<ThreadReading> =>
        within(work, WAIT_MS + AUTHORS_MS, { kind: 'unavailable', reason: 'failed' }, signal);
      return inTime(next());
    },
    async readQuestion(ref, person, group) {
      const place = graphConversation(ref, person.tenant, group);
      const found = await graph.message(place, ref.message, AbortSignal.timeout(WAIT_MS));
      if (found === 'not-permitted') noteRefusal(ref.conversation);
      if (typeof found === 'string' || found.deletedDateTime || found.messageType !== 'message') return undefined;
      if (found.from?.user?.id !== person.id || isByApp(found)) return undefined;
      if (!mentions(found, appId) || hasFiles(found)) return undefined;
      return { question: await wordsOf(found, appId), leftOut: hasMore(found) ? ['attachment'] : [] };
    },
  };
}

function graphConversation(
  { conversation, thread }: MessageRef,
  tenant: TenantId,
  group: string | undefined,
): GraphConversation {
  return group === undefined
    ? { kind: 'chat', tenant, chat: conversation }
    : { kind: 'thread', tenant, group, channel: conversation, root: thread };
}

/** What was said since the person last began anew, without the words of the command; whether they did. */
function sinceNew(messages: readonly ThreadMessage[], person: Person) {
  const isTheirs = (one: ThreadMessage): boolean => one.kind === 'person' && one.author.id === person.id;
  const at = messages.findLastIndex((one) => isTheirs(one) && requestOf(one.said, TYPED_WISHES).kind === 'new');
  const since = messages
    .slice(at + 1)
    .filter((one) => !isTheirs(one) || requestOf(one.said, TYPED_WISHES).kind === 'question');
  return { since, began: at >= 0 };
}
